// The rules of a profile that go beyond one key: what contradicts itself, and what the desk can't install.
#pragma once

#include <optional>
#include <string>

#include "core/base/yaml_bind.hpp"
#include "core/model/profile.hpp"

namespace desk {

/// Adds a fault for every broken rule. Groups that could not be read are left out: their rules would only repeat that.
void check_profile(const Profile& profile, const Yaml& root, YamlBinder& binder);

/// Why a good profile can't be ordered on a desk with these platforms; nothing when it can.
std::optional<std::string> find_obstacle(const Profile& profile, const Platforms& configured);

}  // namespace desk
