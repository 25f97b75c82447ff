#include "worker/demo/asset_graph.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "core/base/text.hpp"

namespace desk::demo {
namespace {

struct Asset {
    std::string_view name;
    std::vector<std::string_view> needs = {};
};

const std::vector<Asset>& assets() {
    static const std::vector<Asset> all = {
        {"SSH Key"},
        {"Platform"},
        {"Base Domain", {"Platform"}},
        {"Cluster Name", {"Base Domain", "Platform"}},
        {"Pull Secret"},
        {"Networking", {"Platform"}},
        {"Install Config", {"SSH Key", "Base Domain", "Cluster Name", "Networking", "Pull Secret", "Platform"}},
        {"Cluster ID", {"Install Config"}},
        {"Bootstrap SSH Key Pair"},
        {"Root CA"},
        {"Kubeadmin Password"},
        {"Release Image Pull Spec"},
        {"Image"},
        {"Platform Credentials Check", {"Install Config"}},
        {"Platform Permissions Check", {"Install Config"}},
        {"Platform Provisioning Check", {"Install Config", "Cluster ID", "Platform Permissions Check"}},
        {"Platform Quota Check", {"Install Config", "Master Machines", "Worker Machines"}},
        {"Master Machines",
         {"Cluster ID", "Platform Credentials Check", "Install Config", "Image", "Master Ignition Config"}},
        {"Worker Machines",
         {"Cluster ID", "Platform Credentials Check", "Install Config", "Image", "Worker Ignition Config"}},
        {"Master Ignition Config", {"Install Config", "Root CA"}},
        {"Worker Ignition Config", {"Install Config", "Root CA"}},
        {"Certificate (mcs)", {"Root CA", "Install Config"}},
        {"Certificate (admin-kubeconfig-signer)"},
        {"Certificate (admin-kubeconfig-ca-bundle)", {"Certificate (admin-kubeconfig-signer)"}},
        {"Certificate (admin-kubeconfig-client)", {"Certificate (admin-kubeconfig-signer)"}},
        {"Certificate (aggregator-signer)"},
        {"Certificate (aggregator-ca-bundle)", {"Certificate (aggregator-signer)"}},
        {"Certificate (aggregator)", {"Certificate (aggregator-signer)"}},
        {"Certificate (system:kube-apiserver-proxy)", {"Certificate (aggregator-signer)"}},
        {"Certificate (kube-apiserver-localhost-signer)"},
        {"Certificate (kube-apiserver-localhost-ca-bundle)", {"Certificate (kube-apiserver-localhost-signer)"}},
        {"Certificate (kube-apiserver-localhost-server)", {"Certificate (kube-apiserver-localhost-signer)"}},
        {"Certificate (kube-apiserver-service-network-signer)"},
        {"Certificate (kube-apiserver-service-network-ca-bundle)",
         {"Certificate (kube-apiserver-service-network-signer)"}},
        {"Certificate (kube-apiserver-service-network-server)",
         {"Certificate (kube-apiserver-service-network-signer)", "Install Config"}},
        {"Certificate (kube-apiserver-lb-signer)"},
        {"Certificate (kube-apiserver-lb-ca-bundle)", {"Certificate (kube-apiserver-lb-signer)"}},
        {"Certificate (kube-apiserver-external-lb-server)",
         {"Certificate (kube-apiserver-lb-signer)", "Install Config"}},
        {"Certificate (kube-apiserver-internal-lb-server)",
         {"Certificate (kube-apiserver-lb-signer)", "Install Config"}},
        {"Certificate (kube-apiserver-complete-server-ca-bundle)",
         {"Certificate (kube-apiserver-localhost-ca-bundle)", "Certificate (kube-apiserver-service-network-ca-bundle)",
          "Certificate (kube-apiserver-lb-ca-bundle)"}},
        {"Certificate (kube-apiserver-complete-client-ca-bundle)",
         {"Certificate (admin-kubeconfig-ca-bundle)", "Certificate (kubelet-client-ca-bundle)",
          "Certificate (kube-control-plane-ca-bundle)", "Certificate (kube-apiserver-to-kubelet-ca-bundle)",
          "Certificate (kubelet-bootstrap-kubeconfig-ca-bundle)"}},
        {"Certificate (kube-apiserver-to-kubelet-signer)"},
        {"Certificate (kube-apiserver-to-kubelet-ca-bundle)", {"Certificate (kube-apiserver-to-kubelet-signer)"}},
        {"Certificate (kube-apiserver-to-kubelet-client)", {"Certificate (kube-apiserver-to-kubelet-signer)"}},
        {"Certificate (kube-control-plane-signer)"},
        {"Certificate (kube-control-plane-ca-bundle)",
         {"Certificate (kube-control-plane-signer)", "Certificate (kube-apiserver-lb-signer)",
          "Certificate (kube-apiserver-localhost-signer)", "Certificate (kube-apiserver-service-network-signer)"}},
        {"Certificate (kube-control-plane-kube-controller-manager-client)",
         {"Certificate (kube-control-plane-signer)"}},
        {"Certificate (kube-control-plane-kube-scheduler-client)", {"Certificate (kube-control-plane-signer)"}},
        {"Certificate (kubelet-bootstrap-kubeconfig-signer)"},
        {"Certificate (kubelet-bootstrap-kubeconfig-ca-bundle)", {"Certificate (kubelet-bootstrap-kubeconfig-signer)"}},
        {"Certificate (kubelet-signer)"},
        {"Certificate (kubelet-client-ca-bundle)", {"Certificate (kubelet-signer)"}},
        {"Certificate (kubelet-client)", {"Certificate (kubelet-bootstrap-kubeconfig-signer)"}},
        {"Certificate (kubelet-serving-ca-bundle)", {"Certificate (kubelet-signer)"}},
        {"Certificate (journal-gatewayd)", {"Root CA"}},
        {"Certificate (ironicTLSCert)"},
        {"Key Pair (service-account.pub)"},
        {"Key Pair (bound-service-account-signing-key)"},
        {"Kubeconfig Admin Client",
         {"Certificate (admin-kubeconfig-client)", "Certificate (kube-apiserver-complete-server-ca-bundle)",
          "Install Config"}},
        {"Kubeconfig Admin Internal Client",
         {"Certificate (admin-kubeconfig-client)", "Certificate (kube-apiserver-complete-server-ca-bundle)",
          "Install Config"}},
        {"Kubeconfig Kubelet",
         {"Certificate (kubelet-client)", "Certificate (kube-apiserver-complete-server-ca-bundle)", "Install Config"}},
        {"Kubeconfig Loopback Client",
         {"Certificate (admin-kubeconfig-client)", "Certificate (kube-apiserver-localhost-ca-bundle)",
          "Install Config"}},
        {"Machine Config Server Root CA", {"Root CA", "Certificate (mcs)"}},
        {"Additional Trust Bundle Config", {"Install Config"}},
        {"Cloud Provider Config", {"Install Config", "Cluster ID", "Platform Credentials Check"}},
        {"Cloud Provider CA", {"Cloud Provider Config", "Install Config"}},
        {"Infrastructure Config",
         {"Cluster ID", "Install Config", "Cloud Provider Config", "Additional Trust Bundle Config"}},
        {"DNS Config", {"Install Config", "Cluster ID", "Platform Credentials Check"}},
        {"Ingress Config", {"Install Config"}},
        {"Network Config", {"Install Config"}},
        {"Network CRDs", {"Network Config"}},
        {"Proxy Config", {"Install Config", "Network Config"}},
        {"Scheduler Config", {"Install Config"}},
        {"Image Content Source Policy", {"Install Config"}},
        {"Image Digest Mirror Set", {"Install Config"}},
        {"Cluster CSI Driver Config", {"Install Config", "Cluster ID"}},
        {"Feature Gate Config", {"Install Config"}},
        {"CVO Ignore", {"Common Manifests", "Openshift Manifests"}},
        {"Common Manifests",
         {"Cluster ID", "Install Config", "Ingress Config", "DNS Config", "Infrastructure Config", "Network Config",
          "Network CRDs", "Root CA", "Proxy Config", "Scheduler Config", "Image Content Source Policy",
          "Image Digest Mirror Set", "Cluster CSI Driver Config", "Feature Gate Config", "Cloud Provider Config",
          "Additional Trust Bundle Config", "Machine Config Server Root CA"}},
        {"Openshift Manifests",
         {"Install Config", "Cluster ID", "Kubeadmin Password", "Cloud Provider CA", "Feature Gate Config",
          "Platform Credentials Check"}},
        {"OpenShift Install (Manifests)", {"Install Config", "Feature Gate Config"}},
        {"Cluster API Manifests", {"Install Config", "Cluster ID", "Image", "Openshift Manifests", "Common Manifests"}},
        {"Cluster API Machine Manifests",
         {"Install Config", "Cluster ID", "Image", "Master Machines", "Worker Machines"}},
        {"Bootstrap Ignition Config",
         {"Install Config",
          "Release Image Pull Spec",
          "Kubeconfig Admin Internal Client",
          "Kubeconfig Kubelet",
          "Kubeconfig Loopback Client",
          "Bootstrap SSH Key Pair",
          "Root CA",
          "Certificate (mcs)",
          "Certificate (admin-kubeconfig-ca-bundle)",
          "Certificate (aggregator)",
          "Certificate (aggregator-ca-bundle)",
          "Certificate (system:kube-apiserver-proxy)",
          "Certificate (kube-apiserver-complete-client-ca-bundle)",
          "Certificate (kube-apiserver-complete-server-ca-bundle)",
          "Certificate (kube-apiserver-localhost-server)",
          "Certificate (kube-apiserver-service-network-server)",
          "Certificate (kube-apiserver-external-lb-server)",
          "Certificate (kube-apiserver-internal-lb-server)",
          "Certificate (kube-apiserver-to-kubelet-client)",
          "Certificate (kube-control-plane-kube-controller-manager-client)",
          "Certificate (kube-control-plane-kube-scheduler-client)",
          "Certificate (kubelet-serving-ca-bundle)",
          "Certificate (journal-gatewayd)",
          "Certificate (ironicTLSCert)",
          "Key Pair (service-account.pub)",
          "Key Pair (bound-service-account-signing-key)",
          "Machine Config Server Root CA",
          "Proxy Config",
          "CVO Ignore",
          "Common Manifests",
          "Openshift Manifests",
          "OpenShift Install (Manifests)",
          "Master Machines",
          "Worker Machines",
          "Master Ignition Config",
          "Worker Ignition Config"}},
        {"Metadata", {"Cluster ID", "Install Config", "Bootstrap Ignition Config"}},
        {"Terraform Variables",
         {"Cluster ID", "Install Config", "Image", "Bootstrap Ignition Config", "Master Ignition Config",
          "Master Machines", "Worker Machines", "Common Manifests"}},
        {"Cluster",
         {"Cluster ID", "Install Config", "Platform Credentials Check", "Platform Permissions Check",
          "Platform Quota Check", "Platform Provisioning Check", "Terraform Variables", "Kubeconfig Admin Client",
          "Kubeadmin Password", "Certificate (journal-gatewayd)", "Metadata", "Cluster API Manifests",
          "Cluster API Machine Manifests", "Bootstrap Ignition Config"}},
    };
    return all;
}

const Asset& get_asset(std::string_view name) {
    return *std::find_if(assets().begin(), assets().end(), [&](const Asset& asset) { return asset.name == name; });
}

/// The two passes of the installer's asset store: load what was kept, then fetch, which generates the rest.
class Walk {
  public:
    Walk(Log& log, bool from_state) : log_(log), from_state_(from_state) {}

    void load(const Asset& asset, const std::string& indent = "") {
        log_.debug(cat(indent, "Loading ", asset.name, "..."));
        if (!loaded_.insert(asset.name).second) return;
        for (const auto name : asset.needs) load(get_asset(name), indent + "  ");
        if (from_state_) log_.debug(cat(indent, "Using ", asset.name, " loaded from state file"));
    }

    void fetch(const Asset& asset, const std::string& indent = "") {
        log_.debug(cat(indent, "Fetching ", asset.name, "..."));
        if (from_state_ || !fetched_.insert(asset.name).second) {
            log_.debug(cat(indent, "Reusing previously-fetched ", asset.name));
            return;
        }
        for (const auto name : asset.needs) fetch(get_asset(name), indent + "  ");
        log_.debug(cat(indent, "Generating ", asset.name, "..."));
    }

  private:
    Log& log_;
    bool from_state_;
    std::set<std::string_view> loaded_ = {};
    std::set<std::string_view> fetched_ = {};
};

}  // namespace

void log_fetch(Log& log, std::string_view asset, bool from_state) {
    Walk walk(log, from_state);
    walk.load(get_asset(asset));
    walk.fetch(get_asset(asset));
}

}  // namespace desk::demo
