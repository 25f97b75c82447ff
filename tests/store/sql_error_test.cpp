// What PostgreSQL refuses: which faults pass by themselves, and what is no COMMIT.
#include "core/pg/error.hpp"

#include <gtest/gtest.h>

#include "tests/support/test_db.hpp"

namespace desk {
namespace {

struct Fault {
    const char* sqlstate;
    const char* name;
    Code code;
};
class SqlFault : public testing::TestWithParam<Fault> {};

TEST_P(SqlFault, IsRepeatedOnlyWhenItPasses) {
    EXPECT_EQ(pg::SqlError(GetParam().sqlstate, "", "", "").code(), GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    Of, SqlFault,
    testing::Values(
        Fault{"08006", "ALostConnection", Code::unavailable}, Fault{"25006", "AStandby", Code::unavailable},
        Fault{"25P03", "AnIdleTransaction", Code::unavailable}, Fault{"53100", "AFullDisk", Code::unavailable},
        Fault{"53300", "TooManyConnections", Code::unavailable}, Fault{"55P03", "ALockNotToBeHad", Code::unavailable},
        Fault{"57014", "AStatementThatTookTooLong", Code::unavailable}, Fault{"57P01", "AShutdown", Code::unavailable},
        Fault{"57P03", "AServerThatStarts", Code::unavailable}, Fault{"58030", "AnIoError", Code::unavailable},
        Fault{"40P01", "ADeadlock", Code::conflict}, Fault{"23505", "ATakenKey", Code::conflict},
        Fault{"23514", "ACheck", Code::internal}, Fault{"25P02", "AFailedTransaction", Code::internal},
        Fault{"42703", "AMissingColumn", Code::internal}),
    [](const auto& info) { return info.param.name; });

TEST(Commit, OfATransactionThatHasFailedIsARefusal) {
    TestDb db;
    auto tx = db.begin();
    EXPECT_THROW(tx.connection().execute("SELECT 1 / 0"), pg::SqlError);

    EXPECT_THROW(tx.commit(), pg::SqlError);
}

TEST(AnswerOfTheServer, IsNotWaitedForLongerThanTheCallerMayWait) {
    TestDb db;
    int asked = 0;
    pg::Connection connection({.url = db.url(), .may_wait = [&] { return ++asked < 2; }});

    EXPECT_THROW(connection.execute("SELECT pg_sleep(60)"), pg::SqlError);

    EXPECT_TRUE(connection.is_broken());
}

}  // namespace
}  // namespace desk
