// The checks that an attempt made: before it created anything, or of a cluster that runs.
#pragma once

#include <vector>

#include "core/base/id.hpp"
#include "core/base/time.hpp"
#include "core/model/check.hpp"
#include "core/pg/transaction.hpp"

namespace desk::checks {

/// When checks were made, by the database's clock.
struct When {
    Time at = {};
    seconds since_start{};  ///< of the attempt
};
/// These in place of those that the attempt made before. Expects the caller's fence, as runs:: does.
When replace(pg::Transaction& tx, const JobId& job, int attempt, const std::vector<Check>& checks);

struct Made {
    Check check = {};  ///< without class and turn
    Time at = {};
};
/// Those of the newest attempt of `job` that made any, in their order.
std::vector<Made> newest(pg::Transaction& tx, const JobId& job);

}  // namespace desk::checks
