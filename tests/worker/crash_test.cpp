// Law 2: kill any process, at any instruction, any number of times; every cluster ends in an end state, and what ended
// leaves an empty cloud. At every point there is, and many clusters at once: tests/chaos.
#include <gmock/gmock.h>
#include <signal.h>

#include <algorithm>
#include <random>
#include <set>
#include <thread>

#include "core/base/text.hpp"
#include "tests/worker/running_desk.hpp"
#include "tests/worker/saboteur.hpp"

namespace desk {
namespace {

using testing::IsEmpty;

class Crash : public testing::Test {
  protected:
    Crash() {
        make_dir(desk.dir / "kills");
        desk.program = "/proc/self/exe";
        desk.environment = {{kOrdersDir, (desk.dir / "kills").string()}};
    }
    fs::path kills() const { return desk.dir / "kills"; }
    std::string unfinished() { return desk.db.value("SELECT count(*) FROM clusters WHERE status <> 'DESTROYED'"); }

    RunningDesk desk;
};

TEST_F(Crash, AfterCrashOfRunnersEndsAllTheSame) {
    kill_at(kills(), "alpha",
            {"claimed", "ignition:acted", "install:cloud", "destroy:one", "install:bootstrapped", "install:ended",
             "outputs:stored", "verify:concluding", "sweep:recorded", "confirm:concluding", "ended"});
    const auto cluster = desk.order({.ttl_hours = 1});

    desk.start_tick();

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED, 600s)) << desk.story(cluster);
    EXPECT_THAT(orders_left(kills(), "alpha"), IsEmpty()) << desk.story(cluster);
    EXPECT_THAT(desk.leftovers(), IsEmpty());
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_attempts WHERE infra_id IS NOT NULL AND clean_at IS NULL"), "0");
}

TEST_F(Crash, PastTheBootstrapKeepsTheCluster) {
    kill_at(kills(), "alpha", {"install:bootstrapped", "outputs:acted"});
    const auto cluster = desk.order({.ttl_hours = 24});

    desk.start_tick();

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT count(DISTINCT infra_id) FROM job_attempts"), "1") << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT workers_lost FROM jobs"), "2");
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_steps WHERE step = 'preflight'"), "1")
        << "its own names and quotas were taken for somebody else's";
}

TEST_F(Crash, TooOftenGivesUpAndDestroys) {
    kill_at(kills(), "alpha", std::vector<std::string>(11, "preflight:acted"));
    const auto cluster = desk.order();

    desk.start_tick();

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', status, workers_lost, error_code) FROM jobs WHERE type = 'CREATE'"),
              "FAILED 10 worker-lost");
}

TEST_F(Crash, KeepsTheLogOfTheLostAttemptWithAClosingLine) {
    kill_at(kills(), "alpha", {"install:bootstrapped"});
    const auto cluster = desk.order({.ttl_hours = 24});

    desk.start_tick();

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT outcome FROM job_attempts WHERE attempt = 1"), "WORKER_LOST");
    EXPECT_THAT(desk.db.value("SELECT text FROM job_logs WHERE attempt = 1 ORDER BY line DESC LIMIT 1"),
                testing::HasSubstr("vanished"));
}

TEST_F(Crash, OfAFrozenRunnerTakesItsInstallerWithItBeforeAnotherBegins) {
    desk.short_leases();
    const auto cluster = desk.order({.failure = DemoFailure::HANG});
    desk.start_tick();
    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM job_steps WHERE step = 'install' AND ended_at IS NULL", "1"));
    const int pid = std::stoi(desk.db.value("SELECT split_part(locked_by, '/', 2) FROM job_locks"));

    ::kill(pid, SIGSTOP);

    ASSERT_TRUE(desk.comes_true("SELECT outcome FROM job_attempts WHERE attempt = 1", "WORKER_LOST"))
        << desk.story(cluster);
    EXPECT_TRUE(comes_true([&] { return ::kill(pid, 0) != 0; })) << "the frozen runner is still there";
    desk.destroy(cluster);
    EXPECT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_THAT(desk.leftovers(), IsEmpty());
}

TEST_F(Crash, OfAWholeHostIsRescuedByAnotherThatDestroysFirst) {
    const auto cluster = desk.order({.ttl_hours = 24, .failure = DemoFailure::HANG});
    const auto tick = desk.start_tick("host-a");
    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM job_steps WHERE step = 'install' AND ended_at IS NULL", "1"));

    ::kill(tick, SIGKILL);
    for (const auto pid : desk.processes()) ::kill(pid, SIGKILL);
    desk.db.owner().execute(
        "UPDATE job_locks SET expires_at = clock_timestamp();"
        "UPDATE workers SET last_tick = clock_timestamp() - interval '1 hour';");
    desk.start_tick("host-b");

    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM job_steps WHERE step = 'clear' AND outcome = 'DONE'", "1"))
        << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT host_lost FROM job_attempts WHERE attempt = 1"), "true");
    desk.destroy(cluster);
    EXPECT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_THAT(desk.leftovers(), IsEmpty());
}

TEST_F(Crash, OfAnyProcessAtAnyTimeEndsWithAnEmptyCloud) {
    const auto seed = std::random_device{}();
    RecordProperty("seed", std::to_string(seed));
    std::mt19937 random(seed);
    const auto pick = [&](std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
    };
    for (const char* name : {"one", "two", "three", "four"}) desk.order({.name = name, .ttl_hours = 1});
    desk.start_tick();

    for (int kills = 0; kills < 25; ++kills) {
        const auto processes = desk.processes();
        if (processes.empty()) {
            desk.start_tick();  // as cron does
            continue;
        }
        ::kill(processes[pick(processes.size())], SIGKILL);
        std::this_thread::sleep_for(std::chrono::milliseconds(pick(150)));  // when it strikes is what is tried out
    }
    desk.start_tick();

    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM clusters WHERE status <> 'DESTROYED'", "0", 600s))
        << "seed " << seed << ": "
        << desk.db.value("SELECT string_agg(concat_ws(' ', name, status), ', ') FROM clusters");
    EXPECT_THAT(desk.leftovers(), IsEmpty());
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM receipts"), "4");
}

}  // namespace
}  // namespace desk
