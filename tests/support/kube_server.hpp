// A cluster's API for tests: https with client certificates, pages and versions as Kubernetes has them
// (kube_server.py). Empty at its beginning.
#pragma once

#include <string>

#include "core/base/http_client.hpp"
#include "core/base/json.hpp"
#include "core/cloud/kubernetes.hpp"
#include "tests/support/python_server.hpp"
#include "tests/support/temp_dir.hpp"

namespace desk {

class KubeServer {
  public:
    std::string url() const { return access().server; }
    std::string kubeconfig() const;
    kube::Access access() const { return kube::parse_kubeconfig(kubeconfig()); }
    /// Somebody with a certificate of another authority.
    TlsIdentity stranger() const;

    /// Last heard of an hour ago; from now on its kubelet tells that it is there, unless it waits for a certificate.
    void add_node(const std::string& name, bool is_ready, const std::string& role = "worker");
    void add_operator(const std::string& name, bool is_degraded = false);
    void set_version(const std::string& version);
    /// A request that a kubelet makes when its certificates ran out: the first of a node, by the bootstrap account.
    void add_request_of(const std::string& node);
    void add_machine_set(const std::string& name, int replicas);
    /// Just before the next patch somebody else changes the object.
    void interfere();

    /// What the set is told to have.
    int replicas(const std::string& machine_set);
    /// How many nodes there are.
    int nodes();

  private:
    Json ask(const std::string& method, const std::string& path, const Json& body = nullptr);
    void put(const std::string& path, const Json& object) { ask("PUT", "/test/objects", {{path, object}}); }

    TempDir dir_;
    PythonServer server_{"kube_server.py", dir_.path(), {dir_.path().string()}};
};

}  // namespace desk
