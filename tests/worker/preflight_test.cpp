// What is missing stops a job before it costs anything, is listed whole, and is waited for.
#include <gmock/gmock.h>

#include "tests/worker/running_desk.hpp"

namespace desk {
namespace {

TEST(Preflight, ListsEverythingThatIsMissingAndCreatesNothing) {
    RunningDesk desk;
    desk.config.demo.installer = (desk.dir / "nowhere").string();
    fs::remove(desk.dir / "cloud");
    replace_file(desk.dir / "cloud", "no directory");
    const auto cluster = desk.order();

    desk.start_tick();

    ASSERT_TRUE(
        desk.comes_true("SELECT status FROM jobs WHERE type = 'CREATE' AND run_after > clock_timestamp()", "PENDING"))
        << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT string_agg(check_id || ' ' || level, ', ' ORDER BY position) FROM "
                            "job_checks"),
              "installer FAIL, cloud FAIL");
    EXPECT_EQ(desk.status(cluster), ClusterStatus::CREATING);
    EXPECT_EQ(desk.db.value("SELECT phase FROM job_attempts"), "local");
}

TEST(Preflight, GoesOnInTheSameAttemptWhenWhatWasMissingIsThere) {
    RunningDesk desk;
    const fs::path installer = desk.dir / "installer";
    const auto program = desk.config.demo.installer;
    desk.config.demo.installer = installer.string();
    const auto cluster = desk.order();
    desk.start_tick();
    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM job_checks WHERE level = 'FAIL'", "1")) << desk.story(cluster);

    fs::create_symlink(program, installer);

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_attempts"), "1");
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_checks WHERE level <> 'PASS'"), "0");
}

}  // namespace
}  // namespace desk
