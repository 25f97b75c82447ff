// Another number of workers, as the API and the cluster's page offer it.
#include "core/model/order.hpp"
#include "core/store/jobs.hpp"
#include "tests/cases/api_desk.hpp"

namespace desk {
namespace {

class ScaleApi : public ApiDesk {
  protected:
    /// Of a profile that gives 2 to 6 workers, and approves lifetimes of 8 h at once.
    ClusterId given(std::chrono::hours lifetime = std::chrono::hours(8), ClusterStatus status = ClusterStatus::READY) {
        const auto cluster =
            given::cluster(db, {.name = "blue", .owner = people.requester, .status = status, .lifetime = lifetime});
        EffectiveOrder order{.name = "blue", .version = "4.20.1", .profile = "demo-small"};
        order.owner = "requester";
        order.team = "demo";
        order.max_ttl_hours = 72;
        order.rates = {.running = *Money::parse("1.5"), .hibernated = *Money::parse("0.15")};
        order.vcpus = 24;
        order.workers = {.replicas = 3, .min_replicas = 2, .max_replicas = 6, .instance_type = "demo-4x16"};
        order.approval = {.auto_approve = AutoApprove{.max_ttl_hours = 8}, .approvals = 1};
        given::request(db, {.cluster = cluster,
                            .requester = people.requester,
                            .state = RequestState::APPROVED,
                            .effective_order = order.to_json()});
        return cluster;
    }
    Answer ask(const UserId& user, const ClusterId& cluster, const Json& body) {
        return post(user, cat("/api/v1/clusters/", cluster, "/scale-workers"), body);
    }
    std::string job_of(const Answer& answer) {
        return db.value(cat("SELECT type || ' ' || (params->>'workers') FROM jobs WHERE id = '",
                            answer.json.at("jobId").get<std::string>(), "'"));
    }
};

TEST_F(ScaleApi, QueuesWhatPolicyGivesFreely) {
    const auto cluster = given();

    const auto answer = ask(people.requester, cluster, {{"replicas", 5}});

    EXPECT_EQ(answer.status, 202) << answer.body;
    EXPECT_EQ(answer.json.at("status"), "READY");
    EXPECT_EQ(answer.json.at("requestState"), "APPROVED");
    EXPECT_EQ(job_of(answer), "SCALE_WORKERS 5");
    EXPECT_EQ(db.value("SELECT (before->>'workers') || ' ' || (after->>'workers') FROM audit_events "
                       "WHERE action = 'cluster.scale'"),
              "3 5");
    EXPECT_EQ(ask(people.requester, cluster, {{"replicas", 4}}).status, 409) << "a job is open";
}

TEST_F(ScaleApi, AsksApproversWhereALifetimeLikeThatNeedsThem) {
    const auto cluster = given(std::chrono::hours(24));

    const auto answer = ask(people.requester, cluster, {{"replicas", 6}, {"reason", "a load test"}});
    ASSERT_EQ(answer.status, 202) << answer.body;
    EXPECT_EQ(answer.json.at("requestState"), "OPEN");
    EXPECT_TRUE(answer.json.at("jobId").is_null());
    EXPECT_EQ(ask(people.requester, cluster, {{"replicas", 5}}).status, 409) << "one waits already";

    const std::string request = answer.json.at("requestId");
    const auto shown = get(people.approver, "/api/v1/requests/" + request);
    EXPECT_EQ(shown.json.at("kind"), "SCALE") << shown.body;
    const auto decided = post(people.approver, cat("/api/v1/requests/", request, "/decision"),
                              {{"verdict", "APPROVE"}, {"digest", shown.json.at("digest")}});
    EXPECT_EQ(decided.status, 200) << decided.body;
    EXPECT_EQ(job_of(decided), "SCALE_WORKERS 6");
}

TEST_F(ScaleApi, ShowsApproversWhatTheQuotaComesToWithTheNewWorkers) {
    const auto cluster = given(std::chrono::hours(24));
    db.owner().execute("UPDATE clusters SET vcpu = 24");
    db.owner().execute("INSERT INTO quotas (team, max_vcpu) VALUES ('demo', 60)");
    const std::string request = ask(people.requester, cluster, {{"replicas", 6}}).json.at("requestId");

    const auto page = open(given::session(db, people.approver), "/requests/" + request);

    expect_in(page.body, "<dt>vCPUs of team demo</dt><dd>36 with this one, of 60</dd>");
}

TEST_F(ScaleApi, EndsWithItsClusterAndSaysSo) {
    const auto cluster = given(std::chrono::hours(24));
    const std::string request = ask(people.requester, cluster, {{"replicas", 6}}).json.at("requestId");
    auto tx = db.begin();
    jobs::want_destroy(tx, clusters::lock(tx, cluster), Actor::desk("ttl"), "its lifetime is over");
    tx.commit();

    const auto page = open(given::session(db, people.requester), "/requests/" + request);

    expect_in(page.body, "Withdrawn: its cluster was destroyed or cancelled");
    expect_not_in(page.body, "keeps its workers");
}

TEST_F(ScaleApi, GivesFewerFreely) {
    EXPECT_EQ(ask(people.requester, given(std::chrono::hours(24)), {{"replicas", 2}}).json.at("requestState"),
              "APPROVED");
}

TEST_F(ScaleApi, CountsWorkersThatAreAboutToBeAdded) {
    const auto cluster = given();
    db.owner().execute("UPDATE clusters SET vcpu = 24");
    db.owner().execute("INSERT INTO quotas (team, max_vcpu) VALUES ('demo', 40)");
    ASSERT_EQ(ask(people.requester, cluster, {{"replicas", 6}}).status, 202);

    const auto other = post(people.requester, "/api/v1/clusters", order("green"));

    EXPECT_EQ(other.status, 422) << "24 and 12 are in use, 12 are asked for: " << other.body;
    EXPECT_NE(other.body.find("48 of 40"), std::string::npos) << other.body;
}

TEST_F(ScaleApi, RefusesWhatTheProfileDoesNot) {
    const auto cluster = given();

    EXPECT_NE(ask(people.requester, cluster, {{"replicas", 7}}).errors()["replicas"].find("2 to 6"), std::string::npos);
    EXPECT_EQ(ask(people.requester, cluster, {{"replicas", -1}}).status, 422);
    EXPECT_EQ(ask(people.requester, cluster, {{"workers", 3}}).status, 422);
    EXPECT_EQ(db.count("SELECT count(*) FROM requests WHERE kind = 'SCALE'"), 0);
}

TEST_F(ScaleApi, SaysOnThePageWhatIsWrongByTheNamesOfItsFields) {
    const auto path = cat("/clusters/", given(), "/scale-workers");
    const auto session = given::session(db, people.requester);

    const auto too_many = submit(session, path, "replicas=7&reason=a+load+test");
    const auto unreadable = submit(session, path, "replicas=5&reason=a%07bell");

    EXPECT_EQ(too_many.status, 422);
    expect_in(too_many.body, "<a href=\"#replicas\">Workers: Profile demo-small allows 2 to 6 workers.</a>");
    expect_in(too_many.body, "value=\"a load test\"");
    EXPECT_EQ(unreadable.status, 422);
    expect_in(unreadable.body, "<a href=\"#scale-reason\">Reason: Control characters are not allowed.</a>");
    EXPECT_EQ(db.count("SELECT count(*) FROM requests WHERE kind = 'SCALE'"), 0);
}

TEST_F(ScaleApi, RefusesOtherStatesAndOtherPeople) {
    const auto cluster = given(std::chrono::hours(8), ClusterStatus::HIBERNATED);

    EXPECT_EQ(ask(people.requester, cluster, {{"replicas", 4}}).status, 409);
    EXPECT_EQ(ask(people.stranger, cluster, {{"replicas", 4}}).status, 404);
    EXPECT_EQ(ask(people.auditor, cluster, {{"replicas", 4}}).status, 403);
}

TEST_F(ScaleApi, IsOnThePageWithWhatAMachineCosts) {
    const auto cluster = given();
    const auto session = given::session(db, people.requester);

    const auto page = call("GET", cat("/clusters/", cluster), {{"HTTP_COOKIE", "desk_session=" + session.session}});

    EXPECT_NE(page.body.find(cat("action=\"/clusters/", cluster, "/scale-workers\"")), std::string::npos) << page.body;
    EXPECT_NE(page.body.find("It has 3 workers"), std::string::npos);
    EXPECT_NE(page.body.find("$0.25"), std::string::npos) << "4 of 24 vCPUs at $1.50";
}

}  // namespace
}  // namespace desk
