// What PostgreSQL refuses: which faults pass by themselves, and what is no COMMIT.
#include "core/pg/error.hpp"

#include <gtest/gtest.h>

#include "tests/support/test_db.hpp"

namespace desk {
namespace {

struct ServerFault {
    const char* sqlstate;
    const char* name;
    Code code;
};
class SqlFault : public testing::TestWithParam<ServerFault> {};

TEST_P(SqlFault, IsRepeatedOnlyWhenItPasses) {
    EXPECT_EQ(pg::SqlError(GetParam().sqlstate, "", "", "").code(), GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(Of, SqlFault,
                         testing::Values(ServerFault{"08006", "ALostConnection", Code::unavailable},
                                         ServerFault{"25006", "AStandby", Code::unavailable},
                                         ServerFault{"25P03", "AnIdleTransaction", Code::unavailable},
                                         ServerFault{"53100", "AFullDisk", Code::unavailable},
                                         ServerFault{"53300", "TooManyConnections", Code::unavailable},
                                         ServerFault{"55P03", "ALockNotToBeHad", Code::unavailable},
                                         ServerFault{"57014", "AStatementThatTookTooLong", Code::unavailable},
                                         ServerFault{"57P01", "AShutdown", Code::unavailable},
                                         ServerFault{"57P03", "AServerThatStarts", Code::unavailable},
                                         ServerFault{"58030", "AnIoError", Code::unavailable},
                                         ServerFault{"40P01", "ADeadlock", Code::conflict},
                                         ServerFault{"23505", "ATakenKey", Code::conflict},
                                         ServerFault{"23514", "ACheck", Code::internal},
                                         ServerFault{"25P02", "AFailedTransaction", Code::internal},
                                         ServerFault{"42703", "AMissingColumn", Code::internal}),
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
