// Stays and budgets as rows; every sum against what each cluster says of itself.
#include "core/store/usage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/text.hpp"
#include "core/model/months.hpp"
#include "core/store/clusters.hpp"
#include "tests/support/given.hpp"

namespace desk {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::Field;

class UsageRows : public ::testing::Test {
  protected:
    std::vector<Stay> stays(const Reach& reach) {
        auto tx = db.begin(pg::Mode::read_only);
        const Time now = clusters::desk_now(tx);
        return usage::stays(tx, reach, now - hours(24 * 90), now + hours(24 * 90), now);
    }
    UsageReport report(const Reach& reach, UsageKey by) {
        auto tx = db.begin(pg::Mode::read_only);
        const Time now = clusters::desk_now(tx);
        const auto bounds = cut_by_month(now - hours(24 * 90), now + hours(24 * 90));
        return report_usage(usage::stays(tx, reach, bounds.front(), bounds.back(), now), by, {}, bounds, now);
    }

    TestDb db;
    const given::People people = given::people(db);
};

TEST_F(UsageRows, AddUpToWhatEachClusterSaysOfItself) {
    std::vector<ClusterId> all;
    for (int i = 0; i < 12; ++i) {
        all.push_back(given::cluster(db, {.owner = i % 2 == 0 ? people.requester : people.stranger,
                                          .team = i % 3 == 0 ? "demo" : "other",
                                          .status = i % 4 == 0 ? ClusterStatus::DESTROYED : ClusterStatus::READY,
                                          .hourly_rate_micros = 1'000'003 + i}));
        db.owner().execute(cat("UPDATE state_intervals SET from_at = desk_now() - interval '", i * 5,
                               " days 7 seconds', ", "to_at = CASE WHEN ", i % 4,
                               " = 0 THEN desk_now() - interval '1 second' END, ",
                               "hourly_rate_micros = ", 1'000'003 + i, " WHERE cluster_id = '", all.back(), "'"));
    }
    auto tx = db.begin();  // one moment for both sides
    const Time now = clusters::desk_now(tx);
    const auto bounds = cut_by_month(now - hours(24 * 90), now + hours(24 * 90));
    const auto rows = usage::stays(tx, given::everywhere(), bounds.front(), bounds.back(), now);
    Money whole;
    for (const auto& id : all) whole += clusters::cost_so_far(tx, id);

    for (const auto word : all_texts<UsageKey>()) {
        const auto made = report_usage(rows, *parse_enum<UsageKey>(word), {}, bounds, now);
        Money groups;
        for (const auto& group : made.groups) groups += group.total.accrued;
        EXPECT_EQ(made.total.accrued, whole) << word;
        EXPECT_EQ(groups, whole) << word;
    }
    EXPECT_GT(whole, Money{});
}

TEST_F(UsageRows, AreOfTheTeamsInReachAndOnesOwn) {
    given::cluster(db, {.name = "a", .owner = people.requester});
    given::cluster(db, {.name = "b", .owner = people.stranger, .team = "other"});

    const Reach reach = reach_of(given::principal(db, people.approver), Permission::cost_read, Scope::team);
    EXPECT_THAT(stays(reach), ElementsAre(Field(&Stay::name, "a")));
    EXPECT_EQ(stays(given::everywhere()).size(), 2U);
    EXPECT_THAT(stays({.all = false, .teams = {}, .user = people.stranger}), ElementsAre(Field(&Stay::name, "b")));
}

TEST_F(UsageRows, ProjectWhatWaitsInTheQueueAndNotWhatWaitsForApproval) {
    given::cluster(db, {.name = "queued", .owner = people.requester, .status = ClusterStatus::PENDING});
    given::cluster(db, {.name = "asked", .owner = people.requester, .status = ClusterStatus::REQUESTED});

    const auto made = report(given::everywhere(), UsageKey::cluster);

    ASSERT_EQ(made.groups.size(), 1U);
    EXPECT_EQ(made.groups[0].label, "queued");
    EXPECT_EQ(made.total.projected, Money::dollars(12)) << "8 hours at $1.50";
    EXPECT_EQ(made.total.accrued, Money{});
}

TEST_F(UsageRows, ProjectNothingForWhatIsToBeDestroyed) {
    const auto id = given::cluster(db, {.owner = people.requester});
    db.owner().execute(cat("UPDATE clusters SET destroy_at = desk_now() + interval '7 hours' WHERE id = '", id, "'"));
    EXPECT_GT(report(given::everywhere(), UsageKey::team).total.projected, Money{});

    db.owner().execute(cat("UPDATE clusters SET destroy_wanted_at = desk_now() WHERE id = '", id, "'"));
    EXPECT_EQ(report(given::everywhere(), UsageKey::team).total.projected, Money{});
}

TEST_F(UsageRows, KnowTheBudgetsOfTeams) {
    given::team(db, "third");
    db.owner().execute(
        "INSERT INTO quotas (team, soft_monthly_micros, max_monthly_micros) VALUES ('demo', 5000000, 9000000), "
        "('other', NULL, 7000000), ('third', NULL, NULL)");
    auto tx = db.begin(pg::Mode::read_only);

    const auto all = usage::budgets(tx, given::everywhere());
    const auto mine = usage::budgets(tx, {.all = false, .teams = {"demo"}, .user = people.requester});

    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].amount, Money::dollars(5)) << "the soft line";
    EXPECT_EQ(all[1].amount, Money::dollars(7)) << "the hard one, where there is no other";
    ASSERT_EQ(mine.size(), 1U);
}

TEST_F(UsageRows, AreFoundByTheirIndexAmongMany) {
    db.owner().execute(cat(
        "INSERT INTO clusters (id, name, platform, profile, region, base_domain, version, team, owner_id, cost_center, "
        "status, lifetime_seconds, max_lifetime_seconds, hourly_rate_micros) "
        "SELECT 'clu_' || lpad(i::text, 26, '0'), 'c' || i, 'demo', 'p', 'r', 'd', 'v', 'demo', '",
        people.requester,
        "', 'cc', 'CANCELLED', 60, 60, 1000000 FROM generate_series(1, 50000) i; "
        "INSERT INTO state_intervals (cluster_id, status, from_at, to_at, hourly_rate_micros) "
        "SELECT id, 'READY', now() - n * interval '1 hour', now() - n * interval '1 hour' + interval '8 hours', "
        "1000000 "
        "FROM (SELECT id, row_number() OVER () AS n FROM clusters) c; ANALYZE"));
    auto tx = db.begin(pg::Mode::read_only);
    usage::stays(tx, given::everywhere(), Time{}, Time{}, Time{});  // prepares the statement on this connection

    std::string plan;
    for (const pg::Row row : tx.connection().execute(
             "EXPLAIN EXECUTE usage_stays(true, '{}', '', now() - interval '30 days', now() + interval '30 days')"))
        plan += cat(row["\"QUERY PLAN\""].view(), '\n');

    EXPECT_NE(plan.find("state_intervals_priced"), std::string::npos) << plan;
    EXPECT_EQ(plan.find("Seq Scan on state_intervals"), std::string::npos) << plan;
}

}  // namespace
}  // namespace desk
