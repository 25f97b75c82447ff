// Sleep and waking up: machines stop and start, by the processes that cron would start.
#include <gmock/gmock.h>

#include "core/base/file.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/store/power.hpp"
#include "tests/worker/running_desk.hpp"
#include "worker/outcomes.hpp"

namespace desk {
namespace {

class Hibernation : public testing::Test {
  protected:
    Hibernation() {
        desk.seconds_per_hour = 6;  // long enough for what happens before its end
        cluster = desk.order({.ttl_hours = 12});
        desk.start_tick();
    }

    bool is_ready() { return desk.reaches(cluster, ClusterStatus::READY); }
    void ask(jobs::Wish (*wish)(pg::Transaction&, const clusters::Cluster&, const Actor&)) {
        auto tx = desk.db.begin();
        wish(tx, clusters::lock(tx, cluster), Actor::desk("test"));
        tx.commit();
    }
    /// Machines of the demo cloud in this state.
    int machines(const std::string& state) const {
        int count = 0;
        for (const auto& file : desk.leftovers()) {
            if (file.find("instance-") == std::string::npos) continue;
            const auto document = parse_json(read_file(desk.dir / "cloud" / file));
            count += document.ok() && document->value("type", "") == "instance" &&
                     document->value("state", "running") == state;
        }
        return count;
    }
    /// One that is on its way up and never gets there.
    void hang_one_machine() const {
        for (const auto& file : desk.leftovers()) {
            if (file.find("instance-") == std::string::npos) continue;
            auto document = parse_json(read_file(desk.dir / "cloud" / file)).value();
            document["state"] = "pending";
            return replace_file(desk.dir / "cloud" / file, document.dump());
        }
    }
    std::string steps_of(const char* type) {
        return desk.db.value(
            cat("SELECT string_agg(step, ' ' ORDER BY position) FROM job_steps s JOIN jobs j ON j.id = "
                "s.job_id WHERE s.outcome = 'DONE' AND j.type = '",
                type, "'"));
    }

    RunningDesk desk;
    ClusterId cluster;
};

TEST_F(Hibernation, StopsEveryMachineAndWakesThemUpAgain) {
    ASSERT_TRUE(is_ready()) << desk.story(cluster);
    const int all = machines("running");
    ASSERT_GT(all, 0);
    const auto deadline = desk.db.value("SELECT destroy_at FROM clusters");

    ask(power::hibernate);
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::HIBERNATED)) << desk.story(cluster);
    EXPECT_EQ(machines("stopped"), all);
    EXPECT_EQ(steps_of("HIBERNATE"), "stop-machines wait-stopped");

    ask(power::resume);
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_EQ(machines("running"), all);
    EXPECT_EQ(steps_of("RESUME"), "start-machines wait-machines wait-operators");
    EXPECT_EQ(desk.db.value("SELECT destroy_at FROM clusters"), deadline) << "sleep gives no more time";
}

TEST_F(Hibernation, IsRefusedInAnyOtherState) {
    ASSERT_TRUE(is_ready()) << desk.story(cluster);

    EXPECT_THROW(ask(power::resume), Error);
    ask(power::hibernate);
    EXPECT_THROW(ask(power::hibernate), Error);
}

TEST_F(Hibernation, DoesNotKeepAClusterFromItsEnd) {
    ASSERT_TRUE(is_ready()) << desk.story(cluster);
    ask(power::hibernate);
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::HIBERNATED)) << desk.story(cluster);

    desk.destroy(cluster);

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.resources(), 0);
}

TEST_F(Hibernation, OfAClusterWhoseMachinesAreGoneEndsInSleepAgain) {
    ASSERT_TRUE(is_ready()) << desk.story(cluster);
    ask(power::hibernate);
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::HIBERNATED)) << desk.story(cluster);
    for (const auto& file : desk.leftovers())
        if (file.find("instance-") != std::string::npos) fs::remove(desk.dir / "cloud" / file);

    ask(power::resume);

    ASSERT_TRUE(desk.comes_true("SELECT error_code FROM jobs WHERE type = 'RESUME'", "no-machines"))
        << desk.story(cluster);
    EXPECT_TRUE(desk.reaches(cluster, ClusterStatus::HIBERNATED)) << desk.story(cluster);
}

TEST_F(Hibernation, FollowsAResumeThatIsCancelledBecauseMachinesRunByThen) {
    ASSERT_TRUE(is_ready()) << desk.story(cluster);
    const int all = machines("running");
    ask(power::hibernate);
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::HIBERNATED)) << desk.story(cluster);
    hang_one_machine();
    ask(power::resume);
    ASSERT_TRUE(desk.comes_true("SELECT outcome FROM job_steps WHERE step = 'wait-machines'", "WAITING"))
        << desk.story(cluster);
    ASSERT_EQ(machines("running"), all - 1);

    ask(jobs::cancel);

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::HIBERNATED)) << desk.story(cluster);
    EXPECT_EQ(machines("stopped"), all);
    EXPECT_EQ(desk.db.value("SELECT string_agg(type || ' ' || status, ', ' ORDER BY created_at) FROM jobs"),
              "CREATE SUCCEEDED, HIBERNATE SUCCEEDED, RESUME CANCELLED, HIBERNATE SUCCEEDED");
    EXPECT_EQ(desk.db.count("SELECT count(*) FROM state_intervals i JOIN clusters c ON c.id = i.cluster_id WHERE "
                            "i.status = 'HIBERNATING' AND i.hourly_rate_micros = c.hourly_rate_micros"),
              2)
        << "what runs is paid for until it is proven to be stopped";
}

/// A resume whose runner writes how it ended.
class EndedResume : public testing::Test {
  protected:
    EndedResume() {
        const auto owner = given::person(db, {.username = "rosa", .team_roles = {Role::requester}});
        cluster = given::cluster(db, {.owner = owner, .status = ClusterStatus::RESUMING});
        job =
            given::job(db, {.cluster = cluster, .type = JobType::RESUME, .status = JobStatus::RUNNING, .attempts = 1});
    }

    template <class Work>
    void write(Work work) {
        auto tx = db.begin();
        work(tx);
        tx.commit();
    }
    worker::Ended ended() const { return {job, JobType::RESUME, 1, cluster, "c-1"}; }
    std::string status() { return db.value("SELECT status || ' ' || observed_power FROM clusters"); }
    std::string open_jobs() {
        return db.value("SELECT coalesce(string_agg(type, ' '), '') FROM jobs WHERE status = 'PENDING'");
    }

    TestDb db;
    ClusterId cluster;
    JobId job;
};

TEST_F(EndedResume, ThatGaveUpIsNoSleepBeforeTheMachinesAreProvenToBeStopped) {
    const runs::Failure failure{.error_class = FailureClass::cloud, .code = "c", .message = "m", .hint = "h"};

    write([&](pg::Transaction& tx) { worker::fail(tx, ended(), {}, failure, 1s, false); });

    EXPECT_THAT(status(), testing::StartsWith("HIBERNATING"));
    EXPECT_EQ(open_jobs(), "HIBERNATE");
    EXPECT_EQ(db.value("SELECT actor || ' ' || action FROM audit_events"), "resume cluster.hibernate");
}

TEST_F(EndedResume, IsFollowedByTheDestroyThatWasWantedMeanwhileAndByNothingElse) {
    db.owner().execute("UPDATE clusters SET destroy_wanted_at = now(), destroy_wanted_by = 'rosa', destroy_why = 'w'");

    write([&](pg::Transaction& tx) { worker::cancel(tx, ended()); });

    EXPECT_THAT(status(), testing::StartsWith("DESTROYING"));
    EXPECT_EQ(open_jobs(), "DESTROY");
}

TEST_F(EndedResume, ThatNobodyHoldsIsCancelledAtOnce) {
    db.owner().execute("UPDATE jobs SET status = 'PENDING'");

    write([&](pg::Transaction& tx) {
        const auto wish = jobs::cancel(tx, clusters::lock(tx, cluster), Actor::desk("test"));
        EXPECT_EQ(wish.status, ClusterStatus::HIBERNATING);
    });

    EXPECT_EQ(open_jobs(), "HIBERNATE");
}

}  // namespace
}  // namespace desk
