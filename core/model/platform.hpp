// Which kinds of clusters a profile may name, and where this desk can make them.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/base/enum.hpp"
#include "core/base/result.hpp"
#include "core/model/cluster.hpp"

namespace desk {

/// `openshift` is installed by the desk; the others are managed by a provider.
DESK_ENUM(ClusterType, openshift, rosa, eks, iks, gke, aro, aks, doks);

/// The platforms this desk has credentials and an installer for; from its configuration.
using Platforms = std::set<Platform>;

/// Whether a cluster of this platform has an API of its own that the desk can ask: those of platform demo only seem to
/// be there.
constexpr bool has_api(Platform platform) { return platform != Platform::demo; }

/// Whether the desk can stop and start a cluster's machines.
constexpr bool has_power_switch(Platform platform) { return platform == Platform::demo || platform == Platform::aws; }

/// The platforms with these names; else a sentence that tells the first unknown one.
Result<Platforms, std::string> parse_platforms(const std::vector<std::string>& names);

}  // namespace desk
