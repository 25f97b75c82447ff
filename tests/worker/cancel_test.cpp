// Destroy and cancel while a job runs: the runner stops its programs, and a destroy follows.
#include <gtest/gtest.h>

#include "tests/worker/running_desk.hpp"

namespace desk {
namespace {

constexpr const char* kInstalling = "SELECT count(*) FROM job_steps WHERE step = 'install' AND ended_at IS NULL";

TEST(CancelledCreate, StopsItsInstallerAndDestroysWhatItMade) {
    RunningDesk desk;
    const auto cluster = desk.order({.failure = DemoFailure::HANG});
    desk.start_tick();
    ASSERT_TRUE(desk.comes_true(kInstalling, "1")) << desk.story(cluster);

    desk.destroy(cluster);

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT string_agg(type || ' ' || status, ', ' ORDER BY created_at) FROM jobs"),
              "CREATE CANCELLED, DESTROY SUCCEEDED");
    EXPECT_EQ(desk.db.value("SELECT outcome FROM job_attempts a JOIN jobs j ON j.id = a.job_id WHERE type = 'CREATE'"),
              "CANCELLED");
    EXPECT_EQ(desk.resources(), 0);
}

TEST(CancelledCreate, IsOverAtOnceWhenNobodyHasBegun) {
    RunningDesk desk;
    const auto cluster = desk.order();

    desk.destroy(cluster);
    desk.start_tick();

    EXPECT_EQ(desk.status(cluster), ClusterStatus::CANCELLED);
    EXPECT_TRUE(desk.comes_true("SELECT count(*) FROM workers", "1"));
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_attempts"), "0");
}

TEST(CancelledCreate, IsFollowedByADestroyBetweenTwoAttemptsToo) {
    RunningDesk desk;
    desk.seconds_per_hour = 360;  // the pause before the next attempt is long
    const auto cluster = desk.order({.failure = DemoFailure::QUOTA});
    desk.start_tick();
    ASSERT_TRUE(desk.comes_true("SELECT status FROM jobs", "RETRYING")) << desk.story(cluster);

    desk.destroy(cluster);

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.resources(), 0);
}

TEST(StoppedWorker, GivesItsJobBackWithoutCountingAFailure) {
    RunningDesk desk;
    const auto cluster = desk.order({.failure = DemoFailure::HANG});
    const auto tick = desk.start_tick();
    ASSERT_TRUE(desk.comes_true(kInstalling, "1")) << desk.story(cluster);

    RunningDesk::stop_tick(tick);
    for (const auto pid : desk.processes()) ::kill(pid, SIGTERM);

    ASSERT_TRUE(desk.comes_true("SELECT status FROM jobs", "RETRYING")) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', failures, workers_lost) FROM jobs"), "0 0");
    EXPECT_EQ(desk.db.value("SELECT outcome FROM job_attempts"), "WORKER_LOST");
    EXPECT_TRUE(comes_true([&] { return desk.processes().empty(); }));
}

}  // namespace
}  // namespace desk
