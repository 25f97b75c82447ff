// Teams, members, quotas.
#include "core/store/teams.hpp"

#include <gtest/gtest.h>

#include "core/base/text.hpp"
#include "core/store/quota_lines.hpp"
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

class QuotaLines : public testing::Test {
  protected:
    void set(quotas::Holder holder, const std::string& name, const teams::Quota& quota) {
        auto tx = db.begin();
        const auto before = lines_of(tx, name).value_or(quotas::Lines{});
        quotas::set(tx, holder, name, quota, before.version(), kActor);
        tx.commit();
    }
    std::optional<quotas::Lines> lines_of(pg::Transaction& tx, const std::string& name) {
        for (auto& lines : quotas::all(tx))
            if (lines.name == name) return std::move(lines);
        return std::nullopt;
    }
    std::optional<teams::Quota> quota_of(const std::string& name) {
        auto tx = db.begin(pg::Mode::read_only);
        const auto lines = lines_of(tx, name);
        return lines ? std::optional(lines->quota) : std::nullopt;
    }

    TestDb db;
    const given::People people = given::people(db);
};

TEST_F(QuotaLines, AreKeptReplacedAndTakenAwayForTeamsAndForPeople) {
    const teams::Quota wide{.soft_clusters = 2, .max_clusters = 4, .max_monthly_micros = 5'000'000'000};
    const teams::Quota narrow{.max_clusters = 3};
    for (const auto& [holder, name] : {std::pair{quotas::Holder::TEAM, "demo"}, {quotas::Holder::USER, "requester"}}) {
        set(holder, name, wide);
        set(holder, name, narrow);
        set(holder, name, narrow);

        EXPECT_EQ(quota_of(name), narrow) << name;
    }
    EXPECT_EQ(db.count("SELECT count(*) FROM quotas"), 2);
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE action = 'team.quota' AND team = 'demo'"), 2)
        << "the third changed nothing";
    EXPECT_EQ(db.count(cat("SELECT count(*) FROM audit_events WHERE action = 'user.quota' AND team IS NULL AND target "
                           "= '",
                           people.requester, "'")),
              2);

    set(quotas::Holder::TEAM, "demo", {});
    set(quotas::Holder::USER, "requester", {});
    EXPECT_EQ(quota_of("demo"), teams::Quota{});
    EXPECT_FALSE(quota_of("requester"));
    EXPECT_EQ(db.count("SELECT count(*) FROM quotas"), 0) << "who has no line has no row";
}

TEST_F(QuotaLines, MakeSense) {
    for (const auto& [holder, name] : {std::pair{quotas::Holder::TEAM, "demo"}, {quotas::Holder::USER, "requester"}}) {
        EXPECT_THROW(set(holder, name, {.max_clusters = -1}), Error);
        EXPECT_THROW(set(holder, name, {.soft_vcpu = 5, .max_vcpu = 4}), Error);
    }
}

}  // namespace
}  // namespace desk
