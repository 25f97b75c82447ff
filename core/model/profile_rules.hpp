// The rules of a profile that go beyond one key: what contradicts itself, and what no installer takes.
#pragma once

#include "core/base/yaml_bind.hpp"
#include "core/model/profile.hpp"

namespace desk {

/// Adds a fault for every broken rule. Groups that could not be read are left out: their rules would only repeat that.
void check_profile(const Profile& profile, const Yaml& root, YamlBinder& binder);

}  // namespace desk
