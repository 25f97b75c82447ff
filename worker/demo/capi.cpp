#include "worker/demo/capi.hpp"

#include <unistd.h>

#include <array>
#include <ctime>

#include "core/base/text.hpp"
#include "worker/demo/provider.hpp"

namespace desk::demo {
namespace {

constexpr double kTeardownSeconds = 10;
constexpr std::string_view kNamespace = "openshift-cluster-api-guests";
constexpr std::array<std::string_view, 3> kOtherPrograms = {"etcd", "kube-apiserver", "cluster-api"};

std::string envtest_kubeconfig() {
    return "apiVersion: v1\nclusters:\n- cluster:\n    server: https://127.0.0.1:38093\n  name: envtest\ncontexts:\n"
           "- context:\n    cluster: envtest\n    user: envtest\n  name: envtest\ncurrent-context: envtest\nkind: "
           "Config\n"
           "users:\n- name: envtest\n  user: {}\n";
}

/// A warning of client-go: it goes around logrus, straight to stderr.
std::string klog_line() {
    const std::time_t now = std::time(nullptr);
    std::tm time{};
    ::localtime_r(&now, &time);
    std::array<char, 32> stamp{};
    const auto length = std::strftime(stamp.data(), stamp.size(), "%m%d %H:%M:%S.000000", &time);
    return cat(
        "I", std::string_view(stamp.data(), length), " ", ::getpid(),
        " warning_handler.go:65] \"metadata.finalizers: \\\"awsmachine.infrastructure.cluster.x-k8s.io\\\": prefer a "
        "domain-qualified finalizer name\"\n");
}

std::string last_part(const std::string& kind) { return kind.substr(kind.rfind('.') + 1); }

}  // namespace

void LocalControlPlane::start() {
    const fs::path programs = run_.call.dir / "cluster-api";
    fs::create_directories(programs);
    unpack_program(programs / kProviderName);
    for (const auto program : kOtherPrograms) {
        fs::remove(programs / program);
        fs::create_hard_link(programs / kProviderName, programs / program);
    }
    const std::string kubeconfig = run_.call.path(kKubeconfig);
    run_.write_file(".clusterapi_output/etcd/member/snap/db", "");
    run_.write_file(".clusterapi_output/etcd.log", "");
    run_.write_file(".clusterapi_output/kube-apiserver.log", "");
    run_.log.info("Started local control plane with envtest");
    run_.write_file(kKubeconfig, envtest_kubeconfig());
    run_.log.info("Stored kubeconfig for envtest in: " + kubeconfig);

    const std::string tail = "--kubeconfig=" + kubeconfig;
    const std::string certificates = (fs::temp_directory_path() / "envtest-serving-certs-").string();
    const std::vector<std::string> arguments = {"-v=4",
                                                "--diagnostics-address=0",
                                                "--health-addr=127.0.0.1:46621",
                                                "--webhook-port=42085",
                                                "--webhook-cert-dir=" + certificates + "4223505619",
                                                "--feature-gates=BootstrapFormatIgnition=true,ExternalResourceGC=true,"
                                                "TagUnmanagedNetworkResources=false,EKS=false",
                                                tail};
    run_.log.info(
        "Running process: Cluster API with args [-v=2 --diagnostics-address=0 --health-addr=127.0.0.1:35435 "
        "--webhook-port=41775 --webhook-cert-dir=" +
        certificates + "1877808257 " + tail + "]");
    run_.log.info("Running process: aws infrastructure provider with args [" + join(arguments, " ") + "]");
    provider_ = start_process(programs / kProviderName, arguments);
}

void LocalControlPlane::created(const std::string& kind, const std::string& name) {
    const bool is_namespaced = last_part(kind) != "Namespace" && last_part(kind) != "AWSClusterControllerIdentity";
    const std::string space = is_namespaced ? std::string(kNamespace) : "";
    run_.log.info(cat("Created manifest ", kind, ", namespace=", space, " name=", name));
    manifests_.push_back(
        {.name = cat(".clusterapi_output/", last_part(kind), "-", space, "-", name, ".yaml"),
         .bytes = cat("kind: ", last_part(kind), "\nmetadata:\n  name: ", name, "\n  namespace: \"", space, "\"\n")});
}

void LocalControlPlane::create_network_manifests() {
    run_.log.info("Creating infra manifests...");
    created("*v1.Namespace", std::string(kNamespace));
    created("*v1beta2.AWSClusterControllerIdentity", "default");
    created("*v1beta1.Cluster", cluster_.infra_id);
    created("*v1beta2.AWSCluster", cluster_.infra_id);
    run_.log.info("Done creating infra manifests");
    run_.log.info("Creating kubeconfig entry for capi cluster " + cluster_.infra_id);
}

void LocalControlPlane::create_machine_manifests() {
    std::vector<std::string> machines = {cluster_.infra_id + "-bootstrap"};
    for (int n = 0; n < cluster_.config.control_planes; ++n) machines.push_back(cat(cluster_.infra_id, "-master-", n));
    for (const auto* kind : {"*v1beta2.AWSMachine", "*v1beta1.Machine"})
        for (const auto& machine : machines) created(kind, machine);
    for (const auto* role : {"-bootstrap", "-master", "-worker"}) created("*v1.Secret", cluster_.infra_id + role);
    run_.log.raw_stderr(klog_line());
}

void LocalControlPlane::shut_down() {
    if (provider_ == 0) return;
    run_.log.info("Shutting down local Cluster API controllers...");
    Clock::linger(run_.settings.teardown_seconds.value_or(kTeardownSeconds * run_.clock.scale()));
    stop_process(provider_);
    provider_ = 0;
    run_.log.info("Stopped controller: Cluster API");
    run_.log.info("Stopped controller: aws infrastructure provider");
    for (const auto& [name, bytes] : manifests_) run_.write_file(name, bytes);
    run_.log.info("Shutting down local Cluster API control plane...");
    run_.log.info("Local Cluster API system has completed operations");
    run_.remove_file("cluster-api");
    run_.remove_file(".clusterapi_output/etcd");
}

}  // namespace desk::demo
