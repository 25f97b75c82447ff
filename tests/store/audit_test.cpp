// Law 7 and the chain: an action and its audit row are one transaction, and no row is ever changed.
#include "core/store/audit.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "tests/support/test_db.hpp"

namespace desk {
namespace {

void append(TestDb& db, const std::string& action) {
    auto tx = db.begin();
    audit(tx, Actor::desk("test"),
          {.action = action, .target = "clu_x", .team = {}, .before = nullptr, .after = {{"n", 1}}});
    tx.commit();
}

TEST(Audit, ChainsEveryRowToTheOneBefore) {
    TestDb db;

    for (const auto* action : {"a", "b", "c"}) append(db, action);

    auto tx = db.begin(pg::Mode::read_only);
    const ChainState state = verify_audit(tx);
    EXPECT_EQ(state.rows, 3);
    EXPECT_EQ(state.broken_at, 0);
    EXPECT_EQ(state.head, db.value("SELECT hash FROM audit_events ORDER BY id DESC LIMIT 1"));
}

TEST(Audit, DoesNotForkWhenManyWriteAtOnce) {
    TestDb db;
    constexpr int kThreads = 4;
    constexpr int kEach = 10;

    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < kEach; ++i) append(db, "race");
        });
    for (auto& thread : threads) thread.join();

    auto tx = db.begin(pg::Mode::read_only);
    const ChainState state = verify_audit(tx);
    EXPECT_EQ(state.rows, kThreads * kEach);
    EXPECT_EQ(state.broken_at, 0);
}

TEST(Audit, GoesWithItsTransaction) {
    TestDb db;
    {
        auto tx = db.begin();
        audit(tx, Actor::desk("test"), {.action = "undone", .target = "clu_x"});
    }

    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events"), 0);
}

TEST(Audit, FindsTheRowThatWasTamperedWith) {
    TestDb db;
    for (const auto* action : {"a", "b", "c"}) append(db, action);

    db.owner().execute("ALTER TABLE audit_events DISABLE TRIGGER ALL");
    db.owner().execute("UPDATE audit_events SET actor_name = 'somebody else' WHERE action = 'b'");

    auto tx = db.begin(pg::Mode::read_only);
    EXPECT_EQ(std::to_string(verify_audit(tx).broken_at), db.value("SELECT id FROM audit_events WHERE action = 'b'"));
}

TEST(Audit, FindsTheRowThatWasRemoved) {
    TestDb db;
    for (const auto* action : {"a", "b", "c"}) append(db, action);

    db.owner().execute("ALTER TABLE audit_events DISABLE TRIGGER ALL");
    db.owner().execute("DELETE FROM audit_events WHERE action = 'b'");

    auto tx = db.begin(pg::Mode::read_only);
    EXPECT_EQ(std::to_string(verify_audit(tx).broken_at), db.value("SELECT id FROM audit_events WHERE action = 'c'"));
}

TEST(Audit, RefusesChangesFromTheDeskAndFromItsOwner) {
    TestDb db;
    append(db, "a");

    for (const char* sql :
         {"UPDATE audit_events SET action = 'b'", "DELETE FROM audit_events", "TRUNCATE audit_events"}) {
        EXPECT_THROW(db.begin().connection().execute(sql), pg::SqlError) << sql;
        EXPECT_THROW(db.owner().execute(sql), pg::SqlError) << sql;
    }
    EXPECT_EQ(db.value("SELECT action FROM audit_events"), "a");
}

}  // namespace
}  // namespace desk
