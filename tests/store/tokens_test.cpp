// API tokens.
#include "core/store/tokens.hpp"

#include <gtest/gtest.h>

#include "core/base/crypto.hpp"
#include "tests/support/given.hpp"

namespace desk {
namespace {

std::optional<tokens::Found> find_token(TestDb& db, const std::string& token) {
    auto tx = db.begin(pg::Mode::read_only);
    return tokens::find(tx, token);
}

TEST(Token, IsShownOnceAndKeptAsItsHash) {
    TestDb db;
    const auto people = given::people(db);
    auto tx = db.begin();

    const auto made =
        tokens::create(tx, people.requester, " ci ", TokenScope::WRITE, 30, given::actor(db, people.requester));
    tx.commit();

    EXPECT_TRUE(made.token.reveal().starts_with("cldesk_"));
    EXPECT_EQ(db.value("SELECT encode(token_hash, 'hex') FROM api_tokens"), sha256_hex(made.token.reveal()));
    EXPECT_EQ(db.value("SELECT string_agg(a::text, '') FROM audit_events a").find(made.token.reveal()),
              std::string::npos);
    const auto found = find_token(db, made.token.reveal());
    ASSERT_TRUE(found);
    EXPECT_EQ(found->principal.user, people.requester);
    EXPECT_EQ(found->scope, TokenScope::WRITE);
    EXPECT_FALSE(find_token(db, made.token.reveal() + "x"));
}

TEST(Token, NeedsANameAndALifeOfAYearAtMost) {
    TestDb db;
    const auto people = given::people(db);
    const auto actor = given::actor(db, people.requester);
    auto tx = db.begin();

    EXPECT_THROW(tokens::create(tx, people.requester, " ", TokenScope::READ, 30, actor), Error);
    EXPECT_THROW(tokens::create(tx, people.requester, std::string(101, 'x'), TokenScope::READ, 30, actor), Error);
    EXPECT_THROW(tokens::create(tx, people.requester, "ci", TokenScope::READ, 0, actor), Error);
    EXPECT_THROW(tokens::create(tx, people.requester, "ci", TokenScope::READ, 367, actor), Error);
    EXPECT_NO_THROW(tokens::create(tx, people.requester, "ci", TokenScope::READ, 366, actor));
}

TEST(Token, EndsByRevocationExpiryAndDisabling) {
    TestDb db;
    const auto people = given::people(db);
    const auto a = given::token(db, people.requester);
    const auto b = given::token(db, people.requester);
    const auto c = given::token(db, people.approver);
    const auto id = find_token(db, a)->id;

    auto tx = db.begin();
    EXPECT_FALSE(tokens::revoke(tx, people.approver, id, given::actor(db, people.approver))) << "somebody else's";
    EXPECT_TRUE(tokens::revoke(tx, people.requester, id, given::actor(db, people.requester)));
    EXPECT_FALSE(tokens::revoke(tx, people.requester, id, given::actor(db, people.requester))) << "already";
    tx.commit();
    db.owner().execute("UPDATE api_tokens SET expires_at = now() WHERE id = '" + find_token(db, b)->id.str() + "'");
    db.owner().execute("UPDATE users SET disabled_at = now() WHERE username = 'approver'");

    EXPECT_FALSE(find_token(db, a));
    EXPECT_FALSE(find_token(db, b));
    EXPECT_FALSE(find_token(db, c));
}

TEST(Token, ListSaysWhichOnesWork) {
    TestDb db;
    const auto people = given::people(db);
    const auto dead = given::token(db, people.requester);
    const auto live = given::token(db, people.requester, false);
    auto tx = db.begin();
    tokens::revoke(tx, people.requester, tokens::find(tx, dead)->id, given::actor(db, people.requester));

    const auto all = tokens::list(tx, people.requester);

    ASSERT_EQ(all.size(), 2U);
    for (const auto& token : all) EXPECT_EQ(token.is_live, token.scope == TokenScope::READ);
}

TEST(Token, RemembersItsUseByTheMinute) {
    TestDb db;
    const auto people = given::people(db);
    const auto token = given::token(db, people.requester);
    const auto found = find_token(db, token);
    EXPECT_TRUE(found->is_stale) << "never used";

    auto tx = db.begin();
    tokens::touch(tx, found->id);
    tx.commit();

    EXPECT_FALSE(find_token(db, token)->is_stale);
}

}  // namespace
}  // namespace desk
