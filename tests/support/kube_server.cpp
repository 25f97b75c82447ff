#include "tests/support/kube_server.hpp"

#include <stdexcept>

#include "core/base/text.hpp"
#include "tests/support/certificate_requests.hpp"

namespace desk {
namespace {

constexpr const char* kNodes = "/api/v1/nodes/";
constexpr const char* kSets = "/apis/machine.openshift.io/v1beta1/namespaces/openshift-machine-api/machinesets/";

Json condition(const char* type, bool holds) { return {{"type", type}, {"status", holds ? "True" : "False"}}; }

}  // namespace

std::string KubeServer::kubeconfig() const { return read_file(dir_ / "kubeconfig"); }

TlsIdentity KubeServer::stranger() const {
    return {.authorities = read_file(dir_ / "ca.crt"),
            .certificate = read_file(dir_ / "stranger.crt"),
            .key = Secret(read_file(dir_ / "stranger.key"))};
}

Json KubeServer::ask(const std::string& method, const std::string& path, const Json& body) {
    const auto access = this->access();
    const auto answer = CurlTransport().send({.method = method,
                                              .url = access.server + path,
                                              .headers = {{"Content-Type", "application/json"}},
                                              .body = body.is_null() ? "" : body.dump(),
                                              .identity = &access.identity});
    if (answer.status != 200) throw std::runtime_error(cat(method, ' ', path, ": ", answer.status, ' ', answer.body));
    return Json::parse(answer.body);
}

void KubeServer::add_node(const std::string& name, bool is_ready, const std::string& role) {
    Json ready = condition("Ready", is_ready);
    ready["lastHeartbeatTime"] = to_rfc3339(std::chrono::floor<seconds>(std::chrono::system_clock::now() - 1h));
    put(kNodes + name,
        {{"metadata", {{"name", name}, {"labels", {{cat("node-role.kubernetes.io/", role), ""}}}}},
         {"status", {{"conditions", {ready}}, {"addresses", {{{"type", "Hostname"}, {"address", name}}}}}}});
}

void KubeServer::add_operator(const std::string& name, bool is_degraded) {
    put("/apis/config.openshift.io/v1/clusteroperators/" + name,
        {{"metadata", {{"name", name}}},
         {"status", {{"conditions", {condition("Available", true), condition("Degraded", is_degraded)}}}}});
}

void KubeServer::set_version(const std::string& version) {
    put("/apis/config.openshift.io/v1/clusterversions/version",
        {{"metadata", {{"name", "version"}}}, {"status", {{"desired", {{"version", version}}}}}});
}

void KubeServer::add_request_of(const std::string& node) {
    put("/apis/certificates.k8s.io/v1/certificatesigningrequests/csr-" + node,
        {{"metadata", {{"name", "csr-" + node}}},
         {"status", Json::object()},
         {"spec",
          {{"signerName", "kubernetes.io/kube-apiserver-client-kubelet"},
           {"request", base64(make_certificate_request({.common_name = "system:node:" + node}))},
           {"username", "system:serviceaccount:openshift-machine-config-operator:node-bootstrapper"}}}});
}

void KubeServer::add_machine_set(const std::string& name, int replicas) {
    for (int i = 0; i < replicas; ++i) add_node(cat(name, '-', i), true);
    put(kSets + name, {{"metadata", {{"name", name}, {"generation", 1}}},
                       {"spec", {{"replicas", replicas}}},
                       {"status", {{"observedGeneration", 1}, {"replicas", replicas}, {"readyReplicas", replicas}}}});
}

void KubeServer::interfere() { ask("POST", "/test/interfere"); }

int KubeServer::replicas(const std::string& machine_set) {
    return ask("GET", "/test/objects").at(kSets + machine_set).at("spec").at("replicas");
}

int KubeServer::nodes() {
    int count = 0;
    const Json all = ask("GET", "/test/objects");
    for (const auto& [path, object] : all.items()) count += path.starts_with(kNodes) ? 1 : 0;
    return count;
}

}  // namespace desk
