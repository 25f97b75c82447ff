#include "tests/support/kube_server.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include <stdexcept>

#include "core/base/spawn.hpp"
#include "core/base/text.hpp"
#include "tests/support/certificate_requests.hpp"
#include "tests/support/wait.hpp"

namespace desk {
namespace {

constexpr const char* kNodes = "/api/v1/nodes/";
constexpr const char* kSets = "/apis/machine.openshift.io/v1beta1/namespaces/openshift-machine-api/machinesets/";

Json condition(const char* type, bool holds) { return {{"type", type}, {"status", holds ? "True" : "False"}}; }

}  // namespace

KubeServer::KubeServer() {
    const fs::path out = dir_ / "out", log = dir_ / "log";
    const UniqueFd out_fd(::open(out.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    const UniqueFd log_fd(::open(log.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND, 0600));
    if (!out_fd || !log_fd) throw_errno("open");
    const Command command{.program = "/usr/bin/python3",
                          .args = {DESK_SOURCE_DIR "/tests/support/kube_server.py", dir_.path().string()},
                          .env = {{"PATH", "/usr/bin:/bin"}, {"HOME", dir_.path().string()}},
                          .dir = dir_.path().string()};
    const auto started = spawn(command, {.fds = {-1, out_fd.get(), log_fd.get()}, .parent_death_signal = SIGKILL});
    if (!started) throw std::runtime_error(started.error());
    pid_ = *started;
    if (!eventually([&] { return read_file(out).ends_with('\n'); }))
        throw std::runtime_error(cat("the cluster's API did not start: ", read_file(log)));
}

KubeServer::~KubeServer() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

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
