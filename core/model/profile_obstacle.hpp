// What this desk can't install, however good the profile that asks for it.
#pragma once

#include <optional>
#include <string>

#include "core/model/profile.hpp"

namespace desk {

/// Why a good profile can't be ordered on a desk with these platforms; nothing when it can.
std::optional<std::string> find_obstacle(const Profile& profile, const Platforms& configured);

}  // namespace desk
