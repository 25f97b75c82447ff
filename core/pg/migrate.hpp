// Applies migrations/NNNN_name.sql, forward only, each once.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/pg/connection.hpp"

namespace desk::pg {

/// Applies what is missing, in order, each file in a transaction, under an advisory lock. Returns the names applied.
/// A file whose first line is "-- breaks older programs: why" is remembered as such: see newest_breaking_migration.
/// Throws Error{internal} when a file that was applied has changed or is gone, or the numbers have a gap.
std::vector<std::string> migrate(Connection& connection, const std::filesystem::path& directory);

/// The number of the newest applied migration; 0 in an empty database.
int schema_version(Connection& connection);

/// The number of the newest migration that programs built before it can't live with; 0 = there is none. The database
/// must have been migrated by a program that knows such migrations.
int newest_breaking_migration(Connection& connection);

}  // namespace desk::pg
