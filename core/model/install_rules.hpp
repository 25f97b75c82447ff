// What the install group of a profile may say. Stricter than the installer, which takes much of it and fails an hour
// later, or panics.
#pragma once

#include <string>
#include <vector>

#include "core/model/profile.hpp"

namespace desk {

struct InstallFault {
    std::string path;  ///< "capabilities.baselineCapabilitySet"
    std::string message;
};

/// `versions`: those that may be ordered; what is newer than the oldest of them would not be known to it.
std::vector<InstallFault> install_faults(const Install& install, Platform platform,
                                         const std::vector<std::string>& versions);

}  // namespace desk
