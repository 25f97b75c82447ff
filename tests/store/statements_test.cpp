// Every statement of the desk, against the schema of the migrations and with the rights of the desk's role.
#include "core/pg/statement.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

#include "tests/support/test_db.hpp"

namespace desk {
namespace {

/// Those of core/store; the builders of tests (given_*) are written by the superuser.
std::vector<const pg::Statement*> statements_of_the_desk() {
    std::vector<const pg::Statement*> found;
    for (const auto* statement : pg::Statement::all())
        if (!std::string_view(statement->name()).starts_with("given_")) found.push_back(statement);
    return found;
}

/// "EXECUTE name(NULL, NULL)" for a statement that this session has prepared.
std::string call_with_nulls(pg::Connection& connection, const std::string& name) {
    const int parameters = connection.execute(
        "SELECT coalesce(cardinality(parameter_types), 0) AS count "
        "FROM pg_prepared_statements WHERE name = '" +
        name + "'")[0]["count"];
    std::string call = "EXECUTE " + name;
    for (int i = 0; i < parameters; ++i) call += i == 0 ? "(NULL" : ", NULL";
    return parameters == 0 ? call : call + ")";
}

TEST(Statements, HaveNamesOfTheirOwn) {
    std::set<std::string> names;

    for (const auto* statement : pg::Statement::all())
        EXPECT_TRUE(names.insert(statement->name()).second) << statement->name() << " comes twice";

    EXPECT_GE(names.size(), 100U);
}

TEST(Statements, ArePreparedAndAllowedForTheDesksRole) {
    TestDb db;
    pg::Connection desk({.url = db.url()});
    desk.execute("SET plan_cache_mode = force_generic_plan");

    for (const auto* statement : statements_of_the_desk()) {
        const std::string name = statement->name();
        try {
            desk.execute("PREPARE " + name + " AS " + statement->sql());
            // EXPLAIN checks the rights on every table and column as running would, and changes nothing
            desk.execute("EXPLAIN " + call_with_nulls(desk, name));
        } catch (const Error& error) {
            ADD_FAILURE() << name << ": " << error.for_log();
        }
    }
}

TEST(Statements, OfAnotherTableAreRefusedByThatCheck) {
    TestDb db;
    db.owner().execute("CREATE TABLE not_ours (x integer)");
    pg::Connection desk({.url = db.url()});

    desk.execute("PREPARE foreign_read AS SELECT x FROM not_ours");

    EXPECT_THROW(desk.execute("EXPLAIN EXECUTE foreign_read"), pg::SqlError);
}

}  // namespace
}  // namespace desk
