// What a host can do to its own worker: processes that freeze, die or are told to stop, a full disk, no memory, a clock
// that jumps, ticks that do not come, a flood of lines. No cluster may be lost, and nothing may be left in the cloud.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "tests/worker/running_desk.hpp"

namespace desk {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kInstalls = "SELECT count(*) FROM job_steps WHERE step = 'install' AND ended_at IS NULL";
constexpr const char* kLastLine = "SELECT text FROM job_logs WHERE attempt = 1 ORDER BY line DESC LIMIT 1";

class HostTrouble : public testing::Test {
  protected:
    HostTrouble() {
        desk.config.worker.lease_seconds = 6;
        desk.config.worker.starve_seconds = 3;
        desk.config.worker.kill_seconds = 1;
    }

    /// A cluster whose installer waits for ever, in a tick of `host`.
    ClusterId hang(const std::string& host = {}) {
        const auto cluster = desk.order({.ttl_hours = 24, .failure = DemoFailure::HANG});
        tick = desk.start_tick(host);
        if (!desk.comes_true(kInstalls, "1") || !comes_true([&] { return !installers().empty(); }))
            throw std::runtime_error("the installer did not begin" + desk.story(cluster));
        return cluster;
    }
    std::vector<pid_t> installers() const {
        auto found = desk.processes("create cluster");  // the guard has it in its arguments too
        std::erase_if(found,
                      [guards = desk.processes(" guard ")](pid_t pid) { return std::ranges::count(guards, pid) > 0; });
        return found;
    }
    std::vector<pid_t> providers() const { return desk.processes("cluster-api-provider"); }

    /// Everything that the rows say about the first attempt, and what is in the file store.
    std::string written() {
        std::string all;
        for (const char* table : {"job_logs", "job_steps", "job_attempts"})
            all += desk.db.value(cat("SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') FROM ", table,
                                     " t WHERE t.attempt = 1"));
        for (const char* table : {"cluster_artifacts", "audit_events", "receipts", "cluster_outputs"})
            all += desk.db.value(cat("SELECT count(*) FROM ", table)) + " " + table + "\n";
        for (const auto& entry : fs::recursive_directory_iterator(desk.dir / "store"))
            all += entry.path().string() + "\n";
        return all;
    }

    /// Asks for the end of `cluster`, and expects that nothing of it is left.
    void expect_ends_clean(const ClusterId& cluster) {
        desk.destroy(cluster);
        EXPECT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
        EXPECT_THAT(desk.leftovers(), IsEmpty());
        EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_locks"), "0");
    }

    RunningDesk desk;
    pid_t tick = 0;
};

TEST_F(HostTrouble, ARunnerThatWakesAfterItsLeaseWritesNothing) {
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
    const auto cluster = hang();
    const auto guard = desk.processes(" guard ").at(0);

    ::kill(guard, SIGSTOP);
    const auto hungry = desk.db.value("SELECT clock_timestamp() + interval '3.5 seconds'");
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

/// The provider goes on creating when its installer is killed. Whoever ends it has to do so before the next attempt.
class Containment : public HostTrouble {
  protected:
    /// When the newest file of the demo cloud was written: seconds since 1970, by the clock that the database reads
    /// too.
    double newest() const {
        double time = 0;
        for (const auto& file : desk.leftovers()) {
            struct stat status {};
            if (::stat((desk.dir / "cloud" / file).c_str(), &status) != 0) continue;  // gone meanwhile
            time = std::max(
                time, static_cast<double>(status.st_mtim.tv_sec) + static_cast<double>(status.st_mtim.tv_nsec) / 1e9);
        }
        return time;
    }
    /// Whether something is made in the cloud after `then`.
    bool goes_on_since(double then) {
        for (const auto& file : desk.leftovers())  // it makes 64 interfaces at most, and again those that are gone
            if (file.find("eni-") != std::string::npos) fs::remove(desk.dir / "cloud" / file);
        return comes_true([&] { return newest() > then; }, 10s);
    }
    /// Whether the first attempt was over when the newest file was there already.
    std::string was_the_last_thing() {
        return desk.db.value("SELECT to_timestamp(" + std::to_string(newest()) +
                             ") <= ended_at FROM job_attempts WHERE attempt = 1");
    }
    void hold_back_the_next_attempt() {
        desk.db.owner().execute("INSERT INTO brakes (name, reason, by_id) VALUES ('NO_CREATES', 'a test', '" +
                                desk.people.admin.str() + "')");
    }
};

TEST_F(Containment, EndsWhatAnInstallerThatIsKilledLeavesBehind) {
    desk.script_installer(R"(case "$*" in "create cluster"*) export DEMO_FAIL=oom:1;; esac; exec $INSTALLER "$@")");
    const auto cluster = desk.order({.ttl_hours = 24});
    desk.start_tick();
    ASSERT_TRUE(comes_true([&] { return !providers().empty(); }));
    const auto provider = providers().at(0);
    hold_back_the_next_attempt();

    ASSERT_TRUE(desk.comes_true("SELECT outcome FROM job_attempts WHERE attempt = 1", "RETRY")) << desk.story(cluster);

    EXPECT_THAT(providers(), IsEmpty());
    EXPECT_NE(::kill(provider, 0), 0);
    EXPECT_EQ(was_the_last_thing(), "true") << "something was created after the attempt was over";
    EXPECT_THAT(desk.leftovers(), Not(IsEmpty()));
    desk.db.owner().execute("DELETE FROM brakes");
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    expect_ends_clean(cluster);
}

TEST_F(Containment, EndsAProviderThatOutlivedAllItsParentsBeforeTheRescue) {
    const auto cluster = hang();
    ASSERT_TRUE(comes_true([&] { return !providers().empty(); }));
    const auto runner = desk.runner_of(cluster), guard = desk.processes(" guard ").at(0);
    hold_back_the_next_attempt();

    for (const auto pid : {tick, runner, guard}) ::kill(pid, SIGSTOP);  // none of them may see the others go
    for (const auto pid : {tick, runner, guard}) ::kill(pid, SIGKILL);
    ASSERT_TRUE(comes_true([&] { return installers().empty(); })) << "the installer outlived its guard";
    ASSERT_TRUE(goes_on_since(newest())) << "the provider should go on: without that this test proves nothing";

    desk.start_tick();
    ASSERT_TRUE(desk.comes_true("SELECT outcome FROM job_attempts WHERE attempt = 1", "WORKER_LOST"))
        << desk.story(cluster);
    EXPECT_THAT(providers(), IsEmpty()) << "the job was given on while it still created";
    EXPECT_EQ(was_the_last_thing(), "true") << "something was created after the rescue";
    desk.db.owner().execute("DELETE FROM brakes");
    expect_ends_clean(cluster);
}

TEST_F(Containment, HoldsWhenTheSameJobLosesItsWorkerAgain) {
    const auto cluster = hang();

    for (const char* lost : {"1", "2"}) {
        ASSERT_TRUE(comes_true([&] { return !providers().empty(); })) << desk.story(cluster);
        const auto runner = desk.runner_of(cluster), guard = desk.processes(" guard ").at(0);
        for (const auto pid : {runner, guard}) ::kill(pid, SIGSTOP);
        for (const auto pid : {runner, guard}) ::kill(pid, SIGKILL);
        ASSERT_TRUE(desk.comes_true("SELECT workers_lost FROM jobs", lost, 20s)) << desk.story(cluster);
        ASSERT_TRUE(desk.comes_true(kInstalls, "1")) << desk.story(cluster);
    }

    expect_ends_clean(cluster);
}

/// The work directory is a small disk of its own, which the worker alone sees; its files are reached through the tick.
class FullDisk : public HostTrouble {
  protected:
    void SetUp() override {
        if (!has_namespaces()) GTEST_SKIP() << "this kernel lets nobody make mount namespaces: no small disk";
        make_dir(desk.dir / "work");
        installer = fs::file_size(desk.config.demo.installer);  // is unpacked into each job's directory
        desk.launch_in_namespaces(cat("mount -t tmpfs -o nr_inodes=500,size=", 3 * installer + (8U << 20U), " disk '",
                                      (desk.dir / "work").string(), "'"));
    }
    /// As the worker sees it.
    fs::path disk() const {
        return fs::path("/proc") / std::to_string(tick) / "root" / desk.dir.path().relative_path() / "work";
    }
    void start() {
        tick = desk.start_tick();
        ASSERT_TRUE(comes_true([&] { return fs::exists(disk() / "spawn.lock"); }));
    }
    /// Writes until nothing goes in any more, then gives back `room` bytes.
    void fill(std::uintmax_t room = 0) const {
        const UniqueFd file(::open((disk() / "filler").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
        const std::string block(1U << 16U, 'x');
        while (::write(file.get(), block.data(), block.size()) > 0) {
        }
        const auto size = fs::file_size(disk() / "filler");
        fs::resize_file(disk() / "filler", size - std::min(room, size));
    }
    void make_room() const { fs::remove(disk() / "filler"); }

    std::uintmax_t installer = 0;  ///< bytes
};

TEST_F(FullDisk, KeepsAHostFromTakingJobs) {
    desk.config.worker.room_mb = 4;
    start();
    fill();
    const auto cluster = desk.order({.ttl_hours = 24});

    ASSERT_TRUE(comes_true([&] { return read_file(desk.dir / "tick.log").find("no_room") != std::string::npos; }));
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', status, attempts) FROM jobs"), "PENDING 0");
    make_room();

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', attempts, failures, workers_lost) FROM jobs"), "1 0 0");
    expect_ends_clean(cluster);
}

TEST_F(FullDisk, BeforeTheInstallationIsNamedAndTriedAgain) {
    start();
    fill();
    const auto cluster = desk.order({.ttl_hours = 24});

    ASSERT_TRUE(desk.comes_true("SELECT outcome FROM job_attempts WHERE attempt = 1", "RETRY")) << desk.story(cluster);
    make_room();

    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', error_code, error_turn) FROM jobs"), "disk-full ADMIN")
        << desk.story(cluster);
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', failures, workers_lost) FROM jobs"), "1 0");
    expect_ends_clean(cluster);
}

TEST_F(FullDisk, UnderTheInstallerIsNamedClearedAndTriedAgain) {
    start();
    fill(installer / 2);  // enough for assets and the snapshot, not for what `create cluster` unpacks
    const auto cluster = desk.order({.ttl_hours = 24});

    ASSERT_TRUE(desk.comes_true("SELECT outcome FROM job_attempts WHERE attempt = 1", "RETRY")) << desk.story(cluster);
    make_room();

    EXPECT_EQ(desk.db.value("SELECT error_code FROM jobs"), "disk-full") << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT phase FROM job_attempts WHERE attempt = 1"), "cloud");
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT outcome FROM job_steps WHERE attempt = 2 AND step = 'clear'"), "DONE");
    expect_ends_clean(cluster);
}

TEST_F(FullDisk, LetsADestroyGoOnWhenThereIsRoom) {
    start();
    const auto cluster = desk.order({.ttl_hours = 24});
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM job_locks", "0"));
    fill();

    desk.destroy(cluster);
    ASSERT_TRUE(desk.comes_true("SELECT failures > 0 FROM jobs WHERE type = 'DESTROY'", "true")) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT error_code FROM jobs WHERE type = 'DESTROY'"), "disk-full");
    make_room();

    EXPECT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_THAT(desk.leftovers(), IsEmpty());
}

TEST_F(FullDisk, WithoutAFileMoreLetsTheTickGoOnWithItsOtherWork) {
    start();
    const auto doomed = desk.order({.name = "doomed", .ttl_hours = 24});
    ASSERT_TRUE(desk.reaches(doomed, ClusterStatus::READY)) << desk.story(doomed);
    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM job_locks", "0"));
    for (int i = 0; UniqueFd(::open((disk() / cat("file-", i)).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600)); ++i) {
    }

    const auto cluster = desk.order({.ttl_hours = 24});
    desk.db.owner().execute("UPDATE clusters SET destroy_at = now() WHERE name = 'doomed'");

    EXPECT_TRUE(desk.comes_true("SELECT destroy_wanted_by FROM clusters WHERE name = 'doomed'", "ttl"))
        << desk.story(doomed);
    EXPECT_EQ(::kill(tick, 0), 0) << "the tick ended: " << desk.story(cluster);
    for (const auto& entry : fs::directory_iterator(disk()))
        if (entry.path().filename().string().starts_with("file-")) fs::remove(entry.path());
    EXPECT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_TRUE(desk.reaches(doomed, ClusterStatus::DESTROYED)) << desk.story(doomed);
}

/// The worker's clock alone is stepped (libfaketime); the database and this test go by the real one.
class ClockStep : public HostTrouble, public testing::WithParamInterface<const char*> {
  protected:
    static constexpr const char* kLibrary = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    void SetUp() override {
        if (!fs::exists(kLibrary)) GTEST_SKIP() << "there is no " << kLibrary << ": install libfaketime";
        step("+0");
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
    EXPECT_EQ(desk.db.value("SELECT destroy_at - ready_at FROM clusters"), "00:00:08");
    EXPECT_EQ(desk.db.value("SELECT destroy_wanted_at - destroy_at BETWEEN '0' AND '1 second' FROM clusters"), "true");
    EXPECT_EQ(desk.db.value("SELECT string_agg(kind, ', ' ORDER BY id) FROM outbox"), "expires-in-6h, expires-in-1h");
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

    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM clusters WHERE status = 'READY'", "5"));
    EXPECT_EQ(desk.db.value("SELECT max(held) FROM seen"), "2");
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', count(*), max(attempts), sum(workers_lost)) FROM jobs"), "5 1 0");
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
    desk.script_installer(
        R"(case "$*" in "create cluster"*) export DEMO_FAIL=flood; set -- "$@" --log-level=debug;; esac
exec $INSTALLER "$@")");
    const auto cluster = desk.order({.ttl_hours = 24});

    desk.start_tick();

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY, 120s)) << desk.story(cluster);
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
