// Several hosts, one queue: who takes which job, who does the sweeps, who rescues whom and when, and how hosts are
// drained and upgraded one after the other. Each host has its own work directory, namespaces and boot id.
#include <gmock/gmock.h>
#include <signal.h>

#include "core/base/text.hpp"
#include "core/pg/migrate.hpp"
#include "core/store/schema.hpp"
#include "core/store/workers.hpp"
#include "tests/worker/running_desk.hpp"

namespace desk {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kInstallsNow = "SELECT count(*) FROM job_steps WHERE step = 'install' AND ended_at IS NULL";
constexpr int kTick = 60;  ///< seconds: cron's minute

class Hosts : public testing::Test {
  protected:
    void SetUp() override {
        if (!has_namespaces()) GTEST_SKIP() << "this kernel lets nobody make mount namespaces: all hosts are one";
        desk.launch_on_machines();
        desk.config.worker.kill_seconds = 1;
        desk.config.worker.silence_seconds = 2;
        // every lease that ever was, and how many its host held then
        desk.db.owner().execute(R"sql(
            CREATE TABLE leases_seen (job_id text, attempt integer, host text, held bigint, at timestamptz,
                                      expires_at timestamptz);
            CREATE FUNCTION note_lease() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
                IF TG_OP = 'INSERT' THEN
                    INSERT INTO leases_seen
                    SELECT NEW.job_id, NEW.attempt, NEW.host, count(*), clock_timestamp()
                      FROM job_locks WHERE host = NEW.host;
                ELSE
                    UPDATE leases_seen SET expires_at = OLD.expires_at
                     WHERE job_id = OLD.job_id AND attempt = OLD.attempt AND expires_at IS NULL;
                END IF;
                RETURN NULL;
            END $$;
            CREATE TRIGGER note_lease AFTER INSERT OR DELETE ON job_locks FOR EACH ROW EXECUTE FUNCTION note_lease())sql");
    }

    ClusterId hang(const std::string& host) {
        const auto cluster = desk.order({.ttl_hours = 24, .failure = DemoFailure::HANG});
        tick = desk.start_tick(host);
        if (!desk.comes_true(kInstallsNow, "1")) throw std::runtime_error("it does not begin" + desk.story(cluster));
        return cluster;
    }
    void set_draining(const std::string& host, bool draining) {
        auto tx = desk.db.begin();
        workers::set_draining(tx, host, draining, given::actor(desk.db, desk.people.admin));
        tx.commit();
    }
    /// The power of a host fails: nothing of it runs any more.
    void kill_everything() {
        std::vector<pid_t> all = desk.processes();
        for (const auto pid : all) ::kill(pid, SIGSTOP);  // none may react to the end of another
        for (const auto pid : all) ::kill(pid, SIGKILL);
        EXPECT_TRUE(comes_true([&] { return desk.processes().empty(); }));
    }
    std::string claims_of(const std::string& cluster) {
        return desk.db.value(
            "SELECT string_agg(DISTINCT host, ' ' ORDER BY host) FROM leases_seen JOIN jobs j ON j.id = "
            "job_id JOIN clusters c ON c.id = j.cluster_id WHERE c.name = '" +
            cluster + "'");
    }
    /// Seconds from the end of the first attempt's lease to the beginning of the second attempt.
    double rescued_after() {
        const double after =
            std::stod(desk.db.value("SELECT extract(epoch FROM a.started_at - l.expires_at) FROM leases_seen l JOIN "
                                    "job_attempts a ON a.job_id = "
                                    "l.job_id AND a.attempt = 2 WHERE l.attempt = 1"));
        RecordProperty("seconds_from_end_of_lease_to_next_attempt", std::to_string(after));
        return after;
    }
    void expect_ends_clean(const ClusterId& cluster) {
        desk.destroy(cluster);
        EXPECT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
        EXPECT_THAT(desk.leftovers(), IsEmpty());
    }

    RunningDesk desk;
    pid_t tick = 0;
};

TEST_F(Hosts, ShareOneQueue) {
    desk.config.worker.slots = 2;
    for (int i = 0; i < 12; ++i) desk.order({.name = cat("cluster-", i), .ttl_hours = 1});

    for (const char* host : {"host-a", "host-b", "host-c"}) desk.start_tick(host);

    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM clusters WHERE status = 'DESTROYED'", "12"))
        << desk.db.value("SELECT string_agg(concat_ws(' ', name, status), ', ') FROM clusters");
    EXPECT_THAT(desk.leftovers(), IsEmpty());
    EXPECT_EQ(
        desk.db.value("SELECT concat_ws(' ', count(*), max(attempts), sum(failures), sum(workers_lost)) FROM jobs"),
        "24 1 0 0")
        << "a job was done twice, or lost";
    EXPECT_EQ(desk.db.value("SELECT max(held) FROM leases_seen"), "2") << "a host held more jobs than it has slots";
    EXPECT_EQ(desk.db.value("SELECT count(DISTINCT host) FROM leases_seen"), "3") << "a host stood idle";
    EXPECT_EQ(desk.db.value("SELECT count(DISTINCT boot_id) FROM workers"), "3") << "they are no hosts of their own";
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_locks"), "0");
}

TEST_F(Hosts, ThatDrainClaimNothingMoreAndEndWhatTheyHold) {
    desk.seconds_per_hour = 3;
    const auto held = desk.order({.name = "held", .ttl_hours = 24});
    desk.start_tick("host-a");
    ASSERT_TRUE(desk.comes_true(kInstallsNow, "1")) << desk.story(held);

    set_draining("host-a", true);
    const auto other = desk.order({.name = "other", .ttl_hours = 24});
    tick = desk.start_tick("host-b");
    ASSERT_TRUE(desk.reaches(held, ClusterStatus::READY)) << desk.story(held);
    ASSERT_TRUE(desk.reaches(other, ClusterStatus::READY)) << desk.story(other);
    EXPECT_EQ(claims_of("held"), "host-a");
    EXPECT_EQ(claims_of("other"), "host-b");
    EXPECT_EQ(desk.db.value("SELECT max(attempts) FROM jobs"), "1");

    RunningDesk::stop_tick(tick);
    const auto late = desk.order({.name = "late", .ttl_hours = 24});
    const auto seen = desk.db.value("SELECT clock_timestamp()");
    ASSERT_TRUE(desk.comes_true("SELECT last_tick > '" + seen + "' FROM workers WHERE host = 'host-a'", "true"));
    EXPECT_EQ(desk.status(late), ClusterStatus::PENDING) << "a host that drains claimed a job";
    set_draining("host-a", false);
    EXPECT_TRUE(desk.reaches(late, ClusterStatus::READY)) << desk.story(late);
}

TEST_F(Hosts, SweepOnceForAll) {
    desk.config.worker.slots = 0;  // sweeps alone
    for (const char* host : {"host-a", "host-b", "host-c"}) desk.start_tick(host);
    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM workers", "3"));
    for (int i = 0; i < 8; ++i) {
        given::cluster(desk.db, {.name = cat("over-", i), .owner = desk.people.requester});
        given::cluster(desk.db, {.name = cat("ending-", i), .owner = desk.people.requester});
        const auto stale = given::cluster(
            desk.db, {.name = cat("stale-", i), .owner = desk.people.requester, .status = ClusterStatus::REQUESTED});
        given::request(desk.db, {.cluster = stale, .requester = desk.people.requester});
    }

    // All of it falls due at one instant, for which all three wait.
    desk.db.owner().execute(R"sql(
        UPDATE clusters SET destroy_at = now() + interval '2 seconds' WHERE name LIKE 'over-%';
        UPDATE clusters SET ready_at = now() - interval '30 hours', destroy_at = now() + interval '1 hour 2 seconds'
         WHERE name LIKE 'ending-%';
        UPDATE requests SET lapses_at = now() + interval '2 seconds';
        NOTIFY jobs)sql");

    EXPECT_TRUE(desk.comes_true("SELECT count(*) FROM clusters WHERE status = 'DESTROYING'", "8"));
    EXPECT_TRUE(desk.comes_true("SELECT count(*) FROM clusters WHERE status = 'LAPSED'", "8"));
    EXPECT_TRUE(
        desk.comes_true("SELECT count(*) FROM outbox WHERE subject IN (SELECT id FROM clusters WHERE name LIKE "
                        "'ending-%') AND kind = 'expires-in-1h'",
                        "8"));
    const auto looked = desk.db.value("SELECT clock_timestamp()");
    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM workers WHERE last_tick > '" + looked + "'", "3"));
    EXPECT_EQ(desk.db.value("SELECT string_agg(line, ', ' ORDER BY line) FROM (SELECT concat_ws(' ', action, count(*), "
                            "count(DISTINCT target)) AS line FROM audit_events GROUP BY action) lines"),
              "cluster.destroy 8 8, request.lapsed 8 8");
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', count(*), count(DISTINCT subject)) FROM jobs"), "8 8");
    EXPECT_EQ(desk.db.value("SELECT max(n) FROM (SELECT count(*) AS n FROM outbox GROUP BY subject, kind) times"), "1");
}

TEST_F(Hosts, RescueTheirOwnRunnerThatDiesBeforeItsLeaseIsOver) {
    const auto cluster = hang("host-a");

    ::kill(desk.runner_of(cluster), SIGKILL);

    ASSERT_TRUE(desk.comes_true("SELECT attempts FROM jobs", "2")) << desk.story(cluster);
    EXPECT_LT(rescued_after(), 0);
    EXPECT_EQ(desk.db.value("SELECT workers_lost FROM jobs"), "1");
    expect_ends_clean(cluster);
}

TEST_F(Hosts, RescueTheirOwnRunnerThatFreezesWithinATickOfItsLease) {
    desk.short_leases();
    const auto cluster = hang("host-a");

    ::kill(desk.runner_of(cluster), SIGSTOP);

    ASSERT_TRUE(desk.comes_true("SELECT attempts FROM jobs", "2")) << desk.story(cluster);
    const double after = rescued_after();
    EXPECT_GT(after, 0) << "its lease was not over yet: it might have gone on";
    EXPECT_LT(after, kTick);
    expect_ends_clean(cluster);
}

TEST_F(Hosts, RescueAnotherOnlyAfterALeaseAndItsSilence) {
    desk.short_leases();
    const auto cluster = hang("host-a");
    kill_everything();
    const auto last_tick = desk.db.value("SELECT last_tick FROM workers");

    desk.start_tick("host-b");

    ASSERT_TRUE(desk.comes_true("SELECT attempts FROM jobs", "2")) << desk.story(cluster);
    EXPECT_LT(rescued_after(), kTick);
    EXPECT_EQ(
        desk.db.value("SELECT started_at - '" + last_tick +
                      "' BETWEEN interval '12 seconds' AND interval '72 seconds' FROM job_attempts WHERE attempt = 2"),
        "true");
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', outcome, host_lost) FROM job_attempts WHERE attempt = 1"),
              "WORKER_LOST t");
    ASSERT_TRUE(desk.comes_true("SELECT outcome FROM job_steps WHERE attempt = 2 AND step = 'clear'", "DONE"))
        << desk.story(cluster);
    expect_ends_clean(cluster);
}

TEST_F(Hosts, LeaveAnotherAloneWhileItsTickReports) {
    desk.short_leases();
    const auto cluster = hang("host-a");
    kill_everything();
    desk.db.owner().execute("UPDATE workers SET last_tick = clock_timestamp() + interval '1 hour'");

    desk.start_tick("host-b");
    ASSERT_TRUE(
        desk.comes_true("SELECT w.last_tick > l.expires_at + interval '3 seconds' FROM workers w, job_locks l "
                        "WHERE w.host = 'host-b'",
                        "true"));
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', status, attempts) FROM jobs"), "RUNNING 1") << desk.story(cluster);

    desk.db.owner().execute("UPDATE workers SET last_tick = '2000-01-01' WHERE host = 'host-a'");
    ASSERT_TRUE(desk.comes_true("SELECT attempts FROM jobs", "2")) << desk.story(cluster);
    expect_ends_clean(cluster);
}

TEST_F(Hosts, ThatStartAgainRescueWhatTheyHeldBefore) {
    desk.short_leases();
    const auto cluster = hang("host-a");
    kill_everything();
    desk.restart_machine("host-a");

    desk.start_tick("host-a");

    ASSERT_TRUE(desk.comes_true("SELECT attempts FROM jobs", "2")) << desk.story(cluster);
    EXPECT_LT(rescued_after(), kTick);
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', outcome, host_lost) FROM job_attempts WHERE attempt = 1"),
              "WORKER_LOST f");
    expect_ends_clean(cluster);
}

TEST_F(Hosts, OfTheSameNameByMistakeDoNotRescueEachOther) {
    const auto cluster = hang("host-a");
    desk.restart_machine("host-a");  // another machine that says it is host-a

    desk.environment = {{"CLUSTERDESK_WORKER_WORK_DIR", (desk.dir / "work-of-the-other").string()}};
    desk.start_tick("host-a");
    const auto seen = desk.db.value("SELECT clock_timestamp() + interval '4 seconds'");
    ASSERT_TRUE(desk.comes_true("SELECT last_tick > '" + seen + "' FROM workers", "true"));

    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', status, attempts, workers_lost) FROM jobs"), "RUNNING 1 0")
        << desk.story(cluster);
    expect_ends_clean(cluster);
}

/// Old and new programs side by side.
class Upgrade : public Hosts {
  protected:
    /// What a later version brings: one more migration.
    void migrate_with(const std::string& sql) {
        const auto files = desk.dir / "migrations";
        fs::copy(DESK_SOURCE_DIR "/migrations", files);
        const auto number = std::to_string(built_for_schema() + 1);
        replace_file(files / (std::string(4 - number.size(), '0') + number + "_of_the_future.sql"), sql);
        pg::migrate(desk.db.owner(), files);
    }
};

TEST_F(Upgrade, OfTheProgramDoesNotChangeWhatRuns) {
    make_dir(desk.dir / "bin");
    const auto installed = desk.dir / "bin" / "worker";
    fs::copy(desk.program, installed);
    desk.program = installed;
    desk.seconds_per_hour = 3;
    const auto under_way = desk.order({.name = "under-way", .ttl_hours = 24});
    desk.start_tick("host-a");
    ASSERT_TRUE(desk.comes_true(kInstallsNow, "1")) << desk.story(under_way);

    replace_file(installed, "#!/bin/sh\ntouch '" + (desk.dir / "new-one-ran").string() + "'\n", 0700);
    const auto later = desk.order({.name = "later", .ttl_hours = 24});

    EXPECT_TRUE(desk.reaches(under_way, ClusterStatus::READY)) << desk.story(under_way);
    EXPECT_TRUE(desk.reaches(later, ClusterStatus::READY)) << desk.story(later);
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', max(attempts), sum(workers_lost)) FROM jobs"), "1 0");
    EXPECT_FALSE(fs::exists(desk.dir / "new-one-ran")) << "a running tick started another version than itself";
    desk.start_tick("host-a");
    EXPECT_TRUE(comes_true([&] { return fs::exists(desk.dir / "new-one-ran"); })) << "cron starts the new one";
}

TEST_F(Upgrade, OfTheDatabaseLeavesOldHostsAtWork) {
    desk.start_tick("host-a");
    const auto under_way = desk.order({.name = "under-way", .ttl_hours = 24});
    ASSERT_TRUE(desk.comes_true(kInstallsNow, "1")) << desk.story(under_way);

    migrate_with("ALTER TABLE jobs ADD COLUMN colour text NOT NULL DEFAULT 'green';\n");
    const auto later = desk.order({.name = "later", .ttl_hours = 24});
    const auto still_later = desk.order({.name = "still-later", .ttl_hours = 24});
    desk.start_tick("host-b");

    for (const auto& cluster : {under_way, later, still_later})
        EXPECT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', count(*), max(attempts)) FROM jobs WHERE type = 'CREATE'"), "3 1");
    EXPECT_TRUE(desk.comes_true("SELECT count(*) FROM workers", "2")) << "a tick that starts now should start";
}

TEST_F(Upgrade, OfTheDatabaseThatBreaksOldProgramsStopsThem) {
    desk.launcher.clear();
    migrate_with("-- breaks older programs: a test\nALTER TABLE jobs ADD COLUMN colour text;\n");
    const auto cluster = desk.order();

    EXPECT_NE(desk.run({"tick"}), 0);

    EXPECT_THAT(read_file(desk.dir / "tick.log"), HasSubstr("install the version that migrated it"));
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', status, attempts) FROM jobs"), "PENDING 0");
    EXPECT_EQ(desk.status(cluster), ClusterStatus::PENDING);
}

}  // namespace
}  // namespace desk
