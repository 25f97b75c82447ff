// Brakes, draining and giving up, with a worker that runs.
#include <gtest/gtest.h>

#include "core/store/abandon.hpp"
#include "core/store/blocked.hpp"
#include "core/store/brakes.hpp"
#include "core/store/orphans.hpp"
#include "tests/worker/running_desk.hpp"

namespace desk {
namespace {

class StoppedDesk : public testing::Test {
  protected:
    void pull(Brake brake) {
        auto tx = desk.db.begin();
        brakes::pull(tx, brake, "a fire", desk.people.admin, admin);
        tx.commit();
    }
    void release(Brake brake) {
        auto tx = desk.db.begin();
        brakes::release(tx, brake, admin);
        tx.commit();
    }

    RunningDesk desk;
    Actor admin = given::actor(desk.db, desk.people.admin);
};

TEST_F(StoppedDesk, HoldsBackWhatABrakeIsForUntilItIsReleased) {
    pull(Brake::NO_CREATES);
    const auto cluster = desk.order();
    desk.start_tick();
    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM workers WHERE last_tick > first_seen", "1"));
    EXPECT_EQ(desk.status(cluster), ClusterStatus::PENDING) << "the tick has looked at least twice";

    release(Brake::NO_CREATES);

    EXPECT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
}

TEST_F(StoppedDesk, TakesNoJobOnAHostThatDrains) {
    desk.start_tick();
    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM workers", "1"));
    ASSERT_EQ(desk.run({"drain"}), 0) << "this host, if none is named";
    ASSERT_TRUE(desk.comes_true("SELECT draining FROM workers", "true"));
    const auto cluster = desk.order();
    ASSERT_TRUE(desk.comes_true("SELECT last_tick > (SELECT created_at FROM jobs) FROM workers", "true"));
    EXPECT_EQ(desk.status(cluster), ClusterStatus::PENDING);

    EXPECT_EQ(desk.run({"drain", "--off"}), 0);

    EXPECT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_EQ(desk.run({"drain", "no-such-host"}), 1);
}

TEST_F(StoppedDesk, GivesUpADestroyThatIsStuckAndKeepsWhatIsLeft) {
    desk.destroy_deadline = "5s";
    const auto cluster = desk.order({.name = "stuck", .ttl_hours = 1, .failure = DemoFailure::DESTROY_STUCK});
    desk.start_tick();
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROY_FAILED)) << desk.story(cluster);
    pull(Brake::NO_DESTROYS);  // or the next try would be under way
    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM job_locks", "0")) << desk.story(cluster);

    auto tx = desk.db.begin();
    const auto blocked = blocked::find(tx, cluster);
    ASSERT_TRUE(blocked && blocked->last_look) << desk.story(cluster);
    ASSERT_EQ(blocked->last_look->left.size(), 1U) << "the network";
    EXPECT_EQ(blocked->last_look->left[0].resource.type, "vpc");
    ASSERT_FALSE(blocked->warnings.empty());
    EXPECT_NE(blocked->warnings[0].text.find("DependencyViolation"), std::string::npos) << blocked->warnings[0].text;
    const auto given_up = clusters::abandon(tx, clusters::lock(tx, cluster), "it is shared", admin);
    tx.commit();

    EXPECT_EQ(given_up.left, 1);
    EXPECT_EQ(desk.status(cluster), ClusterStatus::ABANDONED);
    EXPECT_EQ(desk.resources(), 1) << "and nothing is said to be gone that is there";
    release(Brake::NO_DESTROYS);
    ASSERT_TRUE(desk.comes_true("SELECT last_tick > (SELECT max(ended_at) FROM jobs) FROM workers", "true"));
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM jobs WHERE status IN ('PENDING', 'RUNNING', 'RETRYING')"), "0");
}

}  // namespace
}  // namespace desk
