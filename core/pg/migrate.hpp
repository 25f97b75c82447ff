// Applies migrations/NNNN_name.sql, forward only, each once.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/pg/connection.hpp"

namespace desk::pg {

/// Applies what is missing, in order, each file in a transaction, under an advisory lock. Returns the names applied.
/// Throws Error{internal} when a file that was applied has changed or is gone, or the numbers have a gap.
std::vector<std::string> migrate(Connection& connection, const std::filesystem::path& directory);

/// The number of the newest applied migration; 0 in an empty database.
int schema_version(Connection& connection);

}  // namespace desk::pg
