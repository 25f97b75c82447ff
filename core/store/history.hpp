// How installs went so far, for pages that show many profiles at once.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/model/profile.hpp"
#include "core/pg/transaction.hpp"
#include "core/store/jobs.hpp"

namespace desk::history {

struct Profile {
    std::optional<jobs::Estimate> install_time = {};  ///< nothing under 5 samples
    std::vector<bool> last_results = {};              ///< of the last ten creates, newest first (true = succeeded)
    int lately = 0;                                   ///< orders of the last 90 days that were installed, or failed
};

/// By name; of the 30 clusters of each that were ordered last and whose create is over. One query.
std::map<std::string, Profile> of_profiles(pg::Transaction& tx, const std::vector<const desk::Profile*>& profiles);

}  // namespace desk::history
