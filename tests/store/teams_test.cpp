// Teams, members, quotas.
#include "core/store/teams.hpp"

#include <gtest/gtest.h>

#include "tests/support/given.hpp"

namespace desk {
namespace {

const Actor kActor = Actor::desk("test");

TEST(Teams, AreListedWithTheirMembersWithinReach) {
    TestDb db;
    const auto people = given::people(db);
    auto tx = db.begin(pg::Mode::read_only);

    const auto all = teams::list(tx, given::everywhere());
    const auto own =
        teams::list(tx, reach_of(given::principal(db, people.teamlead), Permission::team_manage, Scope::team));

    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].name, "demo");
    ASSERT_EQ(all[0].members.size(), 3U);
    EXPECT_EQ(all[0].members[0].username, "approver");
    EXPECT_EQ(all[0].members[0].roles, std::set{Role::approver});
    ASSERT_EQ(own.size(), 1U);
    EXPECT_EQ(own[0].name, "demo");
    EXPECT_FALSE(teams::find(tx, "other", {.all = false, .teams = {"demo"}, .user = people.teamlead}));
}

TEST(Teams, OfNobodyAreNoneThoughTheyHaveNoMembers) {
    TestDb db;
    auto tx = db.begin();

    teams::create(tx, "payments", "Payments", kActor);

    EXPECT_TRUE(teams::find(tx, "payments", given::everywhere())->members.empty());
    EXPECT_THROW(teams::create(tx, "payments", "Again", kActor), Error);
}

TEST(Teams, HaveNamesThatFitTags) {
    TestDb db;
    auto tx = db.begin();

    for (const char* name : {"", "Pay", "-pay", "pay_ments", "pay ments", "pay.ments"})
        EXPECT_THROW(teams::create(tx, name, "x", kActor), Error) << name;
    EXPECT_THROW(teams::create(tx, "pay", " ", kActor), Error);
    EXPECT_THROW(teams::set_title(tx, "no-such-team", "x", kActor), Error);
}

TEST(TeamMembers, HaveExactlyTheRolesThatWereSet) {
    TestDb db;
    const auto people = given::people(db);
    auto tx = db.begin();

    teams::set_member(tx, "demo", people.stranger, {Role::requester, Role::approver}, kActor);
    teams::set_member(tx, "demo", people.requester, {}, kActor);
    tx.commit();

    EXPECT_EQ(given::principal(db, people.stranger).teams.at("demo"), (std::set{Role::requester, Role::approver}));
    EXPECT_TRUE(given::principal(db, people.stranger).teams.contains("other")) << "another team is not touched";
    EXPECT_TRUE(given::principal(db, people.requester).teams.empty());
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE action = 'team.member'"), 2);
}

TEST(TeamMembers, HaveNoRolesOfTheWholeDesk) {
    TestDb db;
    const auto people = given::people(db);
    auto tx = db.begin();

    EXPECT_THROW(teams::set_member(tx, "demo", people.requester, {Role::platform_admin}, kActor), Error);
    EXPECT_THROW(teams::set_member(tx, "demo", UserId::make(), {Role::requester}, kActor), Error);
    EXPECT_THROW(teams::set_member(tx, "no-such-team", people.requester, {Role::requester}, kActor), Error);
}

TEST(TeamQuota, IsKeptAndReplaced) {
    TestDb db;
    given::people(db);
    auto tx = db.begin();

    teams::set_quota(tx, "demo", {.soft_clusters = 2, .max_clusters = 4, .max_monthly_micros = 5'000'000'000}, kActor);
    teams::set_quota(tx, "demo", {.max_clusters = 3}, kActor);
    teams::set_quota(tx, "demo", {.max_clusters = 3}, kActor);

    EXPECT_EQ(teams::find(tx, "demo", given::everywhere())->quota, (teams::Quota{.max_clusters = 3}));
    tx.commit();
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE action = 'team.quota'"), 2)
        << "the third changed nothing";
}

TEST(TeamQuota, HasLinesThatMakeSense) {
    TestDb db;
    given::people(db);
    auto tx = db.begin();

    EXPECT_THROW(teams::set_quota(tx, "demo", {.max_clusters = -1}, kActor), Error);
    EXPECT_THROW(teams::set_quota(tx, "demo", {.soft_vcpu = 5, .max_vcpu = 4}, kActor), Error);
}

}  // namespace
}  // namespace desk
