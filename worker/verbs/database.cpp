// migrate and audit-verify.
#include <cstdio>

#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/pg/migrate.hpp"
#include "core/store/audit.hpp"
#include "core/store/schema.hpp"
#include "worker/verbs/verbs.hpp"

namespace desk::worker::verbs {
namespace {

/// Beside the program's own directory in an installation, two above it in a build.
fs::path migrations_dir(const Arguments& arguments) {
    if (arguments.has("--dir")) return arguments.value("--dir");
    const auto bin = fs::read_symlink("/proc/self/exe").parent_path();
    for (const auto& candidate : {bin / "../migrations", bin / "../../migrations"})
        if (fs::is_directory(candidate)) return fs::weakly_canonical(candidate);
    throw Usage{"can't find the migrations; name their directory with --dir"};
}

int check(pg::Connection& connection) {
    const int found = pg::schema_version(connection);
    print(cat("the database has ", found, " of ", built_for_schema(), " migrations"));
    return found >= built_for_schema() ? 0 : 1;
}

}  // namespace

int migrate(const Arguments& arguments) {
    arguments.want_words(0, "no words");
    const auto config = arguments.config();
    const auto& url = config.database.owner_url.empty() ? config.database.url : config.database.owner_url;
    pg::Connection connection({.url = url, .application_name = "clusterdesk-migrate", .statement_timeout = {}});
    if (arguments.has("--check")) return check(connection);
    const auto applied = pg::migrate(connection, migrations_dir(arguments));
    for (const auto& name : applied) print(name);
    if (applied.empty()) print("nothing to do");
    return 0;
}

int audit_verify(const Arguments& arguments) {
    arguments.want_words(0, "no words");
    const auto from = arguments.has("--from") ? parse_int(arguments.value("--from")) : 0;
    if (!from || *from < 0) throw Usage{"--from takes the id of an audit row"};
    pg::Database database({.url = arguments.config().database.url, .application_name = "clusterdesk-audit"});
    auto tx = database.begin(pg::Mode::read_only);
    const auto chain = verify_audit(tx, *from);
    if (arguments.has("--json"))
        print(Json{{"rows", chain.rows}, {"brokenAt", chain.broken_at}, {"head", chain.head}}.dump());
    else if (chain.broken_at == 0)
        print(cat("the chain holds: ", chain.rows, " rows, head ", chain.head));
    else
        print(cat("the chain is broken at row ", chain.broken_at, ", after ", chain.rows, " rows that hold"));
    return chain.broken_at == 0 ? 0 : 1;
}

}  // namespace desk::worker::verbs
