// Rate limits, counted in the database, so that they hold over all processes.
#pragma once

#include <optional>
#include <string>

#include "core/base/id.hpp"
#include "core/base/time.hpp"
#include "core/pg/transaction.hpp"

namespace desk::limits {

inline constexpr int kCallsPerMinute = 100;  ///< of the API, per principal
inline constexpr int kCreatesPerHour = 10;   ///< orders of new clusters, per team

/// Counts a call; when it is one too many, how long to wait.
std::optional<seconds> count_call(pg::Transaction& tx, const UserId& principal);

/// How long `team` has to wait before its next order; nothing when it may order now.
std::optional<seconds> wait_for_create(pg::Transaction& tx, const std::string& team);

}  // namespace desk::limits
