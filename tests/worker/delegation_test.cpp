// delegation: after Terraform made the zone a create waits until the domain above it leads there.
#include <gmock/gmock.h>

#include <algorithm>

#include "core/base/keyring.hpp"
#include "core/base/process.hpp"
#include "core/cloud/open_store.hpp"
#include "core/store/leases.hpp"
#include "tests/support/given.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/test_db.hpp"
#include "worker/embedded_rules.hpp"
#include "worker/plans.hpp"
#include "worker/steps/steps.hpp"

namespace desk::worker {
namespace {

using testing::HasSubstr;
using Kind = StepResult::Kind;

/// A cloud of which only the delegation is asked.
class Undelegated : public PlatformDriver {
  public:
    fs::path program(const std::string&, const ProgramUse&) const override { return {}; }
    std::map<std::string, std::string> environment(const EffectiveOrder&, const fs::path&, Redactor&) const override {
        return {};
    }
    Secret pull_secret() const override { return Secret(""); }
    std::vector<Check> preflight(const EffectiveOrder&) const override { return {}; }
    std::vector<Leftover> sweep(const SweepScope&) const override { return {}; }
    std::vector<std::string> queries(const SweepScope&) const override { return {}; }
    bool makes_zone(const EffectiveOrder&) const override { return makes; }
    Check delegation(const EffectiveOrder&) const override { return check; }

    bool makes = true;
    Check check = Check::fail("delegation", "labs.example.com is delegated to nobody.",
                              "The owner of example.com adds NS records that name ns-1.example.");
};

class Delegation : public testing::Test {
  protected:
    Delegation() {
        const auto owner = given::person(db, {.username = "rosa"});
        const auto cluster = given::cluster(db, {.owner = owner, .status = ClusterStatus::CREATING});
        const auto job = given::job(db, {.cluster = cluster});
        auto tx = db.begin();
        lease = leases::claim(tx, job, "host-1", "host-1/1/1", 300s)->lease;
        runs::begin_step(tx, job, 1, "delegation", 4);
        tx.commit();
        replace_file(dir / "keys", Keyring::new_line("k1").reveal());
        config.store.root = (dir / "store").string();
    }
    StepResult run() {
        pg::Database database({.url = db.url()});
        Heartbeat heartbeat(database, lease, config.worker);
        FencedDatabase fenced(database, lease, leases::Writer::JOB, [] { return true; });
        const auto objects = open_store(config);
        const auto keys = Keyring::load(dir / "keys");
        const auto rules = embedded_failure_rules();
        SystemProcessRunner process;
        Redactor redactor;
        LogPipe log(redactor, {.store = [this](const auto& lines) {
                        for (const auto& line : lines) said += line.text;
                    }});
        StepContext in{.config = config,
                       .cluster = {},
                       .order = {},
                       .request = {},
                       .approved_digest = {},
                       .job = lease.job,
                       .attempt = lease.attempt,
                       .params = {},
                       .dir = dir.path(),
                       .earlier = {},
                       .platform = platform,
                       .process = process,
                       .objects = *objects,
                       .keys = keys,
                       .redactor = redactor,
                       .log = log,
                       .db = fenced,
                       .rules = rules,
                       .heartbeat = heartbeat};
        in.step = "delegation";
        const auto plan = plan_of(JobType::CREATE);
        const auto step = std::ranges::find(plan, "delegation", &Step::name);
        EXPECT_EQ((step - 1)->name, "prereqs");
        return step->applies(in) ? step->run(in) : StepResult::done("left out");
    }

    TestDb db;
    TempDir dir;
    Config config;
    leases::Lease lease;
    Undelegated platform;
    std::string said;
};

TEST_F(Delegation, IsWaitedForWithTheNameServersInTheWords) {
    const auto result = run();

    EXPECT_EQ(result.kind, Kind::wait);
    EXPECT_THAT(result.detail, HasSubstr("delegated to nobody"));
    EXPECT_THAT(result.detail, HasSubstr("NS records that name ns-1.example"));
    EXPECT_THAT(said, HasSubstr("ns-1.example"));
}

TEST_F(Delegation, ThatStandsOrCanNotBeSeenLetsTheInstallationBegin) {
    platform.check = Check::pass("delegation", "labs.example.com leads to its zone.");
    EXPECT_EQ(run().kind, Kind::done);

    platform.check = Check::warn("delegation", "It could not be seen.", "Make sure of it.");
    EXPECT_EQ(run().kind, Kind::done);
}

TEST_F(Delegation, OfAClusterForWhichNoZoneIsMadeIsNoMatter) {
    platform.makes = false;

    EXPECT_EQ(run().detail, "left out");
}

TEST_F(Delegation, ThatDoesNotComeInADayEndsTheOrder) {
    db.owner().execute("UPDATE job_steps SET started_at = started_at - interval '25 hours'");

    const auto result = run();

    EXPECT_EQ(result.kind, Kind::fail);
    EXPECT_EQ(result.failure.code, "not-delegated");
    EXPECT_THAT(result.failure.hint, HasSubstr("ns-1.example"));
}

}  // namespace
}  // namespace desk::worker
