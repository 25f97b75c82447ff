// Leases: who may act on a subject, and who may no longer write.
#include "core/store/leases.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "core/store/brakes.hpp"
#include "core/store/runs.hpp"
#include "tests/support/given.hpp"
#include "tests/support/test_db.hpp"
#include "worker/fenced.hpp"

namespace desk {
namespace {

class Lease : public testing::Test {
  protected:
    Lease() {
        owner = given::person(db, {.username = "rosa", .team_roles = {Role::requester}});
        cluster = given::cluster(db, {.owner = owner, .status = ClusterStatus::PENDING});
        job = given::job(db, {.cluster = cluster});
    }

    std::optional<leases::Claim> claim(const std::string& host = "host-1", seconds life = 300s) {
        auto tx = db.begin();
        auto claim = leases::claim(tx, job, host, host + "/1/1", life);
        tx.commit();
        return claim;
    }
    void let_expire() {
        db.owner().execute("UPDATE job_locks SET expires_at = clock_timestamp() - interval '1 second'");
    }
    std::string job_status() { return db.value("SELECT status FROM jobs"); }

    TestDb db;
    UserId owner;
    ClusterId cluster;
    JobId job;
};

TEST_F(Lease, GoesToOneOfManyWhoClaimAtTheSameTime) {
    std::atomic<int> claims = 0;
    std::vector<std::jthread> hosts;

    for (int i = 0; i < 8; ++i)
        hosts.emplace_back([&, i] {
            pg::Database own({.url = db.url(), .connections = 1});
            auto tx = own.begin();
            const auto claim = leases::claim(tx, job, "host-" + std::to_string(i), "h", 300s);
            tx.commit();
            if (claim) ++claims;
        });
    hosts.clear();

    EXPECT_EQ(claims, 1);
    EXPECT_EQ(db.value("SELECT count(*) FROM job_attempts"), "1");
}

TEST_F(Lease, ChangesJobAttemptAndLeaseTogether) {
    const auto claimed = claim();

    ASSERT_TRUE(claimed);
    EXPECT_EQ(claimed->lease.attempt, 1);
    EXPECT_EQ(job_status(), "RUNNING");
    EXPECT_EQ(db.value("SELECT concat_ws(' ', attempt, worker, region) FROM job_attempts"), "1 host-1/1/1 demo-east-1");
    EXPECT_EQ(db.value("SELECT lease_token FROM job_locks"), claimed->lease.token);
}

TEST_F(Lease, IsNotGivenForAJobThatIsNotDue) {
    db.owner().execute("UPDATE jobs SET run_after = clock_timestamp() + interval '1 hour'");

    EXPECT_FALSE(claim());
}

TEST_F(Lease, IsNotGivenWhileAnExpiredOneStands) {
    ASSERT_TRUE(claim());
    let_expire();
    db.owner().execute("UPDATE jobs SET status = 'PENDING'");

    EXPECT_FALSE(claim("host-2"));
}

struct Held {
    Brake brake;
    JobType type;
    bool held;
};
class BrakeHolds : public Lease, public testing::WithParamInterface<Held> {};

TEST_P(BrakeHolds, WhatItIsFor) {
    const auto [brake, type, held] = GetParam();
    db.owner().execute("UPDATE jobs SET type = '" + std::string(text(type)) + "'");
    {
        auto tx = db.begin();
        brakes::pull(tx, brake, "a fire", owner, given::actor(db, owner));
        tx.commit();
    }

    auto tx = db.begin();
    const bool is_due = !leases::due(tx, 10).empty();

    EXPECT_EQ(is_due, !held);
    EXPECT_EQ(claim().has_value(), !held);
}
INSTANTIATE_TEST_SUITE_P(Brakes, BrakeHolds,
                         testing::Values(Held{Brake::NO_CREATES, JobType::CREATE, true},
                                         Held{Brake::NO_CREATES, JobType::DESTROY, false},
                                         Held{Brake::NO_DESTROYS, JobType::CREATE, false},
                                         Held{Brake::NO_DESTROYS, JobType::JANITOR_DESTROY, true},
                                         Held{Brake::READ_ONLY, JobType::CREATE, true},
                                         Held{Brake::READ_ONLY, JobType::VERIFY, true}));

TEST_F(Lease, KeepsTheAttemptOverAWait) {
    const auto first = claim();
    {
        auto tx = db.begin();
        runs::wait(tx, job, Time{});
        leases::release(tx, first->lease);
        tx.commit();
    }

    const auto second = claim("host-2");

    ASSERT_TRUE(second);
    EXPECT_EQ(second->lease.attempt, 1);
    EXPECT_NE(second->lease.token, first->lease.token);
}

TEST_F(Lease, BeginsANewAttemptAfterARetry) {
    const auto first = claim();
    {
        auto tx = db.begin();
        runs::close_attempt(tx, job, 1, AttemptOutcome::RETRY);
        runs::retry(tx, job, 0s, std::nullopt, runs::Counted::failure);
        leases::release(tx, first->lease);
        tx.commit();
    }

    const auto second = claim();

    ASSERT_TRUE(second);
    EXPECT_EQ(second->lease.attempt, 2);
}

TEST_F(Lease, IsRenewedOnlyWhileItLives) {
    const auto claimed = claim();
    auto tx = db.begin();
    EXPECT_TRUE(leases::renew(tx, claimed->lease, 300s));
    tx.commit();

    let_expire();

    auto later = db.begin();
    EXPECT_FALSE(leases::renew(later, claimed->lease, 300s)) << "an expired lease was revived";
}

TEST_F(Lease, TellsAtARenewalThatAStopWasAskedFor) {
    const auto claimed = claim();
    db.owner().execute("UPDATE jobs SET cancel_requested_at = now()");

    auto tx = db.begin();
    const auto pulse = leases::renew(tx, claimed->lease, 300s);

    ASSERT_TRUE(pulse);
    EXPECT_TRUE(pulse->is_cancelled);
}

TEST_F(Lease, IsTakenAwayOnlyWhenItIsOver) {
    const auto claimed = claim();
    auto tx = db.begin();

    EXPECT_FALSE(leases::take_away(tx, claimed->lease, false));
    tx.commit();
    let_expire();

    auto later = db.begin();
    EXPECT_TRUE(leases::take_away(later, claimed->lease, false));
}

TEST_F(Lease, IsTakenAwayOnlyBehindWritersInFlight) {
    const auto claimed = claim();
    std::atomic<bool> is_taken = false;
    auto writer = db.begin();
    leases::fence(writer, claimed->lease, leases::Writer::JOB, 1);
    let_expire();

    std::jthread rescuer([&] {
        pg::Database own({.url = db.url(), .connections = 1});
        auto tx = own.begin();
        leases::take_away(tx, claimed->lease, false);
        is_taken = true;
        tx.commit();
    });
    // the rescuer waits for the writer's lock, and for nothing else
    while (db.value("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = "
                    "current_database()") != "1")
        std::this_thread::yield();

    EXPECT_FALSE(is_taken);
    runs::begin_step(writer, job, 1, "install", 1);
    writer.commit();
    rescuer.join();
    EXPECT_TRUE(is_taken);
}

TEST_F(Lease, LetsNobodyWriteWhoLostIt) {
    const auto claimed = claim();
    worker::FencedDatabase fenced(db.desk(), claimed->lease, leases::Writer::JOB, [] { return true; });
    fenced.write([&](pg::Transaction& tx) { runs::begin_step(tx, job, 1, "preflight", 1); });
    let_expire();

    EXPECT_THROW(fenced.write([&](pg::Transaction& tx) { runs::begin_step(tx, job, 1, "install", 2); }),
                 leases::LeaseLost);
    EXPECT_EQ(db.value("SELECT count(*) FROM job_steps"), "1");
}

TEST_F(Lease, IsLookedAfterByItsOwnHostAndByOthersOnlyWhenThatIsSilent) {
    ASSERT_TRUE(claim("host-1"));
    db.owner().execute("INSERT INTO workers (host, boot_id, version, slots) VALUES ('host-1', 'b', '1', 4)");
    const auto sees = [&](const std::string& host) {
        auto tx = db.begin();
        return leases::to_look_after(tx, host, 600s).size();
    };

    EXPECT_EQ(sees("host-1"), 1U);
    EXPECT_EQ(sees("host-2"), 0U) << "it lives";
    let_expire();
    EXPECT_EQ(sees("host-2"), 0U) << "its own host ticks";
    db.owner().execute("UPDATE workers SET last_tick = clock_timestamp() - interval '11 minutes'");
    EXPECT_EQ(sees("host-2"), 1U);
}

TEST_F(Lease, SurvivesABackendThatDies) {
    const auto claimed = claim();
    worker::FencedDatabase fenced(db.desk(), claimed->lease, leases::Writer::JOB, [] { return true; });
    int rounds = 0;

    fenced.write([&](pg::Transaction& tx) {
        runs::begin_step(tx, job, 1, "install", 1);
        if (++rounds == 1)
            db.owner().execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in "
                "transaction' AND datname = current_database()");
        runs::note_step(tx, job, 1, "install", "half way");
    });

    EXPECT_EQ(rounds, 2);
    EXPECT_EQ(db.value("SELECT detail FROM job_steps"), "half way");
}

}  // namespace
}  // namespace desk
