// The networks of a cluster and the rules that openshift-install holds them to, and some that it forgets.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/model/names.hpp"
#include "core/model/profile.hpp"

namespace desk {

enum class NetworkKind { machine, service, cluster };

/// A rule that one network breaks: the `index`th of its kind.
struct NetworkFault {
    NetworkKind kind;
    std::size_t index;
    std::string message;
};

/// What is wrong with the networks by themselves and together: no IPv4 network, bits behind the prefix, overlaps with
/// each other and with what OVN-Kubernetes uses, a service network too large. Lists that are empty have no faults.
std::vector<NetworkFault> network_faults(const Networking& networking);

/// The only network type that OpenShift installs by itself is OVNKubernetes; the installer takes names it doesn't know.
Broken network_type_fault(std::string_view type);

/// Whether each of `nodes` nodes gets its part of a cluster network, and pods enough on it. (The installer takes 33.)
Broken host_prefix_fault(const ClusterNetwork& network, int nodes);

}  // namespace desk
