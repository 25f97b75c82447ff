// Transactions that only read: one for each round trip, READ ONLY, on connections that may have died.
#include <gtest/gtest.h>

#include "tests/support/test_db.hpp"
#include "tests/support/wait.hpp"

namespace desk {
namespace {

const pg::Statement kPid{"reading_test_pid", "SELECT pg_backend_pid() AS pid, 'x' AS x"};
const pg::Statement kIsReadOnly{"reading_test_is_read_only", "SELECT current_setting('transaction_read_only') AS it"};
const pg::Statement kDivide{"reading_test_divide", "SELECT 1 / $1::int AS it"};

class Reading : public testing::Test {
  protected:
    static std::string pid_of(pg::Transaction& tx) { return tx.run(kPid)[0]["pid"]; }
    /// The backend is gone when it returns.
    void end(const std::string& pid) {
        db.owner().execute("SELECT pg_terminate_backend(" + pid + ")");
        ASSERT_TRUE(
            eventually([&] { return db.value("SELECT count(*) FROM pg_stat_activity WHERE pid = " + pid) == "0"; }));
    }

    TestDb db;
    pg::Database pool{{.url = db.url(), .connections = 1}};
};

TEST_F(Reading, IsReadOnlyFromItsFirstStatementOn) {
    auto tx = pool.begin(pg::Mode::read_only);

    EXPECT_EQ(std::string(tx.run(kIsReadOnly)[0]["it"]), "on");
    EXPECT_EQ(std::string(tx.run(kIsReadOnly)[0]["it"]), "on");
}

TEST_F(Reading, IsReadOnlyAlsoForABatchAndForPlainText) {
    {
        auto tx = pool.begin(pg::Mode::read_only);
        auto batch = tx.batch();
        const auto at = batch.add(kIsReadOnly);
        EXPECT_EQ(std::string(batch.run()[at][0]["it"]), "on");
    }
    auto tx = pool.begin(pg::Mode::read_only);

    EXPECT_THROW(tx.connection().execute("CREATE TABLE t ()"), pg::SqlError);
}

TEST_F(Reading, EndsBeforeTheNextOneWrites) {
    { pool.begin(pg::Mode::read_only).run(kPid); }

    auto tx = pool.begin();

    EXPECT_EQ(std::string(tx.run(kIsReadOnly)[0]["it"]), "off");
}

TEST_F(Reading, LeavesNoTransactionOpen) {
    const std::string pid = [&] {
        auto tx = pool.begin(pg::Mode::read_only);
        return pid_of(tx);
    }();

    EXPECT_TRUE(
        eventually([&] { return db.value("SELECT state FROM pg_stat_activity WHERE pid = " + pid) == "idle"; }));
}

TEST_F(Reading, ThatFailsLeavesTheConnectionForTheNextOne) {
    {
        auto tx = pool.begin(pg::Mode::read_only);
        EXPECT_THROW(tx.run(kDivide, 0), pg::SqlError);
    }
    auto tx = pool.begin(pg::Mode::read_only);

    EXPECT_EQ(int(tx.run(kDivide, 1)[0]["it"]), 1);
}

TEST_F(Reading, OfNothingEndsToo) {
    { auto tx = pool.begin(pg::Mode::read_only); }
    { pool.begin(pg::Mode::read_only).commit(); }

    EXPECT_TRUE(pool.is_reachable());
}

TEST_F(Reading, SurvivesThatItsConnectionDiedWhileItWasIdle) {
    std::string dead;
    {
        auto tx = pool.begin(pg::Mode::read_only);
        dead = pid_of(tx);
    }
    end(dead);

    auto tx = pool.begin(pg::Mode::read_only);

    EXPECT_NE(pid_of(tx), dead);
}

TEST_F(Reading, FailsWhenItsConnectionDiesInBetween) {
    {
        auto tx = pool.begin(pg::Mode::read_only);
        end(pid_of(tx));

        EXPECT_THROW(tx.run(kPid), pg::SqlError);
    }
    EXPECT_TRUE(pool.is_reachable()) << "by a connection of its own";
}

TEST_F(Reading, FindsEachColumnByItsNameHoweverItIsSpelt) {
    auto tx = pool.begin(pg::Mode::read_only);
    const pg::Rows rows = tx.run(kPid);
    std::string name = "x";

    EXPECT_EQ(rows[0][name.c_str()].view(), "x");
    name = "pid";  // another name at the same address

    EXPECT_NE(rows[0][name.c_str()].view(), "x");
    EXPECT_THROW(rows[0]["y"], Error);
}

}  // namespace
}  // namespace desk
