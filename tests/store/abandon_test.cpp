// Giving up: what is left is recorded, held and never called destroyed.
#include "core/store/abandon.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "core/base/text.hpp"
#include "core/store/blocked.hpp"
#include "core/store/cluster_names.hpp"
#include "core/store/jobs.hpp"
#include "core/store/orphans.hpp"
#include "core/store/receipts.hpp"
#include "tests/support/given.hpp"
#include "tests/support/wait.hpp"

namespace desk {
namespace {

class GivingUp : public testing::Test {
  protected:
    /// A cluster whose destroy failed three times; its create stored the key given-x7k2p.
    ClusterId blocked_cluster(ClusterStatus status = ClusterStatus::DESTROY_FAILED) {
        const auto id = given::cluster(db, {.name = "given", .owner = people.requester, .status = status});
        const auto create =
            given::job(db, {.cluster = id, .type = JobType::CREATE, .status = JobStatus::SUCCEEDED, .attempts = 1});
        destroy = given::job(db, {.cluster = id,
                                  .type = JobType::DESTROY,
                                  .status = JobStatus::RETRYING,
                                  .due_in = std::chrono::hours(1),
                                  .attempts = 3});
        db.owner().execute(
            cat("INSERT INTO job_attempts (job_id, attempt, cluster_id, worker, region, phase, infra_id) "
                "VALUES ('",
                create, "', 1, '", id,
                "', 'w', 'demo-east-1', 'installed', 'given-x7k2p');"
                "UPDATE jobs SET failures = 3, error_class = 'dirty', error_code = 'resources-left', "
                "error_message = 'The network is still there.' WHERE id = '",
                destroy, "'"));
        return id;
    }
    /// `found` as the worker stores it.
    void swept(const ClusterId& id, int attempt, const std::string& found) {
        db.owner().execute(
            cat("INSERT INTO receipt_sweeps (cluster_id, job_id, attempt, sweep, scope, found) VALUES ('", id, "', '",
                destroy, "', ", attempt, ", 1, '{}', '", found, "')"));
    }
    static std::string vpc() {
        return R"([{"region": "demo-east-1", "type": "vpc", "id": "vpc-1", "name": "given-x7k2p-vpc"}])";
    }
    clusters::Abandoned give_up(const ClusterId& id) {
        auto tx = db.begin();
        const auto done = clusters::abandon(tx, clusters::lock(tx, id), "the account is closed", admin);
        tx.commit();
        return done;
    }
    void close(const OrphanId& id) {
        auto tx = db.begin();
        orphans::close(tx, id, "deleted by hand", admin);
        tx.commit();
    }
    std::vector<orphans::Orphan> open_orphans() {
        auto tx = db.begin();
        return orphans::list(tx, {.state = OrphanState::OPEN});
    }
    bool is_name_free() {
        auto tx = db.begin();
        return !clusters::why_name_taken(tx, "given", Platform::demo, "demo.invalid");
    }
    std::string status(const ClusterId& id) {
        return db.value(cat("SELECT status FROM clusters WHERE id = '", id, "'"));
    }

    TestDb db;
    given::People people = given::people(db);
    Actor admin = given::actor(db, people.admin);
    JobId destroy;
};

TEST_F(GivingUp, RecordsWhatTheLastSweepFound) {
    const auto id = blocked_cluster();
    swept(id, 1, vpc());
    swept(id, 3, vpc());

    const auto done = give_up(id);

    EXPECT_EQ(done.left, 1);
    EXPECT_EQ(status(id), "ABANDONED");
    EXPECT_EQ(db.value("SELECT status || ' ' || error_code FROM jobs WHERE type = 'DESTROY'"),
              "CANCELLED resources-left");
    const auto left = open_orphans();
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].resource, (CloudResource{"demo-east-1", "vpc", "vpc-1", "given-x7k2p-vpc"}));
    EXPECT_EQ(left[0].infra_id, "given-x7k2p");
    EXPECT_LT(left[0].first_seen_at, left[0].last_seen_at) << "since the first sweep that found it";
    EXPECT_EQ(db.value("SELECT count(*) FROM audit_events WHERE action = 'cluster.abandon'"), "1");
}

TEST_F(GivingUp, WritesAReceiptThatIsNoProof) {
    const auto id = blocked_cluster();
    swept(id, 3, vpc());
    const auto done = give_up(id);

    auto tx = db.begin();
    const auto receipt = receipts::find(tx, id);

    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->id, done.receipt);
    EXPECT_EQ(receipt->kind, ReceiptKind::GIVEN_UP);
    EXPECT_FALSE(receipt->clean_at);
    EXPECT_EQ(receipt->body.at("left").at(0).at("id"), "vpc-1");
    EXPECT_EQ(receipt->body.at("reason"), "the account is closed");
    EXPECT_NE(receipt->body.at("statement").get<std::string>().find("no proof of deletion"), std::string::npos);
}

TEST_F(GivingUp, KeepsEverythingOfAnInfraIdOpenWhereNoSweepCouldTell) {
    const auto id = blocked_cluster();

    give_up(id);

    const auto left = open_orphans();
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].resource.type, kUnknownResources);
    EXPECT_EQ(left[0].resource.id, "given-x7k2p");
    EXPECT_FALSE(is_name_free());
}

TEST_F(GivingUp, KeepsItOpenTooWhenOneLookAloneFoundNothing) {
    const auto id = blocked_cluster();
    swept(id, 3, "[]");

    give_up(id);

    EXPECT_EQ(open_orphans().size(), 1U) << "one look is no proof";
}

TEST_F(GivingUp, HoldsTheNameUntilTheLastOrphanCloses) {
    const auto id = blocked_cluster();
    swept(id, 3, R"([{"region": "demo-east-1", "type": "vpc", "id": "vpc-1", "name": "v"},
                     {"region": "demo-east-1", "type": "subnet", "id": "subnet-1", "name": "s"}])");
    give_up(id);
    const auto left = open_orphans();
    ASSERT_EQ(left.size(), 2U);

    EXPECT_FALSE(is_name_free());
    EXPECT_THROW(given::cluster(db, {.name = "given", .owner = people.requester}), pg::SqlError);
    close(left[0].id);
    EXPECT_FALSE(is_name_free()) << "another one is open";
    close(left[1].id);

    EXPECT_TRUE(is_name_free());
    EXPECT_NO_THROW(given::cluster(db, {.name = "given", .owner = people.requester}));
    EXPECT_EQ(status(id), "ABANDONED");
}

TEST_F(GivingUp, FreesTheNameWhenTheLastTwoOrphansCloseAtTheSameTime) {
    const auto id = blocked_cluster();
    swept(id, 3, R"([{"region": "demo-east-1", "type": "vpc", "id": "vpc-1", "name": "v"},
                     {"region": "demo-east-1", "type": "subnet", "id": "subnet-1", "name": "s"}])");
    give_up(id);
    const auto left = open_orphans();

    auto first = db.begin();
    orphans::close(first, left[0].id, "by one", admin);
    std::jthread second([&] { close(left[1].id); });
    ASSERT_TRUE(eventually([&] {
        return db.count(
                   "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND "
                   "wait_event_type = 'Lock'") > 0;
    }));
    first.commit();
    second.join();

    EXPECT_TRUE(is_name_free());
}

TEST_F(GivingUp, LosesTheNameToNobodyWhileItHappens) {
    const auto id = blocked_cluster();
    swept(id, 3, vpc());
    bool was_taken = false;

    // an order of the same name comes while the name goes from the cluster to what is left of it
    auto tx = db.begin();
    clusters::abandon(tx, clusters::lock(tx, id), "why not", admin);
    std::jthread order([&] {
        try {
            pg::Connection other({.url = db.owner_url()});
            other.execute(
                cat("INSERT INTO clusters (id, name, platform, profile, region, base_domain, version, team, "
                    "owner_id, cost_center, status, lifetime_seconds, max_lifetime_seconds, "
                    "hourly_rate_micros) SELECT 'clu_01JD0000000000000000000000', name, platform, profile, "
                    "region, base_domain, version, team, owner_id, cost_center, 'PENDING', 60, 60, 0 "
                    "FROM clusters WHERE id = '",
                    id, "'"));
            was_taken = true;
        } catch (const pg::SqlError& error) {
            EXPECT_EQ(error.constraint(), "clusters_name_taken");
        }
    });
    ASSERT_TRUE(eventually([&] {
        return db.count(
                   "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND "
                   "wait_event_type = 'Lock'") > 0;
    }));
    tx.commit();
    order.join();

    EXPECT_FALSE(was_taken);
}

TEST_F(GivingUp, DoesNotHappenUnderAWorkersHands) {
    const auto id = blocked_cluster();
    db.owner().execute(
        cat("INSERT INTO job_locks (subject, job_id, attempt, host, locked_by, lease_token, expires_at) "
            "VALUES ('",
            id, "', '", destroy, "', 3, 'h', 'h', gen_random_uuid(), now() - interval '1 h')"));

    EXPECT_THROW(give_up(id), Error) << "also an expired lease stands until it is rescued";

    EXPECT_EQ(status(id), "DESTROY_FAILED");
    EXPECT_EQ(db.value("SELECT status FROM jobs WHERE type = 'DESTROY'"), "RETRYING");
}

TEST_F(GivingUp, IsForDestroysThatFailedOnly) {
    for (const auto from : {ClusterStatus::READY, ClusterStatus::DESTROYING, ClusterStatus::DESTROY_VERIFYING,
                            ClusterStatus::DESTROYED, ClusterStatus::FAILED}) {
        const auto id = given::cluster(db, {.owner = people.requester, .status = from});
        EXPECT_THROW(give_up(id), Error) << text(from);
        EXPECT_EQ(status(id), text(from));
    }
}

TEST_F(GivingUp, NeverMakesAClusterDestroyed) {
    const auto id = blocked_cluster();
    const auto done = give_up(id);

    const auto call = [&] {
        db.owner().execute(cat("UPDATE clusters SET status = 'DESTROYED', destroyed_at = now(), receipt_id = '",
                               done.receipt, "' WHERE id = '", id, "'"));
    };

    EXPECT_THROW(call(), pg::SqlError) << "only a proof makes a cluster DESTROYED";
}

TEST_F(GivingUp, StopsTheCost) {
    const auto id = blocked_cluster();

    give_up(id);

    EXPECT_EQ(db.count(cat("SELECT count(*) FROM state_intervals WHERE to_at IS NULL AND cluster_id = '", id, "'")), 0);
}

TEST_F(GivingUp, OpensAnOrphanAgainThatIsSeenAgain) {
    const auto id = blocked_cluster();
    swept(id, 3, vpc());
    give_up(id);
    const auto orphan = open_orphans().at(0);
    close(orphan.id);
    given::cluster(db, {.name = "given", .owner = people.requester});

    auto tx = db.begin();
    orphans::open(tx, {.provider = Platform::demo,
                       .resource = orphan.resource,
                       .infra_id = orphan.infra_id,
                       .cluster = id,
                       .first_seen_at = db.now(),
                       .last_seen_at = db.now()});
    tx.commit();

    const auto again = open_orphans();
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].id, orphan.id);
    EXPECT_EQ(again[0].first_seen_at, orphan.first_seen_at);
    EXPECT_EQ(again[0].note, "");
}

TEST_F(GivingUp, ClosesAnOrphanOnce) {
    const auto id = blocked_cluster();
    give_up(id);
    const auto orphan = open_orphans().at(0).id;
    close(orphan);

    EXPECT_THROW(close(orphan), Error);
    EXPECT_THROW(close(OrphanId::make()), Error);
    EXPECT_EQ(db.value("SELECT note || ' ' || (closed_by = '" + people.admin.str() + "') FROM orphans"),
              "deleted by hand true");
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE action = 'orphan.close'"), 1);
}

class Blocked : public GivingUp {};

TEST_F(Blocked, TellsWhatExistsSinceWhenAndWhatTheInstallerSaid) {
    const auto id = blocked_cluster();
    swept(id, 1, vpc());
    swept(id, 2, vpc());
    db.owner().execute(
        cat("INSERT INTO job_attempts (job_id, attempt, cluster_id, worker, ended_at, outcome) VALUES ('", destroy,
            "', 3, '", id,
            "', 'w', now() - interval '1 h', 'RETRY');"
            "INSERT INTO job_logs (job_id, attempt, line, source, level, text) VALUES "
            "('",
            destroy,
            "', 3, 1, 'INSTALLER', 'WARNING', 'it is in use'), "
            "('",
            destroy,
            "', 3, 2, 'INSTALLER', 'INFO', 'trying'), "
            "('",
            destroy,
            "', 3, 3, 'INSTALLER_FILE', 'WARNING', 'it is in use'), "
            "('",
            destroy, "', 3, 4, 'DESK', 'WARNING', 'ours')"));

    auto tx = db.begin();
    const auto found = blocked::find(tx, id);

    ASSERT_TRUE(found);
    EXPECT_EQ(found->failures, 3);
    EXPECT_TRUE(found->since);
    ASSERT_TRUE(found->last_look);
    ASSERT_EQ(found->last_look->left.size(), 1U);
    EXPECT_LT(found->last_look->left[0].first_seen_at, found->last_look->at);
    ASSERT_EQ(found->warnings.size(), 1U) << "each text once, and the installer's only";
    EXPECT_EQ(found->warnings[0].line, 3);
    EXPECT_EQ(blocked::count(tx), 1);
    EXPECT_EQ(blocked::list(tx, 10).size(), 1U);
}

TEST_F(Blocked, IsADestroyFromItsFirstFailureOn) {
    const auto fresh = given::cluster(db, {.owner = people.requester, .status = ClusterStatus::DESTROYING});
    given::job(db, {.cluster = fresh, .type = JobType::DESTROY});
    auto tx = db.begin();
    EXPECT_FALSE(blocked::find(tx, fresh));

    db.owner().execute("UPDATE jobs SET failures = 1, status = 'RETRYING'");

    EXPECT_TRUE(blocked::find(tx, fresh));
    EXPECT_FALSE(blocked::find(tx, fresh)->last_look) << "nobody has looked yet";
}

TEST_F(Blocked, IsTriedAtOnceWhenAPersonSaysSo) {
    const auto id = blocked_cluster(ClusterStatus::DESTROYING);

    auto tx = db.begin();
    jobs::want_destroy(tx, clusters::lock(tx, id), given::actor(db, people.requester), "again");
    tx.commit();

    EXPECT_EQ(db.count("SELECT count(*) FROM jobs WHERE type = 'DESTROY' AND run_after <= clock_timestamp()"), 1);
}

}  // namespace
}  // namespace desk
