// A cluster's own API, asked with the kubeconfig that its installer left.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/http_client.hpp"
#include "core/base/json.hpp"
#include "core/base/secret.hpp"

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
    std::string reason = {};  ///< why it is not, as the cluster says

    bool operator==(const Node&) const = default;
};

/// An operator of the cluster (ClusterOperator of config.openshift.io).
struct Operator {
    std::string name = {};
    bool is_available = false, is_degraded = false, is_progressing = false;
    std::string reason = {};  ///< of the first of these that is not as it should be

    bool operator==(const Operator&) const = default;
};

/// Everything below throws Error{unavailable} when the API does not answer, or answers with another status than 200.
class Api {
  public:
    Api(HttpTransport& transport, Access access);

    /// "4.20.3", as the cluster itself wants to be.
    std::string version();
    std::vector<Node> nodes();
    std::vector<Operator> operators();
    /// Approves what kubelets have asked for since their certificates ran out: requests for the two signers of
    /// kubelets, made by the machines' bootstrap account or by a node that the cluster knows, for that node. How many.
    int approve_kubelets();

  private:
    Json get(const std::string& path);
    void put(const std::string& path, const Json& body);
    /// Every item of a list, page by page.
    std::vector<Json> list(const std::string& path);

    HttpTransport& transport_;
    Access access_;
};

}  // namespace desk::kube
