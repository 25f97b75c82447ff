#include "worker/demo/cluster.hpp"

#include <array>

#include "core/base/text.hpp"
#include "worker/demo/ending.hpp"

namespace desk::demo {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson tag(const std::string& key, const std::string& value) { return OrderedJson::object({{key, value}}); }

std::string ownership(const std::string& infra_id) { return "kubernetes.io/cluster/" + infra_id; }

OrderedJson tagged_platform(const Cluster& cluster) {
    auto identifier =
        OrderedJson::array({tag(ownership(cluster.infra_id), "owned"), tag("openshiftClusterID", cluster.uuid)});
    if (cluster.config.platform == "aws") {
        identifier.push_back(tag("sigs.k8s.io/cluster-api-provider-aws/cluster/" + cluster.infra_id, "owned"));
    }
    return {{"region", cluster.config.region}, {"identifier", identifier}, {"clusterDomain", cluster.domain()}};
}

OrderedJson ibmcloud_platform(const Cluster& cluster) {
    // accountID is "" in the real file too when the look-up of the account fails.
    return {{"accountID", ""},
            {"baseDomain", cluster.config.base_domain},
            {"region", cluster.config.region},
            {"resourceGroupName", cluster.infra_id}};
}

OrderedJson gcp_platform(const Cluster& cluster) {
    const Json& platform = cluster.config.document["platform"]["gcp"];
    return {{"region", cluster.config.region}, {"projectID", platform.value("projectID", "")}};
}

struct PlatformRow {
    std::string_view name;
    OrderedJson (*metadata)(const Cluster&);
};
constexpr std::array kPlatforms = {
    PlatformRow{"demo", tagged_platform},
    PlatformRow{"aws", tagged_platform},
    PlatformRow{"ibmcloud", ibmcloud_platform},
    PlatformRow{"gcp", gcp_platform},
};

[[noreturn]] void refuse_metadata(const std::string& why) {
    fatal("failed while preparing to destroy cluster: " + why);
}

Json read_json(const fs::path& path) {
    if (!fs::exists(path)) refuse_metadata("open " + path.string() + ": no such file or directory");
    const std::string text = read_file(path);
    try {
        return Json::parse(text);
    } catch (const Json::parse_error& error) {
        // nlohmann counts bytes from 1, so the byte behind the last one means that the text ended too early.
        const bool is_cut = error.byte > text.size();
        refuse_metadata(
            cat("failed to Unmarshal data from \"", path.string(), "\" to types.ClusterMetadata: ",
                is_cut ? "unexpected end of JSON input"
                       : cat("invalid character '", text[error.byte - 1], "' looking for beginning of value")));
    }
}

}  // namespace

std::string Cluster::domain() const { return config.name + "." + config.base_domain; }
std::string Cluster::api_url() const { return "https://api." + domain() + ":6443"; }

Words Cluster::words() const {
    return {{"name", config.name},
            {"base", config.base_domain},
            {"domain", domain()},
            {"infra", infra_id},
            {"region", config.region}};
}

Tags Cluster::tags() const {
    Tags tags = config.user_tags;
    tags[ownership(infra_id)] = "owned";
    tags["openshiftClusterID"] = uuid;
    return tags;
}

std::string Cluster::metadata() const {
    OrderedJson document = {{"clusterName", config.name}, {"clusterID", uuid}, {"infraID", infra_id}};
    for (const auto& row : kPlatforms)
        if (row.name == config.platform) document[config.platform] = row.metadata(*this);
    document["featureSet"] = config.feature_set;
    document["customFeatureSet"] = nullptr;
    return document.dump();
}

Metadata Metadata::read(const fs::path& path) {
    const Json document = read_json(path);
    for (const auto& row : kPlatforms) {
        const auto found = document.find(row.name);
        if (found == document.end() || !found->is_object()) continue;
        Metadata metadata;
        metadata.name = document.value("clusterName", "");
        metadata.infra_id = document.value("infraID", "");
        metadata.region = found->value("region", "");
        metadata.base_domain = found->value("baseDomain", "");
        const std::string domain = found->value("clusterDomain", "");
        if (domain.starts_with(metadata.name + ".")) metadata.base_domain = domain.substr(metadata.name.size() + 1);
        metadata.identifiers = found->value("identifier", std::vector<Tags>{{{ownership(metadata.infra_id), "owned"}}});
        return metadata;
    }
    refuse_metadata("no platform configured in metadata");
}

}  // namespace desk::demo
