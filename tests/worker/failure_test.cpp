// What becomes of a create that fails: whose turn it is, whether it is tried again, and that nothing of it stays.
#include <gmock/gmock.h>

#include <array>
#include <set>

#include "core/store/jobs.hpp"
#include "tests/worker/running_desk.hpp"

namespace desk {
namespace {

using testing::HasSubstr;

struct Menu {
    DemoFailure failure;
    const char* rule;
    const char* error_class;
    const char* turn;
    int attempts;
};
/// What can be ordered to go wrong, and where it leads.
constexpr std::array kMenu = {
    Menu{DemoFailure::CREDS, "credentials-rejected", "credentials", "ADMIN", 1},
    Menu{DemoFailure::ZONE, "base-domain-missing", "user", "REQUESTER", 1},
    Menu{DemoFailure::PERMS, "permissions-missing", "credentials", "ADMIN", 1},
    Menu{DemoFailure::QUOTA, "vcpu-quota", "quota", "ADMIN", 3},
    Menu{DemoFailure::DNSRECORDS, "dns-records-left", "user", "REQUESTER", 1},
    Menu{DemoFailure::INFRA, "vpc-limit", "quota", "ADMIN", 3},
    Menu{DemoFailure::MACHINES, "capacity-missing", "cloud", "NOBODY", 3},
    Menu{DemoFailure::API, "api-unreachable", "cloud", "ADMIN", 3},
    Menu{DemoFailure::BOOTSTRAP, "bootstrap-incomplete", "cloud", "ADMIN", 3},
    Menu{DemoFailure::UNSTABLE, "operators-unstable", "cloud", "NOBODY", 3},
    Menu{DemoFailure::PANIC, "installer-crashed", "internal", "ADMIN", 2},
    Menu{DemoFailure::HANG, "deadline-passed", "cloud", "ADMIN", 3},
};
void PrintTo(const Menu& row, std::ostream* out) { *out << text(row.failure); }

class FailedCreate : public testing::TestWithParam<Menu> {};

/// "1 vpc-limit t, 2 vpc-limit t": every attempt is explained by its own row, with evidence.
std::string each_attempt(int attempts, const std::string& rule) {
    std::string rows;
    for (int i = 1; i <= attempts; ++i) rows += (i == 1 ? "" : ", ") + std::to_string(i) + " " + rule + " t";
    return rows;
}

/// Evidence that is not the line of the log that it says it is.
constexpr const char* kEvidenceElsewhere =
    "SELECT count(*) FROM job_attempts a CROSS JOIN jsonb_array_elements(a.evidence) shown WHERE NOT EXISTS (SELECT 1 "
    "FROM job_logs l WHERE l.job_id = a.job_id AND l.attempt = a.attempt AND l.line = (shown->>'line')::int "
    "AND (l.text = shown->>'text' OR starts_with(l.text, left(shown->>'text', 400))))";

TEST_P(FailedCreate, IsExplainedAndLeavesNothing) {
    const auto& [failure, rule, error_class, turn, attempts] = GetParam();
    RunningDesk desk;
    if (failure == DemoFailure::HANG) desk.install_deadline = "10s";
    const auto cluster = desk.order({.failure = failure});

    desk.start_tick();

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', status, error_code, error_class, error_turn, attempts) FROM jobs "
                            "WHERE type = 'CREATE'"),
              "FAILED " + std::string(rule) + " " + error_class + " " + turn + " " + std::to_string(attempts))
        << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT string_agg(concat_ws(' ', attempt, error_code, evidence <> '[]'), ', ' ORDER BY "
                            "attempt) FROM job_attempts WHERE job_id = (SELECT id FROM jobs WHERE type = 'CREATE')"),
              each_attempt(attempts, rule))
        << desk.story(cluster);
    EXPECT_EQ(desk.db.value(kEvidenceElsewhere), "0") << desk.db.value("SELECT evidence FROM job_attempts LIMIT 1");
    EXPECT_EQ(desk.db.value("SELECT outcome FROM clusters"), "FAILED");
    EXPECT_NE(desk.db.value("SELECT outcome_reason FROM clusters"), "");
    EXPECT_EQ(desk.db.value("SELECT destroy_wanted_by FROM clusters"), "failure");
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM receipts"), "1");
    EXPECT_EQ(desk.resources(), 0);
    EXPECT_TRUE(comes_true([&] { return desk.job_directories() == 0 || desk.processes().size() == 1; }));
}

INSTANTIATE_TEST_SUITE_P(OnTheMenu, FailedCreate, testing::ValuesIn(kMenu),
                         [](const auto& info) { return std::string(text(info.param.failure)); });

TEST(CreateJob, GoesOnWithTheSameClusterWhenItsOperatorsAreLate) {
    RunningDesk desk;
    const auto cluster = desk.order({.ttl_hours = 20, .failure = DemoFailure::OPERATORS});

    desk.start_tick();

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT count(DISTINCT infra_id) FROM job_attempts"), "1");
    EXPECT_EQ(desk.db.value("SELECT attempts FROM jobs WHERE type = 'CREATE'"), "2");
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_steps WHERE attempt = 2 AND step IN ('render', 'clear')"), "0");
    EXPECT_EQ(desk.db.value("SELECT string_agg(coalesce(error_code, 'none'), ' ' ORDER BY attempt) FROM job_attempts"),
              "operator-authentication-degraded none")
        << "the first attempt's failure stays explained after the second one succeeded";
}

TEST(CreateJob, IsExplainedByTheRulesOfTheOperator) {
    RunningDesk desk;
    replace_file(desk.dir / "rules.yaml",
                 "rules:\n"
                 "  - name: our-zone\n"
                 "    patterns: [\"no public route53 zone\"]\n"
                 "    class: user\n"
                 "    turn: ADMIN\n"
                 "    reason: Ask the DNS team.\n"
                 "    hint: Their number is 4711.\n");
    desk.environment["CLUSTERDESK_WORKER_FAILURE_RULES"] = (desk.dir / "rules.yaml").string();
    const auto cluster = desk.order({.failure = DemoFailure::ZONE});

    desk.start_tick();

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT concat_ws('|', error_code, error_turn, error_message, error_hint) FROM jobs WHERE "
                            "type = 'CREATE'"),
              "our-zone|ADMIN|Ask the DNS team.|Their number is 4711.");
}

TEST(CreateJob, FailsAndIsDestroyedAsEverWhenTheRulesOfTheOperatorAreBroken) {
    RunningDesk desk;
    replace_file(desk.dir / "rules.yaml", "rules:\n  - name: our-zone\n    class: usr\n");
    desk.environment["CLUSTERDESK_WORKER_FAILURE_RULES"] = (desk.dir / "rules.yaml").string();
    const auto cluster = desk.order({.failure = DemoFailure::ZONE});

    desk.start_tick();

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT error_code FROM jobs WHERE type = 'CREATE'"), "base-domain-missing");
    EXPECT_THAT(desk.db.value("SELECT faults[1] FROM workers"), HasSubstr("rules.yaml:3: rules[0].class"));
    EXPECT_THAT(read_file(desk.dir / "tick.log"), HasSubstr("own_failure_rules_not_used"));
    EXPECT_EQ(desk.run({"validate", (desk.dir / "rules.yaml").string()}), 1);
    EXPECT_EQ(desk.run({"doctor"}), 1);

    replace_file(desk.dir / "rules.yaml", read_file(DESK_SOURCE_DIR "/conf/failure-rules.yaml"));
    EXPECT_EQ(desk.run({"validate", (desk.dir / "rules.yaml").string()}), 0) << "a copy of the built-in ones";
}

TEST(DemoFailures, AllLeadToARule) {
    std::set<std::string_view> known = {"NONE", "OPERATORS", "DESTROY_STUCK"};  // they have tests of their own here
    for (const auto& row : kMenu) known.insert(text(row.failure));

    for (const auto word : all_texts<DemoFailure>()) EXPECT_TRUE(known.contains(word)) << word;
}

TEST(CreateJob, StartsOverWithACleanCloudWhenMachinesDoNotCome) {
    RunningDesk desk;
    const auto cluster = desk.order({.failure = DemoFailure::MACHINES});

    desk.start_tick();

    ASSERT_TRUE(desk.comes_true("SELECT count(*) > 0 FROM job_steps WHERE step = 'clear' AND outcome = 'DONE'", "true"))
        << desk.story(cluster);
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT count(DISTINCT infra_id) FROM job_attempts"), "3");
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_attempts WHERE infra_id IS NOT NULL AND clean_at IS NULL"), "0");
    EXPECT_EQ(desk.db.value("SELECT jsonb_array_length(body->'attempts') FROM receipts"), "3");
}

TEST(CreateJob, KeepsAFailedClusterThatSomebodyWantsToLookAt) {
    RunningDesk desk;
    const auto cluster = desk.order({.failure = DemoFailure::ZONE});
    desk.db.owner().execute("UPDATE clusters SET preserve_until = now() + interval '1 hour'");

    desk.start_tick();
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::FAILED)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM jobs WHERE type = 'DESTROY'"), "0");

    desk.db.owner().execute("UPDATE clusters SET preserve_until = now()");
    EXPECT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
}

TEST(CreateJob, CreatesNothingFromAnOrderThatIsNotTheApprovedOne) {
    RunningDesk desk;
    const auto cluster = desk.order();
    desk.db.owner().execute(
        "ALTER TABLE requests DISABLE TRIGGER requests_immutable;"
        "UPDATE requests SET effective_order = jsonb_set(effective_order, '{controlPlane,replicas}', '5')");

    desk.start_tick();

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT error_code FROM jobs WHERE type = 'CREATE'"), "order-not-approved");
    EXPECT_EQ(desk.db.value("SELECT string_agg(step, ' ') FROM job_steps s JOIN jobs j ON j.id = s.job_id "
                            "WHERE j.type = 'CREATE'"),
              "preflight");
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_attempts WHERE infra_id IS NOT NULL"), "0");
    EXPECT_THAT(desk.db.value("SELECT body->>'statement' FROM receipts"), HasSubstr("created nothing"));
}

TEST(CreateJob, RendersNothingFromAnOrderThatWasChangedAfterItsFirstSteps) {
    RunningDesk desk;
    const auto cluster = desk.order();
    desk.db.owner().execute(R"(UPDATE jobs SET params = params || '{"until": "prereqs"}')");
    desk.start_tick();
    ASSERT_TRUE(desk.comes_true("SELECT outcome FROM job_steps WHERE step = 'render'", "WAITING"))
        << desk.story(cluster);

    desk.db.owner().execute(
        "ALTER TABLE requests DISABLE TRIGGER requests_immutable;"
        "UPDATE requests SET effective_order = jsonb_set(effective_order, '{controlPlane,replicas}', '5');"
        "UPDATE jobs SET params = params - 'until', run_after = clock_timestamp();"
        "SELECT pg_notify('jobs', '')");

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT error_code FROM jobs WHERE type = 'CREATE'"), "order-not-approved");
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_steps WHERE step = 'manifests'"), "0");
}

TEST(DestroyJob, AsksForAPersonAfterThreeFailuresAndIsTriedAgainAllTheSame) {
    RunningDesk desk;
    desk.destroy_deadline = "2s";
    const auto cluster = desk.order({.ttl_hours = 1, .failure = DemoFailure::DESTROY_STUCK});

    desk.start_tick();

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROY_FAILED)) << desk.story(cluster);
    EXPECT_EQ(
        desk.db.value("SELECT concat_ws(' ', failures >= 3, error_code) FROM jobs WHERE type = 'JANITOR_DESTROY'"),
        "t deadline-passed")
        << desk.story(cluster);
    EXPECT_GT(desk.resources(), 0);
    EXPECT_TRUE(desk.comes_true("SELECT failures >= 4 FROM jobs WHERE type = 'JANITOR_DESTROY'", "true"))
        << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM receipts"), "0");
}

}  // namespace
}  // namespace desk
