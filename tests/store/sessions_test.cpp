// Signing in, and the sessions behind the cookie.
#include "core/store/sessions.hpp"
#include "core/store/guesses.hpp"

#include <gtest/gtest.h>

#include <ctime>
#include <future>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/store/users.hpp"
#include "tests/support/given.hpp"

namespace desk {
namespace {

using sessions::Started;
using sessions::Wait;
using sessions::Wrong;

auto sign_in(TestDb& db, const std::string& name, const std::string& password = given::kPassword,
             const std::string& address = "192.0.2.1") {
    return sessions::sign_in(db, {.username = name,
                                  .password = Secret(password),
                                  .address = address,
                                  .user_agent = "a browser",
                                  .life = std::chrono::hours(12)});
}

template <class Outcome>
bool is(const std::variant<Started, Wrong, Wait>& outcome) {
    return std::holds_alternative<Outcome>(outcome);
}

std::optional<sessions::Found> find(TestDb& db, const std::string& token) {
    auto tx = db.begin(pg::Mode::read_only);
    return sessions::find(tx, token);
}

TEST(SignIn, MakesASessionThatKnowsThePersonWithTheirRoles) {
    TestDb db;
    const auto people = given::people(db);

    const auto outcome = sign_in(db, "stranger");

    ASSERT_TRUE(is<Started>(outcome));
    const auto found = find(db, std::get<Started>(outcome).token.reveal());
    ASSERT_TRUE(found);
    EXPECT_EQ(found->principal.user, people.stranger);
    EXPECT_EQ(found->principal.teams.at("other"), (std::set{Role::requester, Role::approver, Role::team_admin}));
    EXPECT_TRUE(found->principal.desk_roles.empty());
    EXPECT_EQ(db.value("SELECT action || ' ' || target FROM audit_events"), "session.start " + people.stranger.str());
}

TEST(SignIn, TakesTheNameInAnyCaseAndWithSpaceAround) {
    TestDb db;
    given::people(db);

    EXPECT_TRUE(is<Started>(sign_in(db, " Requester ")));
}

TEST(SignIn, KeepsNoTokenAndNoPassword) {
    TestDb db;
    given::people(db);

    const auto outcome = sign_in(db, "requester");

    const std::string& token = std::get<Started>(outcome).token.reveal();
    EXPECT_EQ(token.size(), 43U);
    EXPECT_EQ(db.value("SELECT encode(token_hash, 'hex') FROM sessions"), sha256_hex(token));
    const std::string rows = db.value("SELECT string_agg(s::text, '') FROM sessions s") +
                             db.value("SELECT string_agg(a::text, '') FROM audit_events a");
    EXPECT_EQ(rows.find(token), std::string::npos);
    EXPECT_EQ(rows.find(given::kPassword), std::string::npos);
}

TEST(SignIn, SaysTheSameForAWrongPasswordAnUnknownNameAndADisabledAccount) {
    TestDb db;
    const auto people = given::people(db);
    db.owner().execute(cat("UPDATE users SET disabled_at = now() WHERE id = '", people.auditor, "'"));
    db.owner().execute(
        "INSERT INTO users (id, username, display_name, password_hash) VALUES "
        "('usr_01JD0000000000000000000000', 'keyless', 'No password', '*')");

    EXPECT_TRUE(is<Wrong>(sign_in(db, "requester", "not the password")));
    EXPECT_TRUE(is<Wrong>(sign_in(db, "nobody-of-that-name")));
    EXPECT_TRUE(is<Wrong>(sign_in(db, "auditor")));
    EXPECT_TRUE(is<Wrong>(sign_in(db, "keyless", "*")));
    EXPECT_TRUE(is<Wrong>(sign_in(db, std::string("requester\0", 10))));
    EXPECT_TRUE(is<Wrong>(sign_in(db, "\xff\xfe")));
    EXPECT_EQ(db.count("SELECT count(*) FROM sessions"), 0);
}

TEST(SignIn, WorksAsLongForNamesThatNobodyHas) {
    TestDb db;
    given::people(db);
    const auto time_of = [&](const std::string& name) {
        const auto began = std::clock();  // of our processor alone, which computes the hashes
        sign_in(db, name, "not the password");
        return static_cast<double>(std::clock() - began);
    };

    double known = 1e15, unknown = 1e15;
    for (int i = 0; i < 4; ++i) {  // five of one name would wait
        known = std::min(known, time_of(i % 2 == 0 ? "requester" : "approver"));
        unknown = std::min(unknown, time_of(cat("nobody-", i)));
    }

    EXPECT_GT(unknown, known / 3) << "no hash was computed for an unknown name";
}

TEST(SignIn, WaitsAfterFiveFailuresOfOneName) {
    TestDb db;
    given::people(db);
    for (int i = 0; i < guesses::kPerName; ++i)
        EXPECT_TRUE(is<Wrong>(sign_in(db, "requester", "wrong", cat("192.0.2.", i))));

    const auto outcome = sign_in(db, "requester");

    ASSERT_TRUE(is<Wait>(outcome)) << "the right password does not help now";
    EXPECT_GT(std::get<Wait>(outcome).for_, 14min);
    EXPECT_LE(std::get<Wait>(outcome).for_, 15min);
    EXPECT_TRUE(is<Started>(sign_in(db, "approver"))) << "others are not held up";
}

TEST(SignIn, WaitsForUnknownNamesAsForKnownOnes) {
    TestDb db;
    for (int i = 0; i < guesses::kPerName; ++i) sign_in(db, "no-such-name", "wrong");

    EXPECT_TRUE(is<Wait>(sign_in(db, "no-such-name", "wrong")));
}

TEST(SignIn, WaitsAfterTwentyFailuresFromOneAddress) {
    TestDb db;
    given::people(db);
    for (int i = 0; i < guesses::kPerAddress; ++i) sign_in(db, cat("guess-", i), "wrong", "198.51.100.9");

    EXPECT_TRUE(is<Wait>(sign_in(db, "requester", given::kPassword, "198.51.100.9")));
    EXPECT_TRUE(is<Started>(sign_in(db, "requester", given::kPassword, "198.51.100.10")));
}

TEST(SignIn, GoesOnWhenTheFailuresAreOld) {
    TestDb db;
    given::people(db);
    for (int i = 0; i < guesses::kPerName; ++i) sign_in(db, "requester", "wrong");
    db.owner().execute("UPDATE login_failures SET at = at - interval '16 minutes'");

    EXPECT_TRUE(is<Started>(sign_in(db, "requester")));
}

TEST(SignIn, ForgetsTheFailuresOfWhoeverGotIn) {
    TestDb db;
    given::people(db);
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < guesses::kPerName - 1; ++i) sign_in(db, "requester", "wrong");
        EXPECT_TRUE(is<Started>(sign_in(db, "requester"))) << round;
    }
}

TEST(SignIn, CountsGuessesThatAreMadeAtTheSameTime) {
    TestDb db;
    given::people(db);
    std::vector<std::future<bool>> guesses;
    for (int i = 0; i < 12; ++i)
        guesses.push_back(
            std::async(std::launch::async, [&db] { return is<Wrong>(sign_in(db, "requester", "wrong")); }));

    int looked_at = 0;
    for (auto& guess : guesses) looked_at += guess.get() ? 1 : 0;

    EXPECT_EQ(looked_at, guesses::kPerName);
}

TEST(SignIn, KeepsNothingThatWasTypedIntoTheFieldOfTheName) {
    TestDb db;

    sign_in(db, "my-secret-password-typed-here", "wrong");

    EXPECT_EQ(db.value("SELECT string_agg(f::text, '') FROM login_failures f").find("my-secret"), std::string::npos);
    EXPECT_EQ(db.count("SELECT count(*) FROM login_failures"), 1);
}

TEST(Session, EndsWhenItWasNotUsed) {
    TestDb db;
    const auto people = given::people(db);
    const auto made = given::session(db, people.requester);
    ASSERT_TRUE(find(db, made.session));

    db.owner().execute("UPDATE sessions SET expires_at = clock_timestamp() - interval '1 second'");

    EXPECT_FALSE(find(db, made.session));
}

TEST(Session, OfADisabledAccountIsNone) {
    TestDb db;
    const auto people = given::people(db);
    const auto made = given::session(db, people.requester);

    db.owner().execute("UPDATE users SET disabled_at = now()");

    EXPECT_FALSE(find(db, made.session));
}

TEST(Session, MovesItsEndAtMostOnceAMinute) {
    TestDb db;
    const auto people = given::people(db);
    const auto made = given::session(db, people.requester);
    const auto touch = [&] {
        auto tx = db.begin();
        sessions::touch(tx, sha256(made.session), std::chrono::hours(48));
        tx.commit();
    };
    EXPECT_FALSE(find(db, made.session)->is_stale);
    touch();
    EXPECT_EQ(db.count("SELECT count(*) FROM sessions WHERE expires_at > now() + interval '13 hours'"), 0);

    db.owner().execute("UPDATE sessions SET last_used_at = last_used_at - interval '61 seconds'");
    EXPECT_TRUE(find(db, made.session)->is_stale);
    touch();

    EXPECT_EQ(db.count("SELECT count(*) FROM sessions WHERE expires_at > now() + interval '47 hours'"), 1);
    EXPECT_FALSE(find(db, made.session)->is_stale);
}

TEST(Session, BringsTheBrakesAndTheBusinessTime) {
    TestDb db;
    const auto people = given::people(db);
    const auto made = given::session(db, people.requester);
    db.owner().execute(
        cat("INSERT INTO brakes (name, reason, by_id) VALUES ('READ_ONLY', 'moving house', '", people.admin, "')"));
    db.advance(7200s);

    const auto found = find(db, made.session);

    ASSERT_EQ(found->brakes.size(), 1U);
    EXPECT_EQ(found->brakes[0].brake, Brake::READ_ONLY);
    EXPECT_EQ(found->brakes[0].reason, "moving house");
    EXPECT_EQ(found->brakes[0].by_name, "admin");
    EXPECT_LT(db.now() - found->now, 60s);
}

TEST(Session, IsEndedByItsOwnerOnly) {
    TestDb db;
    const auto people = given::people(db);
    const auto made = given::session(db, people.requester);
    const auto id = hex(sha256(made.session));
    auto tx = db.begin();

    EXPECT_FALSE(sessions::end(tx, people.approver, id, given::actor(db, people.approver)));
    EXPECT_TRUE(sessions::end(tx, people.requester, id, given::actor(db, people.requester)));
    tx.commit();

    EXPECT_FALSE(find(db, made.session));
}

TEST(Session, ListsTheLiveOnesAndMarksTheOneThatAsks) {
    TestDb db;
    const auto people = given::people(db);
    const auto here = given::session(db, people.requester);
    given::session(db, people.requester);
    given::session(db, people.approver);

    auto tx = db.begin(pg::Mode::read_only);
    const auto all = sessions::list(tx, people.requester, sha256(here.session));

    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].is_current + all[1].is_current, 1);
    for (const auto& one : all) EXPECT_EQ(one.is_current, one.id == hex(sha256(here.session)));
}

}  // namespace
}  // namespace desk
