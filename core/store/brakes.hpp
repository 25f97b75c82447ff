// Brakes: switches that an admin pulls to stop the desk from doing something.
#pragma once

#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/brake.hpp"
#include "core/pg/transaction.hpp"
#include "core/store/audit.hpp"

namespace desk::brakes {

inline constexpr std::size_t kLongestReason = 500;  ///< bytes

struct Pulled {
    Brake brake = Brake::READ_ONLY;
    std::string reason = {};
    std::string by_name = {};
    Time since = {};
};

/// Those that are pulled, by name.
std::vector<Pulled> all(pg::Transaction& tx);
bool is_pulled(pg::Transaction& tx, Brake brake);

/// With its audit row. Pulling a pulled brake replaces its reason.
void pull(pg::Transaction& tx, Brake brake, const std::string& reason, const UserId& by, const Actor& actor);
/// With its audit row; releasing a brake that is not pulled changes nothing.
void release(pg::Transaction& tx, Brake brake, const Actor& actor);

}  // namespace desk::brakes
