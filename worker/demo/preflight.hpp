// What `create cluster` checks in the cloud before it creates anything there.
#pragma once

#include "worker/demo/cluster.hpp"
#include "worker/demo/run.hpp"

namespace desk::demo {

/// Throws Stop (exit 1): the domain's records exist, or a quota of DEMO_CLOUD/limits has not enough left.
void check_cloud(Run& run, const Cluster& cluster);

/// True when the cloud would refuse one more network for `cluster`, which only shows once it is tried.
bool is_network_refused(Run& run, const Cluster& cluster);

}  // namespace desk::demo
