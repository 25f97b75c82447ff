#include "worker/demo/state.hpp"

#include "core/base/text.hpp"

namespace desk::demo {
namespace {

constexpr auto kClusterId = "*installconfig.ClusterID";
constexpr auto kInstallConfig = "*installconfig.InstallConfig";

}  // namespace

State State::load(const fs::path& dir) {
    State state;
    const fs::path path = dir / kFile;
    if (fs::exists(path)) state.assets_ = Json::parse(read_file(path));
    return state;
}

std::optional<Cluster> State::find_cluster() const {
    if (!assets_.contains(kClusterId) || !assets_.contains(kInstallConfig)) return std::nullopt;
    return Cluster{.config = InstallConfig::of(assets_[kInstallConfig]["config"]),
                   .infra_id = assets_[kClusterId]["InfraID"],
                   .uuid = assets_[kClusterId]["UUID"]};
}

void State::put_cluster(const Cluster& cluster) {
    assets_[kClusterId] = {{"UUID", cluster.uuid}, {"InfraID", cluster.infra_id}};
    assets_[kInstallConfig] = {{"config", cluster.config.document},
                               {"File", {{"Filename", "install-config.yaml"}, {"Data", nullptr}}}};
}

std::optional<std::vector<AssetFile>> State::find_files(const std::string& asset) const {
    if (!assets_.contains(asset)) return std::nullopt;
    std::vector<AssetFile> files;
    for (const Json& file : assets_[asset]["FileList"]) {
        files.push_back({.name = file["Filename"], .bytes = from_base64(file["Data"].get<std::string>()).value_or("")});
    }
    return files;
}

void State::put_files(const std::string& asset, const std::vector<AssetFile>& files) {
    Json list = Json::array();
    for (const auto& file : files) list.push_back({{"Filename", file.name}, {"Data", base64(file.bytes)}});
    assets_[asset] = {{"FileList", list}};
}

std::string State::text() const { return assets_.dump(4); }

}  // namespace desk::demo
