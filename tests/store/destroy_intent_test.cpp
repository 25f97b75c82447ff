// Destroy as an intent: what the wish means in each state, and that exactly one destroy follows.
#include <gtest/gtest.h>

#include "core/store/jobs.hpp"
#include "core/store/requests.hpp"
#include "tests/support/given.hpp"

namespace desk {
namespace {

class DestroyIntent : public testing::Test {
  protected:
    ClusterId cluster(ClusterStatus status) {
        return given::cluster(db, {.name = {}, .owner = people.requester, .status = status});
    }
    jobs::Wish want(const ClusterId& id, const std::string& by = "usr") {
        auto tx = db.begin();
        auto wish = jobs::want_destroy(tx, clusters::lock(tx, id), Actor::desk(by), "a test");
        tx.commit();
        return wish;
    }
    void hold(const JobId& job, const ClusterId& id) {
        db.owner().execute(
            "INSERT INTO job_locks (subject, job_id, attempt, host, locked_by, lease_token, expires_at) VALUES ('" +
            id.str() + "', '" + job.str() + "', 1, 'h', 'h', gen_random_uuid(), clock_timestamp() + interval '5 min')");
    }
    std::string status(const ClusterId& id) {
        return db.value("SELECT status FROM clusters WHERE id = '" + id.str() + "'");
    }
    std::string open_jobs(const ClusterId& id) {
        return db.value("SELECT string_agg(type, ',' ORDER BY type) FROM jobs WHERE cluster_id = '" + id.str() +
                        "' AND status IN ('PENDING', 'RUNNING', 'RETRYING')");
    }

    TestDb db;
    given::People people = given::people(db);
};

TEST_F(DestroyIntent, QueuesOneDestroyFromEveryStateThatMayExist) {
    using enum ClusterStatus;
    for (const auto from : {CREATING, READY, HIBERNATING, HIBERNATED, RESUMING, FAILED, ADOPTED}) {
        const auto id = cluster(from);

        const auto wish = want(id);
        const auto again = want(id);

        EXPECT_TRUE(wish.job) << text(from);
        EXPECT_EQ(again.meaning, DestroyMeaning::ALREADY) << text(from);
        EXPECT_EQ(status(id), "DESTROYING") << text(from);
        EXPECT_EQ(open_jobs(id), "DESTROY") << text(from);
    }
}

TEST_F(DestroyIntent, WithdrawsItsOpenRequestsEachWithAnAuditRowOfWhoDidIt) {
    const auto ready = cluster(ClusterStatus::READY), requested = cluster(ClusterStatus::REQUESTED);
    const auto more_time =
        given::request(db, {.cluster = ready, .requester = people.requester, .kind = RequestKind::EXTEND});
    const auto order = given::request(db, {.cluster = requested, .requester = people.requester});

    want(ready, "ttl");
    want(requested, people.admin.str());

    EXPECT_EQ(db.count("SELECT count(*) FROM requests WHERE state = 'WITHDRAWN'"), 2);
    EXPECT_EQ(db.value("SELECT string_agg(target || ' by ' || actor, ', ' ORDER BY id) FROM audit_events "
                       "WHERE action = 'request.withdrawn'"),
              more_time.str() + " by ttl, " + order.str() + " by " + people.admin.str());
    auto tx = db.begin(pg::Mode::read_only);
    EXPECT_FALSE(requests::find_withdrawal(tx, more_time).value().by) << "a part of the desk";
    EXPECT_EQ(requests::find_withdrawal(tx, order).value().by, people.admin);
    EXPECT_TRUE(requests::find_withdrawal(tx, order).value().with_cluster);
}

TEST_F(DestroyIntent, NamesTheJanitorWhenTheTimeIsUp) {
    const auto id = cluster(ClusterStatus::READY);

    want(id, "ttl");

    EXPECT_EQ(open_jobs(id), "JANITOR_DESTROY");
}

TEST_F(DestroyIntent, CancelsWhatNobodyHasBegun) {
    const auto id = cluster(ClusterStatus::PENDING);
    given::job(db, {.cluster = id, .type = JobType::CREATE});

    EXPECT_EQ(want(id).meaning, DestroyMeaning::CANCEL);

    EXPECT_EQ(status(id), "CANCELLED");
    EXPECT_EQ(open_jobs(id), "");
}

TEST_F(DestroyIntent, FlagsARunningJobAndWaitsForItsEnd) {
    const auto id = cluster(ClusterStatus::CREATING);
    const auto job =
        given::job(db, {.cluster = id, .type = JobType::CREATE, .status = JobStatus::RUNNING, .attempts = 1});
    hold(job, id);

    const auto wish = want(id);

    EXPECT_FALSE(wish.job) << "a destroy beside a running install would race with it";
    EXPECT_EQ(status(id), "CREATING");
    EXPECT_EQ(open_jobs(id), "CREATE");
    EXPECT_EQ(db.count("SELECT count(*) FROM jobs WHERE cancel_requested_at IS NOT NULL"), 1);
    EXPECT_EQ(db.count("SELECT count(*) FROM clusters WHERE destroy_wanted_at IS NOT NULL"), 1);

    // the runner closes the job, in one transaction with what follows
    auto tx = db.begin();
    clusters::lock(tx, id);
    tx.connection().execute("DELETE FROM job_locks");
    tx.connection().execute("UPDATE jobs SET status = 'CANCELLED', ended_at = clock_timestamp()");
    EXPECT_TRUE(jobs::follow_with_destroy(tx, id));
    tx.commit();
    EXPECT_EQ(status(id), "DESTROYING");
    EXPECT_EQ(open_jobs(id), "DESTROY");
}

TEST_F(DestroyIntent, ClosesAWaitingJobThatNobodyHolds) {
    const auto id = cluster(ClusterStatus::CREATING);
    given::job(db, {.cluster = id, .type = JobType::CREATE, .status = JobStatus::RETRYING, .attempts = 1});

    EXPECT_TRUE(want(id).job);

    EXPECT_EQ(open_jobs(id), "DESTROY");
}

TEST_F(DestroyIntent, HasNothingToDoInAFinalState) {
    using enum ClusterStatus;
    for (const auto from : {REJECTED, WITHDRAWN, LAPSED, CANCELLED, ABANDONED}) {
        const auto id = cluster(from);
        EXPECT_THROW(want(id), Error) << text(from);
        EXPECT_EQ(status(id), text(from));
    }
}

TEST_F(DestroyIntent, HurriesADestroyThatWaitsForItsNextTry) {
    const auto id = cluster(ClusterStatus::DESTROY_FAILED);
    given::job(db, {.cluster = id,
                    .type = JobType::DESTROY,
                    .status = JobStatus::RETRYING,
                    .due_in = std::chrono::hours(5),
                    .attempts = 3});

    EXPECT_EQ(want(id).meaning, DestroyMeaning::ALREADY);

    EXPECT_EQ(db.count("SELECT count(*) FROM jobs WHERE run_after <= clock_timestamp()"), 1);
}

TEST_F(DestroyIntent, CannotBeCancelled) {
    const auto id = cluster(ClusterStatus::DESTROYING);
    given::job(db, {.cluster = id, .type = JobType::DESTROY});

    auto tx = db.begin();
    const auto locked = clusters::lock(tx, id);
    EXPECT_THROW(jobs::cancel(tx, locked, Actor::desk("usr")), Error);
}

TEST_F(DestroyIntent, AllowsOneOpenJobPerSubject) {
    const auto id = cluster(ClusterStatus::READY);
    auto tx = db.begin();
    jobs::enqueue(tx, JobType::VERIFY, id, "");

    EXPECT_THROW(jobs::enqueue(tx, JobType::HIBERNATE, id, ""), pg::SqlError);
}

}  // namespace
}  // namespace desk
