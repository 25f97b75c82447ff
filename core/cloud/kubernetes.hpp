// A cluster's own API, asked with the kubeconfig that its installer left.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/http_client.hpp"
#include "core/base/json.hpp"
#include "core/base/secret.hpp"
#include "core/base/time.hpp"

namespace desk::kube {

/// What the current context of a kubeconfig says.
struct Access {
    std::string server = {};  ///< "https://api.demo1.example.com:6443"
    TlsIdentity identity = {};
};

/// Reads `certificate-authority-data`, `client-certificate-data` and `client-key-data` of the current context. Throws
/// Error{invalid} for a text that is no kubeconfig, or one without them; the error's text holds nothing of it.
Access parse_kubeconfig(std::string_view text);

struct Node {
    std::string name = {};
    bool is_control_plane = false;
    bool is_ready = false;
    std::string reason = {};                  ///< why it is not, as the cluster says
    std::vector<std::string> addresses = {};  ///< names and IP addresses
    std::optional<Time> heard_of = {};        ///< when its kubelet last said whether it is ready, by its own clock

    bool operator==(const Node&) const = default;
};

/// An operator of the cluster (ClusterOperator of config.openshift.io).
struct Operator {
    std::string name = {};
    bool is_available = false, is_degraded = false, is_progressing = false;
    std::string reason = {};  ///< of the first of these that is not as it should be

    bool operator==(const Operator&) const = default;
};

/// Machines of a kind that the cluster makes and deletes by itself, mostly one set for each zone (MachineSet of
/// machine.openshift.io).
struct MachineSet {
    std::string name = {};
    int wanted = 0;            ///< machines it is told to have
    int there = 0, ready = 0;  ///< machines it has; those whose nodes are Ready
    bool is_current = false;   ///< the last two answer to `wanted`, not to a number before
    std::string version = {};  ///< of the object as it was read

    bool is_settled() const { return is_current && there == wanted && ready == wanted; }
    bool operator==(const MachineSet&) const = default;
};

/// Everything below throws Error{unavailable} when the API does not answer, or answers with another status than 200.
class Api {
  public:
    Api(HttpTransport& transport, Access access);

    /// "4.20.3", as the cluster itself wants to be.
    std::string version();
    std::vector<Node> nodes();
    std::vector<Operator> operators();
    /// Approves what kubelets have asked for since their certificates ran out. How many. Each has to be for a node that
    /// the cluster knows, with what its signer takes
    /// (https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#kubernetes-signers): a
    /// client certificate without further names, asked for by the machines' bootstrap account or by the node itself, or
    /// a serving one for addresses of the node, asked for by itself.
    int approve_kubelets();
    /// Those whose names begin so, by name: the installer calls its own "<infraID>-worker-<zone>".
    std::vector<MachineSet> machine_sets(std::string_view prefix);
    /// Throws Error{conflict} when somebody has changed the set since it was read.
    void set_replicas(const MachineSet& set, int replicas);

  private:
    Json get(const std::string& path);
    void put(const std::string& path, const Json& body);
    /// Every item of a list, page by page.
    std::vector<Json> list(const std::string& path);

    HttpTransport& transport_;
    Access access_;
};

}  // namespace desk::kube
