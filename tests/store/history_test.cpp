// How installs of a profile went, as the catalog tells it.
#include "core/store/history.hpp"

#include <gtest/gtest.h>

#include "core/base/text.hpp"
#include "tests/support/given.hpp"

namespace desk {
namespace {

class History : public testing::Test {
  protected:
    /// A cluster of `profile` that was ordered `age` ago and whose create took `took`.
    void given_create(const std::string& profile, std::chrono::hours age, seconds took, bool succeeded) {
        const auto cluster = given::cluster(db, {.owner = people.requester, .profile = profile});
        const auto job = given::job(db, {.cluster = cluster, .status = JobStatus::SUCCEEDED, .attempts = 1});
        const char* outcome = succeeded ? "SUCCEEDED" : "FAILED";
        db.owner().execute(cat("UPDATE clusters SET outcome = '", outcome, "', created_at = now() - interval '",
                               age.count(), " hours' WHERE id = '", cluster, "'; UPDATE jobs SET status = '", outcome,
                               "', ended_at = started_at + interval '", took.count(), " seconds' WHERE id = '", job,
                               "'"));
    }
    history::Profile of(const std::string& name) {
        auto tx = db.begin(pg::Mode::read_only);
        return history::of_profile(tx, name);
    }

    TestDb db;
    const given::People people = given::people(db);
};

TEST_F(History, IsOfTheClustersThatWereOrderedLast) {
    for (int i = 1; i <= 11; ++i) given_create("blue", std::chrono::hours(i), seconds(100 * i), i != 2);
    given_create("blue", std::chrono::hours(24 * 100), 100s, true);
    given_create("green", 1h, 9999s, true);

    const auto blue = of("blue");

    ASSERT_TRUE(blue.install_time);
    EXPECT_EQ(blue.install_time->samples, 11);
    EXPECT_EQ(blue.install_time->median, 600s);
    EXPECT_EQ(blue.last_results, (std::vector<bool>{true, false, true, true, true, true, true, true, true, true}));
    EXPECT_EQ(blue.lately, 11) << "one is older than 90 days";
    EXPECT_FALSE(of("green").install_time) << "one says nothing";
    EXPECT_TRUE(of("red").last_results.empty());
}

TEST_F(History, ReadsOnlyTheNewestClustersHoweverManyThereAre) {
    db.owner().execute(
        cat("INSERT INTO clusters (id, name, platform, profile, region, base_domain, version, team, owner_id, "
            "cost_center, status, lifetime_seconds, max_lifetime_seconds, hourly_rate_micros, created_at) "
            "SELECT 'clu_' || lpad(i::text, 26, '0'), 'c' || i, 'demo', 'p' || i % 4, 'r', 'd', 'v', 'demo', '",
            people.requester,
            "', 'cc', 'REJECTED', 60, 60, 0, now() - i * interval '1 hour' FROM generate_series(1, 20000) i"));
    db.owner().execute(
        "INSERT INTO jobs (id, type, subject, cluster_id, status, started_at, ended_at) "
        "SELECT 'job_' || right(id, 26), 'CREATE', id, id, 'SUCCEEDED', now(), now() FROM clusters");
    db.owner().execute("ANALYZE clusters, jobs");
    const Profile profile{.name = "p1"};
    auto tx = db.begin(pg::Mode::read_only);
    history::of_profiles(tx, {&profile});  // prepares the statement on this connection

    for (const char* mode : {"force_custom_plan", "force_generic_plan"}) {
        tx.connection().execute(cat("SET LOCAL plan_cache_mode = ", mode));
        std::string plan;
        for (const pg::Row row : tx.connection().execute("EXPLAIN EXECUTE history_of_profiles('{p1}')"))
            plan += cat(row["\"QUERY PLAN\""].view(), '\n');

        EXPECT_NE(plan.find("Scan using clusters_profile"), std::string::npos) << mode << '\n' << plan;
        EXPECT_EQ(plan.find("Seq Scan"), std::string::npos) << mode << '\n' << plan;
    }
}

}  // namespace
}  // namespace desk
