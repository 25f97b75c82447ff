#include "worker/health.hpp"

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk::worker {
namespace {

constexpr const char* kLookYourself = "Look at it with the kubeconfig of the cluster.";

std::string named(const std::string& name, const std::string& reason) {
    return reason.empty() ? name : cat(name, " (", reason, ')');
}

Check of_nodes(const std::vector<kube::Node>& nodes) {
    std::vector<std::string> bad;
    int control_planes = 0;
    for (const auto& node : nodes) {
        if (!node.is_ready) bad.push_back(named(node.name, node.reason));
        control_planes += node.is_control_plane ? 1 : 0;
    }
    if (nodes.empty())
        return Check::fail("nodes", "The cluster has no nodes.", kLookYourself, FailureClass::cloud, Turn::REQUESTER);
    if (!bad.empty())
        return Check::fail("nodes",
                           cat(bad.size(), " of ", nodes.size(), " nodes are not ready: ", join(bad, ", "), '.'),
                           kLookYourself, FailureClass::cloud, Turn::REQUESTER);
    return Check::pass("nodes",
                       cat("All ", nodes.size(), " nodes are ready, ", control_planes, " of them control plane."));
}

Check of_operators(const std::vector<kube::Operator>& operators) {
    std::vector<std::string> bad, busy;
    for (const auto& one : operators) {
        if (!one.is_available || one.is_degraded)
            bad.push_back(named(one.name, one.reason));
        else if (one.is_progressing)
            busy.push_back(named(one.name, one.reason));
    }
    if (operators.empty())
        return Check::fail("operators", "The cluster tells of no operators.", kLookYourself, FailureClass::cloud,
                           Turn::REQUESTER);
    if (!bad.empty())
        return Check::fail("operators",
                           cat(bad.size(), " of ", operators.size(),
                               " operators are not available, or degraded: ", join(bad, ", "), '.'),
                           kLookYourself, FailureClass::cloud, Turn::REQUESTER);
    if (!busy.empty())
        return Check::warn("operators", cat("Operators that are still busy: ", join(busy, ", "), '.'),
                           "Look again in a few minutes.");
    return Check::pass("operators", cat("All ", operators.size(), " operators are available, none is degraded."));
}

Check of_version(const std::string& version, const std::string& ordered) {
    if (version == ordered) return Check::pass("version", cat("It runs ", version, ", as ordered."));
    return Check::warn("version", cat("It runs ", version, "; ", ordered, " was ordered."),
                       "Somebody has updated it; nothing is to be done if that was meant.");
}

}  // namespace

std::vector<Check> health_of(const std::vector<kube::Node>& nodes, const std::vector<kube::Operator>& operators,
                             const std::string& version, const std::string& ordered_version) {
    return {of_nodes(nodes), of_operators(operators), of_version(version, ordered_version)};
}

std::vector<Check> ask_health(kube::Api& api, const std::string& ordered_version) {
    try {
        return health_of(api.nodes(), api.operators(), api.version(), ordered_version);
    } catch (const Error& error) {
        return {Check::fail("api", cat("The cluster's API can't be asked. ", error.for_user()),
                            "Try again; if it stays so, its control plane or the way to it is broken.",
                            FailureClass::transient, Turn::REQUESTER)};
    }
}

}  // namespace desk::worker
