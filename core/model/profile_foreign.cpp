#include "core/model/profile_foreign.hpp"

#include <algorithm>
#include <array>

namespace desk {
namespace {

enum class Shape { text, number, flag, texts };

/// One key below platformConfig; "[]" = of every item of a list.
struct Row {
    std::string_view path;
    Shape shape;
};

constexpr std::array kRows = {
    Row{"rosa.stsEnabled", Shape::flag},
    Row{"rosa.computeNodes", Shape::number},
    Row{"rosa.machineType", Shape::text},
    Row{"rosa.multiAZ", Shape::flag},

    Row{"eks.enabledClusterLogTypes", Shape::texts},
    Row{"eks.publicAccess", Shape::flag},
    Row{"eks.privateAccess", Shape::flag},

    Row{"gcp.project", Shape::text},
    Row{"gcp.network", Shape::text},
    Row{"gcp.subnetwork", Shape::text},
    Row{"gcp.controlPlane.machineType", Shape::text},
    Row{"gcp.controlPlane.diskSizeGB", Shape::number},
    Row{"gcp.controlPlane.diskType", Shape::text},
    Row{"gcp.compute.machineType", Shape::text},
    Row{"gcp.compute.diskSizeGB", Shape::number},
    Row{"gcp.compute.diskType", Shape::text},
    Row{"gcp.serviceAccount", Shape::text},
    Row{"gcp.secureBootPolicy", Shape::text},

    Row{"gke.enabledClusterLogTypes", Shape::texts},
    Row{"gke.publicAccess", Shape::flag},
    Row{"gke.privateAccess", Shape::flag},
    Row{"gke.enableWorkloadIdentity", Shape::flag},
    Row{"gke.releaseChannel", Shape::text},
    Row{"gke.nodePools[].name", Shape::text},
    Row{"gke.nodePools[].machineType", Shape::text},
    Row{"gke.nodePools[].diskSizeGB", Shape::number},
    Row{"gke.nodePools[].diskType", Shape::text},
    Row{"gke.nodePools[].nodeCount", Shape::number},
    Row{"gke.nodePools[].minNodeCount", Shape::number},
    Row{"gke.nodePools[].maxNodeCount", Shape::number},
    Row{"gke.nodePools[].enableAutoScale", Shape::flag},

    Row{"azure.subscriptionId", Shape::text},
    Row{"azure.baseDomainResourceGroup", Shape::text},
    Row{"azure.resourceGroupPrefix", Shape::text},
    Row{"azure.network", Shape::text},
    Row{"azure.subnetwork", Shape::text},
    Row{"azure.controlPlane.vmSize", Shape::text},
    Row{"azure.controlPlane.osDiskSizeGB", Shape::number},
    Row{"azure.controlPlane.osDiskType", Shape::text},
    Row{"azure.compute.vmSize", Shape::text},
    Row{"azure.compute.osDiskSizeGB", Shape::number},
    Row{"azure.compute.osDiskType", Shape::text},

    Row{"aro.masterVMSize", Shape::text},
    Row{"aro.workerVMSize", Shape::text},
    Row{"aro.workerCount", Shape::number},
    Row{"aro.openshiftVersion", Shape::text},
    Row{"aro.pullSecretPath", Shape::text},

    Row{"aks.kubernetesVersion", Shape::text},
    Row{"aks.networkPlugin", Shape::text},
    Row{"aks.networkPolicy", Shape::text},
    Row{"aks.nodePools[].name", Shape::text},
    Row{"aks.nodePools[].vmSize", Shape::text},
    Row{"aks.nodePools[].count", Shape::number},
    Row{"aks.nodePools[].enableAutoScale", Shape::flag},
    Row{"aks.nodePools[].minCount", Shape::number},
    Row{"aks.nodePools[].maxCount", Shape::number},
    Row{"aks.nodePools[].osDiskSizeGB", Shape::number},
    Row{"aks.nodePools[].osDiskType", Shape::text},
};

bool has_shape(const Yaml& node, Shape shape) {
    const bool scalar = node.kind == Yaml::Kind::scalar;
    switch (shape) {
        case Shape::text:
            return scalar;
        case Shape::number:
            return scalar && !node.quoted && parse_int(node.scalar);
        case Shape::flag:
            return scalar && !node.quoted && (node.scalar == "true" || node.scalar == "false");
        case Shape::texts:
            return node.kind == Yaml::Kind::list &&
                   std::all_of(node.items.begin(), node.items.end(),
                               [](const Yaml& item) { return item.kind == Yaml::Kind::scalar; });
    }
    return false;
}

std::string_view form_of(Shape shape) {
    switch (shape) {
        case Shape::text:
            return "must be a text.";
        case Shape::number:
            return "must be a whole number, without quotes.";
        case Shape::flag:
            return "must be true or false, without quotes.";
        case Shape::texts:
            return "must be a list of texts.";
    }
    return "";
}

class Walk {
  public:
    Walk(const Yaml& root, YamlBinder& binder) : root_(root), binder_(binder) {}

    /// `pattern` is the path as the rows write it, `path` as it stands in the file.
    void group(const Yaml& node, const std::string& pattern, const std::string& path) {
        if (node.kind != Yaml::Kind::map) return fault(path, "must be a group of keys.");
        for (const auto& [key, value] : node.members) member(value, pattern, key, cat(path, '.', key));
    }

  private:
    void member(const Yaml& value, const std::string& group_pattern, const std::string& key, const std::string& path) {
        const std::string pattern = cat(group_pattern, '.', key);
        const auto row = std::find_if(kRows.begin(), kRows.end(), [&](const Row& r) { return r.path == pattern; });
        if (row != kRows.end()) {
            if (!value.is_null() && !has_shape(value, row->shape)) fault(path, std::string(form_of(row->shape)));
        } else if (is_prefix(pattern + ".")) {
            group(value, pattern, path);
        } else if (is_prefix(pattern + "[].")) {
            if (value.kind != Yaml::Kind::list) return fault(path, "must be a list.");
            for (std::size_t i = 0; i < value.items.size(); ++i)
                group(value.items[i], pattern + "[]", cat(path, '[', i, ']'));
        } else {
            const std::string near = nearest(key, keys_below(group_pattern + "."));
            fault(path, near.empty() ? "is not a known key." : cat("is not a known key; did you mean \"", near, "\"?"));
        }
    }

    static bool is_prefix(std::string_view prefix) {
        return std::any_of(kRows.begin(), kRows.end(), [&](const Row& row) { return row.path.starts_with(prefix); });
    }
    static std::vector<std::string_view> keys_below(std::string_view prefix) {
        std::vector<std::string_view> keys;
        for (const auto& row : kRows)
            if (row.path.starts_with(prefix)) {
                const auto rest = row.path.substr(prefix.size());
                keys.push_back(rest.substr(0, rest.find_first_of(".[")));
            }
        return keys;
    }
    void fault(const std::string& path, std::string message) { binder_.fault_at(root_, path, std::move(message)); }

    const Yaml& root_;
    YamlBinder& binder_;
};

}  // namespace

void check_foreign_config(const Yaml& root, YamlBinder& binder) {
    const Yaml* config = root.find("platformConfig");
    if (config == nullptr) return;
    for (const std::string name : {"rosa", "eks", "gcp", "gke", "azure", "aro", "aks"})
        if (const Yaml* node = config->find(name); node != nullptr && !node->is_null())
            Walk(root, binder).group(*node, name, "platformConfig." + name);
}

}  // namespace desk
