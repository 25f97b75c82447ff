// How installs went so far, for pages that show many profiles at once.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/pg/transaction.hpp"
#include "core/store/jobs.hpp"

namespace desk::history {

struct Profile {
    std::optional<jobs::Estimate> install_time = {};  ///< nothing under 5 samples
    std::vector<bool> last_results = {};              ///< of the last ten creates, newest first (true = succeeded)
    int lately = 0;                                   ///< creates that ended within the last 90 days
};

/// By profile; of the last 30 closed creates of each. A profile that was never installed is not in it. One query.
std::map<std::string, Profile> of_profiles(pg::Transaction& tx);

}  // namespace desk::history
