// What a host can do to its own worker: processes that freeze, die or are told to stop, no memory, a clock that jumps,
// ticks that do not come, a flood of lines. No cluster may be lost, and nothing may be left in the cloud.
#include "tests/worker/host_trouble.hpp"

#include <signal.h>

namespace desk {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kLastLine = "SELECT text FROM job_logs WHERE attempt = 1 ORDER BY line DESC LIMIT 1";

TEST_F(HostTrouble, ARunnerThatWakesAfterItsLeaseWritesNothing) {
    desk.short_leases();
    const auto cluster = hang();
    const auto runner = desk.runner_of(cluster);
    RunningDesk::stop_tick(tick);  // nobody rescues before it wakes

    ::kill(runner, SIGSTOP);
    ASSERT_TRUE(comes_true([&] { return installers().empty() && providers().empty(); })) << "its installer goes on";
    ASSERT_TRUE(desk.comes_true("SELECT expires_at <= clock_timestamp() FROM job_locks", "true"));
    const auto before = written();
    const auto cloud = desk.leftovers();
    ::kill(runner, SIGCONT);

    ASSERT_TRUE(comes_true([&] { return desk.processes().empty(); })) << "it still runs";
    EXPECT_EQ(written(), before);
    EXPECT_EQ(desk.leftovers(), cloud);
    EXPECT_EQ(desk.db.value("SELECT status FROM jobs"), "RUNNING") << "only a rescue moves the job on";
    desk.start_tick();
    EXPECT_TRUE(desk.comes_true("SELECT outcome FROM job_attempts WHERE attempt = 1", "WORKER_LOST"));
    expect_ends_clean(cluster);
}

TEST_F(HostTrouble, ARunnerThatWakesWhenAnotherHostHasItsJobDisturbsNothing) {
    desk.short_leases();
    desk.config.worker.silence_seconds = 0;
    const auto cluster = hang("host-a");
    const auto runner = desk.runner_of(cluster);
    RunningDesk::stop_tick(tick);
    ::kill(runner, SIGSTOP);

    desk.start_tick("host-b");
    ASSERT_TRUE(desk.comes_true("SELECT attempts FROM jobs", "2")) << desk.story(cluster);
    ASSERT_TRUE(desk.comes_true(kInstalls, "1")) << desk.story(cluster);
    const auto before = written();
    const auto token = desk.db.value("SELECT lease_token FROM job_locks");
    ::kill(runner, SIGCONT);

    ASSERT_TRUE(comes_true([&] { return desk.processes("run-job").size() == 1; })) << "it still runs";
    EXPECT_EQ(written(), before);
    EXPECT_EQ(desk.db.value("SELECT lease_token FROM job_locks"), token);
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', status, attempts) FROM jobs"), "RUNNING 2");
    expect_ends_clean(cluster);
}

TEST_F(HostTrouble, AGuardThatFrozeEndsItsTreeWhenItWakes) {
    desk.short_leases();
    const auto cluster = hang();
    const auto guard = desk.processes(" guard ").at(0);

    ::kill(guard, SIGSTOP);
    const auto hungry = desk.db.value("SELECT clock_timestamp() + interval '7 seconds'");
    ASSERT_TRUE(desk.comes_true("SELECT clock_timestamp() > '" + hungry + "'", "true"));
    ::kill(guard, SIGCONT);

    ASSERT_TRUE(desk.comes_true("SELECT outcome FROM job_attempts WHERE attempt = 1", "RETRY")) << desk.story(cluster);
    EXPECT_THAT(desk.db.value("SELECT error_message FROM jobs"), HasSubstr("ended from outside"));
    expect_ends_clean(cluster);
}

TEST_F(HostTrouble, AGuardThatIsFrozenWhenItsRunnerDiesIsEndedWithItsTree) {
    const auto cluster = hang();
    const auto guard = desk.processes(" guard ").at(0);

    ::kill(guard, SIGSTOP);
    ::kill(desk.runner_of(cluster), SIGKILL);

    ASSERT_TRUE(desk.comes_true("SELECT outcome FROM job_attempts WHERE attempt = 1", "WORKER_LOST"))
        << desk.story(cluster);
    EXPECT_THAT(desk.processes(), Not(testing::Contains(guard)));
    expect_ends_clean(cluster);
}

TEST_F(HostTrouble, AGuardThatIsKilledTakesTheProviderWithIt) {
    const auto cluster = hang();
    ASSERT_TRUE(comes_true([&] { return !providers().empty(); }));
    const auto provider = providers().at(0);

    ::kill(desk.processes(" guard ").at(0), SIGKILL);

    ASSERT_TRUE(desk.comes_true("SELECT outcome FROM job_attempts WHERE attempt = 1", "RETRY")) << desk.story(cluster);
    EXPECT_THAT(providers(), Not(testing::Contains(provider)));
    EXPECT_THAT(desk.db.value("SELECT error_message FROM jobs"), HasSubstr("its guard was killed"));
    expect_ends_clean(cluster);
}

TEST_F(HostTrouble, ARunnerThatIsToldToStopHandsItsJobOn) {
    const auto cluster = hang();

    ::kill(desk.runner_of(cluster), SIGTERM);

    ASSERT_TRUE(desk.comes_true("SELECT attempts FROM jobs", "2")) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', failures, workers_lost) FROM jobs"), "0 0");
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', outcome, host_lost) FROM job_attempts WHERE attempt = 1"),
              "WORKER_LOST f");
    EXPECT_EQ(desk.db.value(kLastLine), "Stopped: this worker shuts down.");
    expect_ends_clean(cluster);
}

TEST_F(HostTrouble, ATickThatIsToldToStopLeavesADestroyToItsEnd) {
    desk.config.worker.verify_seconds = 10;  // its wait is over long after the tick is
    const auto cluster = desk.order({.ttl_hours = 24});
    tick = desk.start_tick();
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    desk.destroy(cluster);
    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM job_locks", "1"));

    RunningDesk::stop_tick(tick);

    // The wait between the two sweeps parks the job: nobody takes it up without a tick.
    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM job_locks", "0")) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT status FROM jobs WHERE type = 'DESTROY'"), "PENDING");
    desk.start_tick();
    EXPECT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT max(attempts) FROM jobs"), "1");
}

/// The worker's clock alone is stepped (libfaketime); the database and this test go by the real one.
class ClockStep : public HostTrouble, public testing::WithParamInterface<const char*> {
  protected:
    static constexpr const char* kLibrary = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    void SetUp() override {
        if (!fs::exists(kLibrary)) GTEST_SKIP() << "there is no " << kLibrary << ": install libfaketime";
        step("+0");
        desk.seconds_per_hour = 4;
        desk.environment = {{"LD_PRELOAD", kLibrary},
                            {"FAKETIME_TIMESTAMP_FILE", (desk.dir / "clock").string()},
                            {"FAKETIME_NO_CACHE", "1"},
                            {"FAKETIME_DONT_FAKE_MONOTONIC", "1"},
                            {"ASAN_OPTIONS", "verify_asan_link_order=0"}};
    }
    void step(const std::string& by) const { replace_file(desk.dir / "clock", by + "\n"); }
    /// How far the clock in the worker's log is from the real one, in minutes.
    int minutes_off() {
        const auto log = read_file(desk.dir / "tick.log");
        const auto begin = log.rfind("\"time\":\"");
        const auto time = log.substr(begin + 8, 19);
        return std::stoi(desk.db.value("SELECT round(extract(epoch FROM '" + time + "Z'::timestamptz - now()) / 60)"));
    }
};

TEST_P(ClockStep, InTheMiddleOfAJobChangesNothing) {
    const int minutes = std::stoi(GetParam());
    const auto cluster = desk.order({.ttl_hours = 8});
    desk.start_tick();
    ASSERT_TRUE(desk.comes_true(kInstalls, "1")) << desk.story(cluster);

    step(cat(GetParam(), "m"));

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(minutes_off(), minutes) << "the clock was not stepped: this test proves nothing";
    EXPECT_EQ(desk.db.value("SELECT string_agg(concat_ws(' ', attempts, failures, workers_lost), ', ') FROM jobs"),
              "1 0 0, 1 0 0");
    EXPECT_EQ(desk.db.value("SELECT destroy_at - ready_at FROM clusters"), "00:00:32");
    EXPECT_EQ(desk.db.value("SELECT destroy_wanted_at - destroy_at BETWEEN '0' AND '1 minute' FROM clusters"), "true");
    EXPECT_THAT(desk.db.value("SELECT string_agg(kind, ', ' ORDER BY id) FROM outbox"),
                testing::AnyOf("expires-in-6h, expires-in-1h", "expires-in-6h"))
        << "a busy machine may come too late for the second: it is for 4 s";
    EXPECT_EQ(
        desk.db.value("SELECT count(*) FROM (SELECT started_at, ended_at, lag(ended_at) OVER (PARTITION BY job_id "
                      "ORDER BY position) AS before FROM job_steps) s WHERE started_at < before OR ended_at < "
                      "started_at OR ended_at > clock_timestamp()"),
        "0");
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_logs l JOIN job_logs m USING (job_id, attempt) WHERE l.line < "
                            "m.line AND l.at > m.at"),
              "0");
}

INSTANTIATE_TEST_SUITE_P(OfTheWorker, ClockStep, testing::Values("+10", "-10"),
                         [](const auto& info) { return info.param[0] == '+' ? "Ahead" : "Back"; });

TEST_F(HostTrouble, AnHourWithoutTicksIsCaughtUpByOne) {
    const auto overdue = desk.order({.name = "overdue", .ttl_hours = 24});
    tick = desk.start_tick();
    ASSERT_TRUE(desk.reaches(overdue, ClusterStatus::READY)) << desk.story(overdue);
    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM job_locks", "0"));
    RunningDesk::stop_tick(tick);
    const auto ending = given::cluster(desk.db, {.name = "ending", .owner = desk.people.requester});
    const auto stale = given::cluster(desk.db, {.owner = desk.people.requester, .status = ClusterStatus::REQUESTED});
    given::request(desk.db, {.cluster = stale, .requester = desk.people.requester, .lapses_in = -3600s});
    // of the hour that nobody looked: one lifetime was over, and all three warnings of another were due
    desk.db.owner().execute(
        "UPDATE clusters SET ready_at = now() - interval '3 hours', destroy_at = now() - interval '1 hour' WHERE name "
        "= "
        "'overdue';"
        "UPDATE clusters SET ready_at = now() - interval '47 hours', destroy_at = now() + interval '30 minutes' WHERE "
        "name = 'ending';"
        "DELETE FROM outbox");

    desk.start_tick();

    EXPECT_TRUE(desk.reaches(overdue, ClusterStatus::DESTROYED)) << desk.story(overdue);
    EXPECT_TRUE(desk.reaches(stale, ClusterStatus::LAPSED));
    EXPECT_TRUE(desk.comes_true("SELECT string_agg(concat_ws(' ', payload->>'cluster', kind), ', ') FROM outbox",
                                "ending expires-in-1h"))
        << desk.db.value("SELECT string_agg(concat_ws(' ', payload->>'cluster', kind), ', ') FROM outbox");
    EXPECT_EQ(desk.status(ending), ClusterStatus::READY);
    EXPECT_EQ(desk.db.value("SELECT destroy_wanted_by FROM clusters WHERE name = 'overdue'"), "ttl");
}

TEST_F(HostTrouble, TicksAtTheSameTimeStartNoMoreRunnersThanTheHostHasSlots) {
    desk.config.worker.slots = 2;
    for (const char* name : {"one", "two", "three", "four", "five"}) desk.order({.name = name, .ttl_hours = 24});
    desk.db.owner().execute(
        "CREATE TABLE seen (held bigint);"
        "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN "
        "INSERT INTO seen SELECT count(*) FROM job_locks; RETURN NULL; END $$;"
        "CREATE TRIGGER note AFTER INSERT ON job_locks FOR EACH ROW EXECUTE FUNCTION note()");

    for (int i = 0; i < 3; ++i) desk.start_tick();

    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM jobs WHERE type = 'CREATE' AND status = 'SUCCEEDED'", "5"));
    EXPECT_EQ(desk.db.value("SELECT max(held) FROM seen"), "2");
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', max(attempts), sum(workers_lost)) FROM jobs"), "1 0");
}

TEST_F(HostTrouble, AnInstallerThatGetsNoMemoryIsTriedAgain) {
    desk.script_installer(
        R"(case "$*" in "create cluster"*) [ -e ../../starved ] || { touch ../../starved; ulimit -v 4000; };; esac
exec $INSTALLER "$@")");
    const auto cluster = desk.order({.ttl_hours = 24});

    desk.start_tick();

    ASSERT_TRUE(desk.comes_true("SELECT outcome FROM job_attempts WHERE attempt = 1", "RETRY")) << desk.story(cluster);
    EXPECT_NE(desk.db.value("SELECT coalesce(error_code, '') FROM jobs"), "") << desk.story(cluster);
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', attempts, failures, workers_lost) FROM jobs"), "2 1 0");
    expect_ends_clean(cluster);
}

TEST_F(HostTrouble, AFloodOfLinesIsKeptAsASampleThatSaysSo) {
    desk.install_deadline = "10m";
    desk.script_installer(
        R"(case "$*" in "create cluster"*) export DEMO_FAIL=flood; set -- "$@" --log-level=debug;; esac
exec $INSTALLER "$@")");
    const auto cluster = desk.order({.ttl_hours = 24});

    desk.start_tick();

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY, 400s)) << desk.story(cluster);
    const int rows = std::stoi(desk.db.value("SELECT count(*) FROM job_logs"));
    EXPECT_GT(rows, 50'000);
    EXPECT_LT(rows, 52'000) << "the rows of a flood are bounded";
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_logs WHERE text LIKE 'The log is longer than 50000 lines.%'"),
              "1");
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_logs WHERE text ~ '^[0-9]+ lines were not kept'"), "1");
    EXPECT_EQ(
        desk.db.value("SELECT count(*) FROM (SELECT line, row_number() OVER (ORDER BY line) AS n FROM job_logs) l "
                      "WHERE line <> n"),
        "0")
        << "lines are missing or come twice";
    expect_ends_clean(cluster);
}

}  // namespace
}  // namespace desk
