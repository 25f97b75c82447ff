// The local control plane (Cluster API) that the installer runs while it builds infrastructure.
#pragma once

#include <sys/types.h>

#include "worker/demo/cluster.hpp"
#include "worker/demo/run.hpp"
#include "worker/demo/state.hpp"

namespace desk::demo {

class LocalControlPlane {
  public:
    static constexpr std::string_view kKubeconfig = ".clusterapi_output/envtest.kubeconfig";

    LocalControlPlane(Run& run, const Cluster& cluster) : run_(run), cluster_(cluster) {}

    /// Unpacks the programs, starts the provider, says the lines.
    void start();

    /// "Created manifest ..." lines for the objects of one step; the manifests are kept for the directory.
    void create_network_manifests();
    void create_machine_manifests();

    /// Stops the provider, writes the manifests, removes the programs. Nothing when it does not run.
    void shut_down();

  private:
    void created(const std::string& kind, const std::string& name);

    Run& run_;
    const Cluster& cluster_;
    pid_t provider_ = 0;
    std::vector<AssetFile> manifests_ = {};  ///< for .clusterapi_output/
};

}  // namespace desk::demo
