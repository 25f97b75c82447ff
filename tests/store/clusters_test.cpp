// Cluster rows: the one way a status is written, money from intervals, lists and their filters.
#include "core/store/clusters.hpp"

#include <gtest/gtest.h>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "tests/support/given.hpp"

namespace desk {
namespace {

using clusters::Filter;

class Clusters : public testing::Test {
  protected:
    ClusterId cluster(const std::string& name, ClusterStatus status = ClusterStatus::READY) {
        return given::cluster(db, {.name = name, .owner = people.requester, .status = status});
    }
    std::vector<std::string> names(const Filter& filter, const Reach& reach = given::everywhere()) {
        auto tx = db.begin(pg::Mode::read_only);
        std::vector<std::string> found;
        for (const auto& row : clusters::list(tx, reach, filter, false).clusters) found.push_back(row.name);
        std::sort(found.begin(), found.end());
        return found;
    }

    TestDb db;
    given::People people = given::people(db);
};

using Names = std::vector<std::string>;

TEST_F(Clusters, ChangeOnlyAlongTheTable) {
    const auto id = cluster("a", ClusterStatus::READY);
    auto tx = db.begin();

    EXPECT_FALSE(clusters::advance(tx, id, ClusterEvent::CONFIRM_GONE));
    EXPECT_FALSE(clusters::advance(tx, id, ClusterEvent::MAKE_READY));
    EXPECT_EQ(clusters::advance(tx, id, ClusterEvent::DESTROY), ClusterStatus::DESTROYING);
    EXPECT_FALSE(clusters::advance(tx, id, ClusterEvent::DESTROY)) << "once";
}

TEST_F(Clusters, CannotBeDestroyedWithoutAReceiptNorReadyWithoutADeadline) {
    const auto id = cluster("a", ClusterStatus::DESTROY_VERIFYING);
    const auto set = [&](const std::string& sql) {
        db.owner().execute("UPDATE clusters SET " + sql + " WHERE id = '" + id.str() + "'");
    };

    EXPECT_THROW(set("status = 'DESTROYED', destroyed_at = now()"), pg::SqlError);
    EXPECT_THROW(set("status = 'READY', ready_at = now(), destroy_at = NULL"), pg::SqlError);
    EXPECT_THROW(set("base_domain = 'other.example.com'"), pg::SqlError);
}

TEST_F(Clusters, GetTheirDeadlineWhenTheyAreReady) {
    const auto id = cluster("a", ClusterStatus::CREATING);

    auto tx = db.begin();
    clusters::advance(tx, id, ClusterEvent::MAKE_READY);
    const auto row = clusters::get(tx, id);

    EXPECT_EQ(row.destroy_at.value() - row.ready_at.value(), row.lifetime);
}

TEST_F(Clusters, CostWhatTheirIntervalsSay) {
    const auto id = given::cluster(
        db,
        {.name = "a", .owner = people.requester, .status = ClusterStatus::CREATING, .hourly_rate_micros = 2'000'000});
    db.owner().execute("DELETE FROM state_intervals");
    db.owner().execute("INSERT INTO state_intervals (cluster_id, status, from_at, hourly_rate_micros) VALUES ('" +
                       id.str() + "', 'CREATING', desk_now(), 2000000)");

    db.advance(std::chrono::hours(2));
    {
        auto tx = db.begin();
        clusters::advance(tx, id, ClusterEvent::MAKE_READY);
        tx.commit();
    }
    db.advance(std::chrono::hours(1));
    auto tx = db.begin(pg::Mode::read_only);

    EXPECT_NEAR(static_cast<double>(clusters::cost_so_far(tx, id).micros), 6'000'000, 5'000)
        << "3 h at $2, give or take seconds";
    EXPECT_EQ(clusters::timeline(tx, id).size(), 2U);
}

TEST_F(Clusters, AreFilteredByEveryField) {  // law 9
    cluster("alpha");
    given::cluster(db, {.name = "beta",
                        .owner = people.stranger,
                        .team = "other",
                        .platform = Platform::aws,
                        .profile = "aws-x",
                        .cost_center = "cc-9",
                        .status = ClusterStatus::FAILED});
    cluster("gamma", ClusterStatus::REJECTED);

    EXPECT_EQ(names({}), (Names{"alpha", "beta", "gamma"}));
    EXPECT_EQ(names({.status = {ClusterStatus::FAILED}}), Names{"beta"});
    EXPECT_EQ(names({.status = {ClusterStatus::FAILED, ClusterStatus::REJECTED}}), (Names{"beta", "gamma"}));
    EXPECT_EQ(names({.platform = Platform::aws}), Names{"beta"});
    EXPECT_EQ(names({.owner = "stranger"}), Names{"beta"});
    EXPECT_EQ(names({.team = "other"}), Names{"beta"});
    EXPECT_EQ(names({.profile = "aws-x"}), Names{"beta"});
    EXPECT_EQ(names({.cost_center = "cc-9"}), Names{"beta"});
    EXPECT_EQ(names({.region = "nowhere"}), Names{});
    EXPECT_EQ(names({.only_unfinished = true}), (Names{"alpha", "beta"}));
}

TEST_F(Clusters, AreSearchedByTermsQuotesAndExclusions) {
    cluster("alpha-one");
    cluster("alpha-two");
    cluster("100%");

    EXPECT_EQ(names({.search = "ALPHA"}), (Names{"alpha-one", "alpha-two"}));
    EXPECT_EQ(names({.search = "alpha -two"}), Names{"alpha-one"});
    EXPECT_EQ(names({.search = "\"alpha-two demo\""}), Names{"alpha-two"});
    EXPECT_EQ(names({.search = "%"}), Names{"100%"}) << "a person's % is a percent sign";
    EXPECT_EQ(names({.search = "requester one"}), Names{"alpha-one"}) << "terms may match different fields";
}

TEST_F(Clusters, AreSearchedByTheWordOfTheirStateAndByTags) {
    cluster("gone", ClusterStatus::DESTROY_VERIFYING);
    const auto tagged = cluster("tagged");
    db.owner().execute("UPDATE clusters SET tags = '{\"Colour\": \"Violet\"}' WHERE id = '" + tagged.str() + "'");

    EXPECT_EQ(names({.search = "\"verifying gone\""}), Names{"gone"});
    EXPECT_EQ(names({.search = "violet"}), Names{"tagged"});
    EXPECT_EQ(names({.search = "-violet"}), Names{"gone"});
}

TEST_F(Clusters, AreNotThereForStrangers) {
    const auto id = cluster("ours");
    const Reach stranger = reach_of(given::principal(db, people.stranger), Permission::cluster_read, Scope::team);

    EXPECT_EQ(names({}, stranger), Names{});
    auto tx = db.begin(pg::Mode::read_only);
    EXPECT_FALSE(clusters::find(tx, id, stranger));
}

TEST_F(Clusters, PageByCursorWithoutGapsOrRepeats) {
    for (int i = 0; i < 7; ++i) cluster("c" + std::to_string(i));
    auto tx = db.begin(pg::Mode::read_only);

    std::vector<std::string> seen;
    Filter filter{.limit = 3};
    for (int pages = 0; pages < 5; ++pages) {
        const auto page = clusters::list(tx, given::everywhere(), filter, true);
        EXPECT_EQ(page.total, 7);
        for (const auto& row : page.clusters) seen.push_back(row.name);
        if (page.next.empty()) break;
        filter.cursor = page.next;
    }

    std::sort(seen.begin(), seen.end());
    EXPECT_EQ(seen, (Names{"c0", "c1", "c2", "c3", "c4", "c5", "c6"}));
}

TEST_F(Clusters, PageWithoutGapsOrRepeatsUnderEverySort) {
    for (int i = 0; i < 5; ++i) cluster("c" + std::to_string(i));
    cluster("never", ClusterStatus::REQUESTED);
    cluster("gone", ClusterStatus::DESTROYED);
    auto tx = db.begin(pg::Mode::read_only);

    for (const auto name : all_texts<clusters::Sort>())
        for (const bool descending : {false, true}) {
            Names paged, whole;
            Filter filter{.sort = *parse_enum<clusters::Sort>(name), .descending = descending};
            for (const auto& row : clusters::list(tx, given::everywhere(), filter, false).clusters)
                whole.push_back(row.name);
            filter.limit = 2;
            for (bool is_more = true; is_more;) {
                const auto page = clusters::list(tx, given::everywhere(), filter, false);
                for (const auto& row : page.clusters) paged.push_back(row.name);
                filter.cursor = page.next;
                is_more = !page.next.empty() && paged.size() < 20;
            }
            EXPECT_EQ(paged, whole) << name << descending;
            EXPECT_EQ(whole.size(), 7U) << name;
        }
}

TEST_F(Clusters, AreSortedAsAsked) {
    cluster("b", ClusterStatus::READY);
    cluster("a", ClusterStatus::FAILED);
    cluster("c", ClusterStatus::REQUESTED);
    const auto sorted = [&](clusters::Sort sort, bool descending) {
        auto tx = db.begin(pg::Mode::read_only);
        Names found;
        for (const auto& row :
             clusters::list(tx, given::everywhere(), {.sort = sort, .descending = descending}, false).clusters)
            found.push_back(row.name);
        return found;
    };

    EXPECT_EQ(sorted(clusters::Sort::name, false), (Names{"a", "b", "c"}));
    EXPECT_EQ(sorted(clusters::Sort::name, true), (Names{"c", "b", "a"}));
    EXPECT_EQ(sorted(clusters::Sort::created, true), (Names{"c", "a", "b"})) << "newest first";
    EXPECT_EQ(sorted(clusters::Sort::status, false), (Names{"c", "b", "a"})) << "along their life";
    EXPECT_EQ(sorted(clusters::Sort::rate, false).front(), "c") << "costs nothing yet";
}

TEST_F(Clusters, RefuseACursorThatIsNoneOrOfAnotherSort) {
    cluster("a");
    cluster("b");
    auto tx = db.begin(pg::Mode::read_only);
    const auto cursor = clusters::list(tx, given::everywhere(), {.limit = 1}, false).next;
    const auto forged = [](const Json& parts) { return base64url(parts.dump()); };
    const std::string id = ClusterId::make().str();

    EXPECT_EQ(clusters::list(tx, given::everywhere(), {.cursor = cursor}, false).clusters.size(), 1U);
    for (const std::string& bad : {std::string("made-up"), forged({"-created", "yesterday", id}), forged({"-created"}),
                                   forged({"-created", "2026-01-01", "x"}), forged({1, 2, 3})})
        EXPECT_THROW(clusters::list(tx, given::everywhere(), {.cursor = bad}, false), Error) << bad;
    EXPECT_THROW(clusters::list(tx, given::everywhere(), {.sort = clusters::Sort::name, .cursor = cursor}, false),
                 Error);
}

TEST_F(Clusters, TellTheCostOfManyAtOnce) {
    const auto running = cluster("running"), waiting = cluster("waiting", ClusterStatus::REQUESTED);
    db.advance(std::chrono::hours(2));
    auto tx = db.begin();

    const auto costs = clusters::costs_so_far(tx, {running, waiting});

    EXPECT_EQ(costs.at(running), clusters::cost_so_far(tx, running));
    EXPECT_GT(costs.at(running), Money{});
    EXPECT_EQ(costs.at(waiting), Money{});
}

TEST_F(Clusters, AreFoundSeveralAtOnceWithinReach) {
    const auto ours = cluster("ours");
    const auto theirs = given::cluster(db, {.name = "theirs", .owner = people.stranger, .team = "other"});
    const Reach reach = reach_of(given::principal(db, people.requester), Permission::cluster_read, Scope::team);
    auto tx = db.begin(pg::Mode::read_only);

    const auto found = clusters::find_some(tx, {theirs, ours}, reach);

    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].id, ours);
}

}  // namespace
}  // namespace desk
