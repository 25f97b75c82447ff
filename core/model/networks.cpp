#include "core/model/networks.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/model/cidr.hpp"

namespace desk {
namespace {

/// Used by OVN-Kubernetes inside every cluster.
constexpr std::array<std::string_view, 3> kOvnNetworks = {"100.64.0.0/16", "100.88.0.0/16", "169.254.0.0/17"};
constexpr std::array<std::string_view, 3> kKinds = {"machine", "service", "cluster"};

/// Networks as they are added, one after the other.
class Networks {
  public:
    std::vector<NetworkFault> faults;

    void add(NetworkKind kind, std::size_t index, const std::string& text) {
        const auto fault = [&](std::string message) { faults.push_back({kind, index, std::move(message)}); };
        const auto cidr = Cidr::parse(text);
        if (!cidr) return fault(cat('"', text, "\" is not an IPv4 network such as 10.0.0.0/16."));
        if (cidr->has_host_bits())
            return fault(cat(text, " has bits behind its prefix; write ", cidr->network().str(), '.'));
        for (const auto reserved : kOvnNetworks)
            if (cidr->overlaps(*Cidr::parse(reserved)))
                fault(cat(text, " overlaps ", reserved, ", which OVN-Kubernetes uses itself."));
        for (const auto& other : placed_)
            if (cidr->overlaps(other.cidr))
                fault(cat(text, " overlaps the ", kKinds[static_cast<std::size_t>(other.kind)], " network ",
                          other.cidr.str(), '.'));
        if (kind == NetworkKind::service && cidr->prefix < 12) fault("must be /12 or smaller.");
        placed_.push_back({kind, *cidr});
    }

  private:
    struct Placed {
        NetworkKind kind;
        Cidr cidr;
    };
    std::vector<Placed> placed_;
};

}  // namespace

std::vector<NetworkFault> network_faults(const Networking& networking) {
    Networks networks;
    for (std::size_t i = 0; i < networking.machine_network.size(); ++i)
        networks.add(NetworkKind::machine, i, networking.machine_network[i].cidr);
    for (std::size_t i = 0; i < networking.service_network.size(); ++i)
        networks.add(NetworkKind::service, i, networking.service_network[i]);
    for (std::size_t i = 0; i < networking.cluster_networks.size(); ++i)
        networks.add(NetworkKind::cluster, i, networking.cluster_networks[i].cidr);
    return std::move(networks.faults);
}

Broken network_type_fault(std::string_view type) {
    if (lower(type) == "ovnkubernetes") return std::nullopt;
    return "must be OVNKubernetes, the only one that OpenShift installs by itself.";
}

Broken host_prefix_fault(const ClusterNetwork& network, int nodes) {
    const auto cidr = Cidr::parse(network.cidr);
    if (!cidr) return std::nullopt;
    constexpr int kLongest = 28;  // 14 pods; a node runs more than that by itself
    if (network.host_prefix < cidr->prefix || network.host_prefix > kLongest)
        return cat("is ", network.host_prefix, "; it must be from the network's own prefix (", cidr->prefix, ") to ",
                   kLongest, '.');
    const int bits = std::min(network.host_prefix - cidr->prefix, 20);
    if ((1 << bits) >= nodes) return std::nullopt;
    return cat("leaves room for ", 1 << bits, " nodes; this cluster may have ", nodes, '.');
}

}  // namespace desk
