// A program and a database of another version: what may work together, so that hosts are upgraded one by one.
#include "core/store/schema.hpp"

#include <gmock/gmock.h>

#include "core/base/file.hpp"
#include "core/base/text.hpp"
#include "core/pg/migrate.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/test_db.hpp"

namespace desk {
namespace {

using testing::HasSubstr;

std::string refusal_of(TestDb& db) {
    try {
        check_schema(db.desk());
        return {};
    } catch (const Error& error) {
        return error.for_user();
    }
}

class OtherVersion : public testing::Test {
  protected:
    OtherVersion() {
        fs::copy(DESK_SOURCE_DIR "/migrations", dir_ / "migrations");
        // start-up refuses the tests' clock
        db_.owner().execute(
            "CREATE OR REPLACE FUNCTION desk_now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT now()'");
    }

    /// A later version of the desk comes, with one more migration.
    void migrate_with(const std::string& sql) {
        const auto number = std::to_string(++newest_);
        replace_file(dir_ / "migrations" / (std::string(4 - number.size(), '0') + number + "_of_the_future.sql"), sql);
        pg::migrate(db_.owner(), dir_ / "migrations");
    }
    std::string refusal() { return refusal_of(db_); }

    TestDb db_;

  private:
    TempDir dir_;
    int newest_ = built_for_schema();
};

TEST_F(OtherVersion, OfTheDatabaseIsFineWhenLaterMigrationsOnlyAdd) {
    migrate_with("ALTER TABLE teams ADD COLUMN colour text;\n");
    migrate_with("CREATE TABLE colours (name text);\n");

    EXPECT_EQ(refusal(), "");
}

TEST_F(OtherVersion, OfTheDatabaseIsRefusedWhenALaterMigrationBreaksOlderPrograms) {
    migrate_with("-- breaks older programs: teams have another key\nALTER TABLE teams RENAME TO groups;\n");
    migrate_with("CREATE TABLE colours (name text);\n");

    EXPECT_THAT(refusal(), HasSubstr("can't live with the later ones"));
    EXPECT_THAT(refusal(), HasSubstr(cat("this program knows ", built_for_schema())));
}

TEST_F(OtherVersion, OfTheDatabaseIsRefusedWhenMigrationsAreMissing) {
    db_.owner().execute(cat("DELETE FROM schema_migrations WHERE version = ", built_for_schema()));

    EXPECT_THAT(refusal(), HasSubstr("run `clusterdesk-worker migrate` first"));
}

TEST_F(OtherVersion, OfTheDatabaseIsFineForProgramsThatKnowWhatBroke) {
    migrate_with("CREATE TABLE colours (name text);\n");
    db_.owner().execute("UPDATE schema_migrations SET breaks_older = true WHERE version = 1");

    EXPECT_EQ(refusal(), "");
}

TEST(Clock, OfTheDatabaseIsRefusedWhenItIsNotTheOneOfTheMigrations) {
    TestDb db;

    EXPECT_EQ(refusal_of(db).find("desk_now() in this database is not"), 0U) << "the tests' own clock";
}

}  // namespace
}  // namespace desk
