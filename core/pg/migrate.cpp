#include "core/pg/migrate.hpp"

#include <algorithm>
#include <map>

#include "core/base/crypto.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/text.hpp"
#include "core/pg/error.hpp"

namespace desk::pg {
namespace {

constexpr const char* kTable = R"sql(
    CREATE TABLE IF NOT EXISTS schema_migrations (
        version    integer     PRIMARY KEY,
        name       text        NOT NULL,
        sha256     text        NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT clock_timestamp());
    ALTER TABLE schema_migrations ADD COLUMN IF NOT EXISTS breaks_older boolean NOT NULL DEFAULT false;
    GRANT SELECT ON schema_migrations TO PUBLIC)sql";

constexpr const char* kLock = "SELECT pg_advisory_lock(hashtext('clusterdesk.migrate'))";
constexpr const char* kUnlock = "SELECT pg_advisory_unlock(hashtext('clusterdesk.migrate'))";

/// How a migration begins that programs built before it can't live with.
constexpr std::string_view kBreaksOlder = "-- breaks older programs";

struct File {
    int version;
    std::string name, sql, digest;
    bool breaks_older() const { return sql.starts_with(kBreaksOlder); }
};

[[noreturn]] void refuse(const std::string& why) {
    throw Error(Code::internal, "The database can't be migrated: " + why);
}

std::vector<File> files_of(const fs::path& directory) {
    std::vector<File> files;
    for (const auto& entry : fs::directory_iterator(directory)) {
        const std::string name = entry.path().filename();
        if (entry.path().extension() != ".sql") continue;
        const auto number = parse_int(name.substr(0, 4));
        if (!number || name.size() < 10 || name[4] != '_') refuse(name + " is not named like 0001_words.sql.");
        std::string sql = read_file(entry.path());
        std::string digest = sha256_hex(sql);
        files.push_back({static_cast<int>(*number), name, std::move(sql), std::move(digest)});
    }
    std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.name < b.name; });
    for (std::size_t i = 0; i < files.size(); ++i)
        if (files[i].version != static_cast<int>(i) + 1) refuse(files[i].name + " is out of sequence.");
    return files;
}

}  // namespace

int schema_version(Connection& connection) {
    const Rows rows =
        connection.execute("SELECT CASE WHEN to_regclass('schema_migrations') IS NULL THEN 0 ELSE 1 END AS there");
    if (static_cast<int>(rows[0]["there"]) == 0) return 0;
    return connection.execute("SELECT coalesce(max(version), 0) AS version FROM schema_migrations")[0]["version"];
}

int newest_breaking_migration(Connection& connection) {
    return connection.execute(
        "SELECT coalesce(max(version), 0) AS version FROM schema_migrations WHERE breaks_older")[0]["version"];
}

std::vector<std::string> migrate(Connection& connection, const fs::path& directory) {
    const auto files = files_of(directory);
    connection.execute("SET statement_timeout = 0");
    connection.execute(kLock);
    connection.execute(kTable);

    std::map<int, std::pair<std::string, std::string>> applied;
    for (const Row row : connection.execute("SELECT version, name, sha256 FROM schema_migrations"))
        applied[row["version"]] = {row["name"], row["sha256"]};
    for (const auto& [version, record] : applied)
        if (version > static_cast<int>(files.size())) refuse(record.first + " was applied but its file is gone.");

    std::vector<std::string> done;
    for (const auto& file : files) {
        if (const auto known = applied.find(file.version); known != applied.end()) {
            if (known->second.second != file.digest) refuse(file.name + " was applied and has changed since.");
            continue;
        }
        connection.execute("BEGIN");
        try {
            connection.execute(file.sql);
            connection.execute(cat("INSERT INTO schema_migrations (version, name, sha256, breaks_older) VALUES (",
                                   file.version, ", '", file.name, "', '", file.digest, "', ",
                                   file.breaks_older() ? "true" : "false", ")"));
            connection.execute("COMMIT");
        } catch (const SqlError&) {
            connection.execute("ROLLBACK");
            throw;
        }
        done.push_back(file.name);
    }
    connection.execute(kUnlock);
    return done;
}

}  // namespace desk::pg
