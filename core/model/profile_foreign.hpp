// The keys of platforms that the desk can read but not install yet.
#pragma once

#include "core/base/yaml_bind.hpp"

namespace desk {

/// Checks platformConfig.{rosa,eks,gcp,gke,azure,aro,aks} of a profile: every key known, every value of its type.
void check_foreign_config(const Yaml& root, YamlBinder& binder);

}  // namespace desk
