// Accounts, roles and passwords.
#include "core/store/users.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <future>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/store/sessions.hpp"
#include "core/store/tokens.hpp"
#include "tests/support/given.hpp"

namespace desk {
namespace {

/// Does `work` in a transaction and commits; the code of its Error, or nothing.
std::optional<Code> code_of(TestDb& db, const std::function<void(pg::Transaction&)>& work) {
    try {
        auto tx = db.begin();
        work(tx);
        tx.commit();
        return std::nullopt;
    } catch (const Error& error) {
        return error.code();
    }
}

const Actor kMaker = Actor::desk("test");

TEST(CreateUser, MakesAnAccountThatMustChangeItsPassword) {
    TestDb db;
    auto tx = db.begin();

    const auto id =
        users::create(tx, {.username = "ann", .email = "ann@example.invalid"}, Secret("first password"), kMaker);

    const auto user = users::find(tx, id);
    ASSERT_TRUE(user);
    EXPECT_EQ(user->username, "ann");
    EXPECT_EQ(user->display_name, "ann");
    EXPECT_EQ(user->email, "ann@example.invalid");
    EXPECT_TRUE(user->must_change_password);
    EXPECT_TRUE(users::is_password(tx, id, Secret("first password")));
    EXPECT_FALSE(users::is_password(tx, id, Secret("another one")));
}

TEST(CreateUser, RefusesANameThatIsTaken) {
    TestDb db;
    given::people(db);

    EXPECT_EQ(code_of(db, [](auto& tx) { users::create(tx, {.username = "admin"}, Secret("x"), kMaker); }),
              Code::conflict);
}

TEST(CreateUser, RefusesNamesTheSchemaWouldRefuse) {
    TestDb db;

    for (const char* name : {"", "Ann", "-ann", "a b", "a/b", "\xc3\xa9", "a'b"})
        EXPECT_EQ(code_of(db, [&](auto& tx) { users::create(tx, {.username = name}, Secret("x"), kMaker); }),
                  Code::invalid)
            << name;
    EXPECT_EQ(
        code_of(db, [&](auto& tx) { users::create(tx, {.username = std::string(64, 'a')}, Secret("x"), kMaker); }),
        Code::invalid);
    EXPECT_EQ(
        code_of(db, [&](auto& tx) { users::create(tx, {.username = std::string(63, 'a')}, Secret("x"), kMaker); }),
        std::nullopt);
}

TEST(DeskRoles, AreExactlyThoseThatWereSet) {
    TestDb db;
    const auto people = given::people(db);
    const auto set = [&](std::set<Role> roles) {
        return code_of(db, [&](auto& tx) { users::set_desk_roles(tx, people.auditor, roles, kMaker); });
    };

    EXPECT_EQ(set({Role::platform_admin, Role::auditor}), std::nullopt);
    EXPECT_EQ(given::principal(db, people.auditor).desk_roles, (std::set{Role::platform_admin, Role::auditor}));
    EXPECT_EQ(set({}), std::nullopt);
    EXPECT_TRUE(given::principal(db, people.auditor).desk_roles.empty());
    EXPECT_EQ(set({Role::requester}), Code::invalid) << "a role of teams";
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE action = 'user.roles'"), 2);
}

TEST(DeskRoles, LeaveTheDeskAnAdmin) {
    TestDb db;
    const auto people = given::people(db);

    EXPECT_EQ(code_of(db, [&](auto& tx) { users::set_desk_roles(tx, people.admin, {Role::auditor}, kMaker); }),
              Code::conflict);
    EXPECT_EQ(code_of(db, [&](auto& tx) { users::set_disabled(tx, people.admin, true, kMaker); }), Code::conflict);
}

TEST(DeskRoles, LeaveTheDeskAnAdminWhenTwoResignAtOnce) {
    TestDb db;
    const auto one = given::person(db, {.username = "one", .desk_roles = {Role::platform_admin}});
    const auto two = given::person(db, {.username = "two", .desk_roles = {Role::platform_admin}});
    const auto resign = [&](const UserId& who) {
        return code_of(db, [&](auto& tx) { users::set_desk_roles(tx, who, {}, kMaker); });
    };

    auto first = std::async(std::launch::async, resign, one);
    auto second = std::async(std::launch::async, resign, two);
    const std::set<std::optional<Code>> outcomes = {first.get(), second.get()};

    EXPECT_EQ(outcomes, (std::set<std::optional<Code>>{std::nullopt, Code::conflict}));
    EXPECT_EQ(db.count("SELECT count(*) FROM user_roles"), 1);
}

TEST(DisableUser, EndsEverySessionAndToken) {
    TestDb db;
    const auto people = given::people(db);
    const auto session = given::session(db, people.requester);
    const auto token = given::token(db, people.requester);

    EXPECT_EQ(code_of(db, [&](auto& tx) { users::set_disabled(tx, people.requester, true, kMaker); }), std::nullopt);
    EXPECT_EQ(code_of(db, [&](auto& tx) { users::set_disabled(tx, people.requester, false, kMaker); }), std::nullopt);

    auto tx = db.begin(pg::Mode::read_only);
    EXPECT_FALSE(sessions::find(tx, session.session)) << "not even when it is enabled again";
    EXPECT_FALSE(tokens::find(tx, token));
    EXPECT_FALSE(users::find(tx, people.requester)->disabled_at);
}

TEST(ChangePassword, EndsTheOtherSessions) {
    TestDb db;
    const auto people = given::people(db);
    const auto here = given::session(db, people.requester);
    const auto there = given::session(db, people.requester);
    const auto others = given::session(db, people.approver);

    code_of(db, [&](auto& tx) {
        users::change_password(tx, people.requester, Secret("another password"), sha256(here.session), kMaker);
    });

    auto tx = db.begin(pg::Mode::read_only);
    EXPECT_TRUE(sessions::find(tx, here.session));
    EXPECT_FALSE(sessions::find(tx, there.session));
    EXPECT_TRUE(sessions::find(tx, others.session));
    EXPECT_TRUE(users::is_password(tx, people.requester, Secret("another password")));
    EXPECT_FALSE(users::find(tx, people.requester)->must_change_password);
}

TEST(ResetPassword, EndsAllSessionsAndMustBeChanged) {
    TestDb db;
    const auto people = given::people(db);
    const auto session = given::session(db, people.requester);
    const Secret password = users::random_password();

    code_of(db, [&](auto& tx) { users::reset_password(tx, people.requester, password, kMaker); });

    auto tx = db.begin(pg::Mode::read_only);
    EXPECT_FALSE(sessions::find(tx, session.session));
    EXPECT_TRUE(users::is_password(tx, people.requester, password));
    EXPECT_TRUE(users::find(tx, people.requester)->must_change_password);
    EXPECT_EQ(db.value("SELECT string_agg(a::text, '') FROM audit_events a").find(password.reveal()),
              std::string::npos);
}

TEST(RandomPassword, HasTwentyCharactersAndNoLookAlikes) {
    for (int i = 0; i < 50; ++i) {
        const Secret password = users::random_password();
        EXPECT_EQ(password.reveal().size(), 20U);
        EXPECT_EQ(password.reveal().find_first_of("lIoO01"), std::string::npos) << password.reveal();
    }
}

TEST(UpdateProfile, TakesTimeZonesThatExist) {
    TestDb db;
    const auto people = given::people(db);
    const auto update = [&](const std::string& name, const std::string& zone) {
        return code_of(db, [&](auto& tx) {
            users::update_profile(tx, people.requester, {.display_name = name, .time_zone = zone}, kMaker);
        });
    };

    EXPECT_EQ(update("Ann", "Europe/Berlin"), std::nullopt);
    EXPECT_EQ(update("Ann", "Mars/Olympus"), Code::invalid);
    EXPECT_EQ(update("  ", "Europe/Berlin"), Code::invalid);
    EXPECT_EQ(given::principal(db, people.requester).time_zone, "Europe/Berlin");
}

TEST(ListUsers, FindsByPartOfEitherName) {
    TestDb db;
    given::people(db);
    auto tx = db.begin(pg::Mode::read_only);

    EXPECT_EQ(users::list(tx, "", 100).size(), 7U);
    EXPECT_EQ(users::list(tx, "", 3).size(), 3U);
    EXPECT_EQ(users::list(tx, "The STRANGER", 100).size(), 1U);
    EXPECT_EQ(users::list(tx, "%", 100).size(), 0U) << "a search is text, not a pattern";
}

}  // namespace
}  // namespace desk
