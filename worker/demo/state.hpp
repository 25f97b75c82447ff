// D/.openshift_install_state.json: every asset that was generated, keyed by its Go type. It keeps infraID, password and
// certificates the same from `create manifests` to `create cluster`.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/file.hpp"
#include "worker/demo/cluster.hpp"

namespace desk::demo {

/// A file that is part of an asset: its name in the directory and its bytes.
struct AssetFile {
    std::string name;
    std::string bytes;
};

class State {
  public:
    static constexpr std::string_view kFile = ".openshift_install_state.json";

    /// The state of `dir`; an empty one when there is no file.
    static State load(const fs::path& dir);

    /// Only once install config and cluster id were put.
    std::optional<Cluster> find_cluster() const;
    void put_cluster(const Cluster& cluster);

    /// Files of the asset with this Go type, e.g. "*kubeconfig.AdminClient".
    std::optional<std::vector<AssetFile>> find_files(const std::string& asset) const;
    void put_files(const std::string& asset, const std::vector<AssetFile>& files);

    std::string text() const;

  private:
    Json assets_ = Json::object();
};

}  // namespace desk::demo
