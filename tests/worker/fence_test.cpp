// Law 1: at any moment at most one runner's effects reach a subject. Whoever lost the lease changes nothing, by no
// function of the store; who takes it away waits for what is being written.
#include "worker/fenced.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>
#include <thread>

#include "core/base/text.hpp"
#include "core/store/artifacts.hpp"
#include "core/store/jobs.hpp"
#include "core/store/logs.hpp"
#include "core/store/outputs.hpp"
#include "core/store/receipts.hpp"
#include "core/store/secrets.hpp"
#include "tests/support/given.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/wait.hpp"
#include "tests/worker/running_desk.hpp"
#include "tests/worker/saboteur.hpp"
#include "worker/host.hpp"
#include "worker/outcomes.hpp"
#include "worker/sweeps.hpp"

namespace desk {
namespace {

/// Of every row of every table.
std::string digest(pg::Connection& connection) {
    std::string all;
    for (const pg::Row table :
         connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"))
        all += connection
                   .execute(cat("SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS rows FROM ",
                                table["tablename"].view(), " t"))[0]["rows"]
                   .view();
    return all;
}

/// What a runner's transaction works with: its job is claimed, the first step has begun.
struct Running {
    worker::Ended ended;
    leases::Lease lease;
    const Keyring& keys;

    JobId job() const { return ended.job; }
    ClusterId cluster() const { return *ended.cluster; }
};

artifacts::Artifact kubeconfig_of(const Running& in) {
    const auto id = ArtifactId::make();
    return {.id = id,
            .cluster_id = in.cluster(),
            .job_id = in.job(),
            .attempt = 1,
            .type = ArtifactType::KUBECONFIG,
            .object_key = artifacts::object_key(in.cluster(), id, "kubeconfig"),
            .bytes = 1,
            .sha256 = std::string(64, 'a'),
            .is_public = true,
            .file_name = "kubeconfig"};
}

const runs::Failure kFailure{.error_class = FailureClass::cloud, .code = "c", .message = "m", .hint = "h"};

struct Write {
    const char* name;
    void (*work)(const Running& in, pg::Transaction& tx);
};

/// Everything by which a runner changes rows. tests/rules/fence_test.py looks whether one is missing.
const std::vector<Write> kWrites = {
    {"set_phase", [](const Running& in, auto& tx) { runs::set_phase(tx, in.job(), 1, Phase::cloud); }},
    {"store_infra", [](const Running& in, auto& tx) { runs::store_infra(tx, in.job(), 1, "a-b1c2d", Json::object()); }},
    {"store_account", [](const Running& in, auto& tx) { runs::store_account(tx, in.job(), 1, "123456789012"); }},
    {"store_ccoctl_name", [](const Running& in, auto& tx) { runs::store_ccoctl_name(tx, in.job(), 1, "a-b1c2d"); }},
    {"mark_clean",
     [](const Running& in, auto& tx) { runs::mark_clean(tx, {{.job_id = in.job(), .attempt = 1}}, Time{}); }},
    {"begin_step", [](const Running& in, auto& tx) { runs::begin_step(tx, in.job(), 1, "install", 8); }},
    {"note_step", [](const Running& in, auto& tx) { runs::note_step(tx, in.job(), 1, "preflight", "half"); }},
    {"end_step",
     [](const Running& in, auto& tx) { runs::end_step(tx, in.job(), 1, "preflight", StepOutcome::DONE, "all"); }},
    {"stop_steps", [](const Running& in, auto& tx) { runs::stop_steps(tx, in.job(), 1, "over"); }},
    {"close_attempt",
     [](const Running& in, auto& tx) { runs::close_attempt(tx, in.job(), 1, AttemptOutcome::FAILED); }},
    {"wait", [](const Running& in, auto& tx) { runs::wait(tx, in.job(), Time{}); }},
    {"retry", [](const Running& in, auto& tx) { runs::retry(tx, in.job(), 1s, kFailure, runs::Counted::failure); }},
    {"close", [](const Running& in, auto& tx) { runs::close(tx, in.job(), JobStatus::FAILED, kFailure); }},
    {"append",
     [](const Running& in, auto& tx) {
         logs::append(tx, in.job(), 1, 1, {{"", "DESK", "INFO", "a line"}});
     }},
    {"note", [](const Running& in, auto& tx) { logs::note(tx, in.job(), 1, "INFO", "a line"); }},
    {"add_artifact", [](const Running& in, auto& tx) { artifacts::add(tx, kubeconfig_of(in)); }},
    {"put_secret", [](const Running& in, auto& tx) { SealedSecrets(tx, in.keys).put("o", "p", Secret("s")); }},
    {"store_outputs",
     [](const Running& in, auto& tx) {
         const auto kubeconfig = kubeconfig_of(in);
         artifacts::add(tx, kubeconfig);
         outputs::store(tx, {.cluster_id = in.cluster(),
                             .kubeconfig = kubeconfig.id,
                             .kubeadmin_password = SealedSecrets(tx, in.keys).put("o", "p", Secret("s"))});
     }},
    {"add_sweep",
     [](const Running& in, auto& tx) {
         receipts::add_sweep(tx, in.cluster(), in.job(), 1,
                             {.sweep = 1, .scope = Json::object(), .found = Json::array()});
     }},
    {"add_receipt",
     [](const Running& in, auto& tx) {
         receipts::add(tx, in.cluster(), in.job(), ReceiptKind::PROOF, Json::object(), Time{});
     }},
    {"advance", [](const Running& in, auto& tx) { clusters::advance(tx, in.cluster(), ClusterEvent::FAIL); }},
    {"follow_with_destroy",
     [](const Running& in, auto& tx) {
         runs::close(tx, in.job(), JobStatus::FAILED, kFailure);
         jobs::follow_with_destroy(tx, in.cluster());
     }},
    {"succeed", [](const Running& in, auto& tx) { worker::succeed(tx, in.ended, {}); }},
    {"fail", [](const Running& in, auto& tx) { worker::fail(tx, in.ended, {}, kFailure, 1s, true); }},
    {"cancel", [](const Running& in, auto& tx) { worker::cancel(tx, in.ended); }},
    {"lose", [](const Running& in, auto& tx) { worker::lose(tx, in.ended, {}, false, true); }},
    {"release", [](const Running& in, auto& tx) { leases::release(tx, in.lease); }},
};

/// Undoes a transaction whose work went well.
struct Undo {};

class Fence : public testing::Test {
  protected:
    Fence() {
        const auto owner = given::person(db, {.username = "rosa", .team_roles = {Role::requester}});
        cluster = given::cluster(db, {.owner = owner, .status = ClusterStatus::CREATING});
        job = given::job(db, {.cluster = cluster});
        lease = claim().lease;
        auto tx = db.begin();
        runs::begin_step(tx, job, 1, "preflight", 1);
        tx.commit();
    }

    leases::Claim claim() {
        auto tx = db.begin();
        auto claim = leases::claim(tx, job, "host-1", "boot-1/1/1", 300s);
        tx.commit();
        return *claim;
    }
    void sql(const std::string& statement) { db.owner().execute(statement); }
    Running running() const { return {.ended = {job, JobType::CREATE, 1, cluster, ""}, .lease = lease, .keys = keys}; }
    worker::FencedDatabase fenced() {
        return {owner_db, lease, leases::Writer::JOB, [] { return true; }};
    }

    TestDb db;
    pg::Database owner_db{{.url = db.owner_url()}};  // it may read every table, to see what changes
    Keyring keys = Keyring::parse(Keyring::new_line("k1"));
    ClusterId cluster;
    JobId job;
    leases::Lease lease;
};

TEST_F(Fence, LetsWhoHoldsTheLeaseWriteEverything) {
    for (const auto& write : kWrites) {
        std::string before, after;
        auto desk = fenced();
        EXPECT_THROW(desk.write([&](pg::Transaction& tx) {
            before = digest(tx.connection());
            write.work(running(), tx);
            after = digest(tx.connection());
            throw Undo{};
        }),
                     Undo)
            << write.name;
        EXPECT_NE(before, after) << write.name << " changes nothing: it proves nothing below";
    }
}

struct Loss {
    const char* name;
    const char* sql;
};
class FenceAfter : public Fence, public testing::WithParamInterface<Loss> {};

TEST_P(FenceAfter, NoFunctionOfTheStoreChangesARow) {
    auto desk = fenced();
    sql(GetParam().sql);
    const auto before = digest(db.owner());

    for (const auto& write : kWrites)
        EXPECT_THROW(desk.write([&](pg::Transaction& tx) { write.work(running(), tx); }), leases::LeaseLost)
            << write.name;

    EXPECT_EQ(digest(db.owner()), before);
}

INSTANTIATE_TEST_SUITE_P(
    TheLease, FenceAfter,
    testing::Values(Loss{"WasTakenAway", "DELETE FROM job_locks"},
                    Loss{"IsOver", "UPDATE job_locks SET expires_at = clock_timestamp() - interval '1 second'"},
                    Loss{"IsAnothers",
                         "DELETE FROM job_locks; INSERT INTO job_locks (subject, job_id, attempt, host, "
                         "locked_by, lease_token, expires_at) SELECT subject, id, 2, 'host-2', 'b/2/2', "
                         "gen_random_uuid(), clock_timestamp() + interval '5 min' FROM jobs"}),
    [](const auto& info) { return info.param.name; });

TEST_F(Fence, TellsARepetitionThatTookEffectFromOneThatDidNot) {
    using leases::Writer;
    const auto fence = [&](Writer writer, int number, bool commits) {
        auto tx = db.begin();
        const bool is_new = leases::fence(tx, lease, writer, number);
        if (commits) tx.commit();
        return is_new;
    };

    EXPECT_TRUE(fence(Writer::JOB, 1, false));
    EXPECT_TRUE(fence(Writer::JOB, 1, true)) << "the first one was undone";
    EXPECT_FALSE(fence(Writer::JOB, 1, true)) << "the second one took effect";
    EXPECT_TRUE(fence(Writer::LOG, 1, true)) << "another writer counts for itself";
    EXPECT_TRUE(fence(Writer::JOB, 2, true));
}

/// A rescue, in a thread and with connections of its own, that meets a writer in flight.
class Rescue : public Fence {
  protected:
    Rescue() {
        config.worker.host = "host-1";
        config.worker.work_dir = (dir / "work").string();
        auto first = db.begin();
        leases::fence(first, lease, leases::Writer::JOB, 1);
        first.commit();
        sql("UPDATE job_locks SET expires_at = clock_timestamp() + interval '8 seconds'");
    }
    /// Begins to take the lease away, and returns when it waits.
    void begin_rescue() {
        EXPECT_TRUE(
            eventually([&] { return db.value("SELECT expires_at < clock_timestamp() FROM job_locks") == "true"; }));
        rescuer = std::jthread([this] {
            pg::Database own({.url = db.url(), .connections = 1});
            worker::rescue_leases(own, config, worker::Host::of(config));
            has_ended = true;
        });
        EXPECT_TRUE(eventually([&] {
            return db.value(
                       "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = "
                       "current_database()") == "1";
        })) << "it did not wait";
        EXPECT_FALSE(has_ended);
    }

    TempDir dir;
    Config config;
    std::atomic<bool> has_ended = false;
    std::jthread rescuer;
};

TEST_F(Rescue, SeesWhatAWriterInFlightHasDoneAndDoesNothingMore) {
    auto writer = db.begin();
    leases::fence(writer, lease, leases::Writer::JOB, 2);
    worker::fail(writer, running().ended, config.worker, kFailure, 60s, true);
    leases::release(writer, lease);

    begin_rescue();
    writer.commit();
    rescuer.join();

    EXPECT_EQ(db.value("SELECT concat_ws(' ', status, failures, workers_lost) FROM jobs"), "RETRYING 1 0");
    EXPECT_EQ(db.value("SELECT outcome FROM job_attempts"), "RETRY");
    EXPECT_EQ(db.value("SELECT count(*) FROM job_logs"), "0") << "a closing line of a rescue that was none";
}

TEST_F(Rescue, OfAWriterThatIsUndoneIsTheOnlyEffect) {
    {
        auto writer = db.begin();
        leases::fence(writer, lease, leases::Writer::JOB, 2);
        worker::fail(writer, running().ended, config.worker, kFailure, 60s, true);
        leases::release(writer, lease);
        begin_rescue();
    }
    rescuer.join();

    EXPECT_EQ(db.value("SELECT concat_ws(' ', status, failures, workers_lost) FROM jobs"), "RETRYING 0 1");
    EXPECT_EQ(db.value("SELECT outcome FROM job_attempts"), "WORKER_LOST");
}

TEST_F(Rescue, SeesTheStepThatAWriterInFlightHasEnded) {
    auto writer = db.begin();
    leases::fence(writer, lease, leases::Writer::JOB, 2);
    runs::end_step(writer, job, 1, "preflight", StepOutcome::DONE, "");

    begin_rescue();
    writer.commit();
    rescuer.join();

    EXPECT_EQ(db.value("SELECT outcome FROM job_steps"), "DONE") << "the rescue closed a step that had ended";
    EXPECT_EQ(db.value("SELECT outcome FROM job_attempts"), "WORKER_LOST");
}

char state_of(pid_t pid) {
    std::ifstream file(cat("/proc/", pid, "/stat"));
    std::string stat;
    std::getline(file, stat);
    const auto name_end = stat.rfind(')');
    return name_end == std::string::npos ? 'X' : stat.at(name_end + 2);
}

TEST(FrozenRunner, InsideATransactionIsTakenOverAndWritesNothingMore) {
    RunningDesk desk;
    make_dir(desk.dir / "kills");
    desk.program = "/proc/self/exe";
    desk.environment = {{kOrdersDir, (desk.dir / "kills").string()}};
    desk.config.worker.starve_seconds = 90;  // a transaction may stand idle for a sixth of it
    desk.config.worker.lease_seconds = 120;
    sabotage(desk.dir / "kills", "alpha", {{Sabotage::Deed::freeze, "sql<runs_end_step"}});
    const auto cluster = desk.order({.ttl_hours = 1});
    const auto tick = desk.start_tick("host-a");
    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM job_locks", "1"));
    const auto runner = desk.runner_of(cluster);
    ASSERT_TRUE(eventually([&] { return state_of(runner) == 'T'; })) << desk.story(cluster);
    ASSERT_EQ(desk.db.value("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction' AND "
                            "application_name = 'clusterdesk-runner' AND datname = current_database()"),
              "1");

    ::kill(tick, SIGKILL);
    desk.db.owner().execute(
        "UPDATE job_locks SET expires_at = clock_timestamp();"
        "UPDATE workers SET last_tick = clock_timestamp() - interval '1 hour';");
    desk.start_tick("host-b");
    ASSERT_TRUE(desk.comes_true("SELECT outcome FROM job_attempts WHERE attempt = 1", "WORKER_LOST"));
    const auto first_attempt = [&] {
        return desk.db.value(
            "SELECT (SELECT string_agg(s::text, '' ORDER BY s::text) FROM job_steps s WHERE attempt = 1) || "
            "(SELECT string_agg(l::text, '' ORDER BY l::text) FROM job_logs l WHERE attempt = 1)");
    };
    const auto before = first_attempt();
    ::kill(runner, SIGCONT);

    EXPECT_TRUE(eventually([&] { return state_of(runner) == 'X' || state_of(runner) == 'Z'; })) << "it goes on";
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT outcome FROM job_steps WHERE step = 'preflight' AND attempt = 1 AND job_id IN "
                            "(SELECT id FROM jobs WHERE type = 'CREATE')"),
              "STOPPED");
    EXPECT_EQ(desk.resources(), 0);
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_attempts a JOIN jobs j ON j.id = a.job_id AND j.type = 'CREATE'"),
              "2");
    EXPECT_NE(before, "");
}

}  // namespace
}  // namespace desk
