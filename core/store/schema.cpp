#include "core/store/schema.hpp"

#include "core/base/text.hpp"
#include "core/pg/migrate.hpp"

namespace desk {
namespace {

// As 0001_people.sql makes it; a deadline must not depend on anything else.
const pg::Statement kClock{"schema_clock", R"sql(
    SELECT count(*) = 1 AS is_ours
      FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
     WHERE p.oid = to_regprocedure('desk_now()') AND l.lanname = 'sql' AND p.provolatile = 's'
       AND p.prosrc = 'SELECT now()' AND p.proconfig IS NULL)sql"};

}  // namespace

int built_for_schema() { return DESK_SCHEMA_VERSION; }

void check_schema(pg::Database& db) {
    auto tx = db.begin(pg::Mode::read_only);
    const int found = pg::schema_version(tx.connection());
    if (found < built_for_schema())
        throw Error(Code::internal, cat("The database has ", found, " of ", built_for_schema(),
                                        " migrations: run `clusterdesk-worker migrate` first."));
    if (found > built_for_schema() && pg::newest_breaking_migration(tx.connection()) > built_for_schema())
        throw Error(Code::internal,
                    cat("The database has ", found, " migrations, this program knows ", built_for_schema(),
                        " and can't live with the later ones: install the version that migrated it."));
    if (!static_cast<bool>(tx.run(kClock)[0]["is_ours"]))
        throw Error(
            Code::internal,
            "desk_now() in this database is not the function of the migrations: its deadlines can't be trusted.");
}

}  // namespace desk
