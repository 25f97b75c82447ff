#include "worker/demo/config.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "core/base/text.hpp"
#include "core/base/yaml.hpp"
#include "worker/demo/ending.hpp"

namespace desk::demo {
namespace {

enum class Kind { any, string, integer, boolean, list, object };

struct KeyRow {
    std::string_view path;  ///< `[]` = every item of a list
    Kind kind;
};

// The keys of types.InstallConfig that are looked into; `any` says that what is below is taken as it is.
constexpr std::array kKeys = {
    KeyRow{"", Kind::object},
    KeyRow{"apiVersion", Kind::string},
    KeyRow{"kind", Kind::string},
    KeyRow{"metadata", Kind::object},
    KeyRow{"metadata.name", Kind::string},
    KeyRow{"metadata.creationTimestamp", Kind::any},
    KeyRow{"metadata.labels", Kind::any},
    KeyRow{"metadata.annotations", Kind::any},
    KeyRow{"baseDomain", Kind::string},
    KeyRow{"controlPlane", Kind::object},
    KeyRow{"controlPlane.name", Kind::string},
    KeyRow{"controlPlane.replicas", Kind::integer},
    KeyRow{"controlPlane.hyperthreading", Kind::string},
    KeyRow{"controlPlane.architecture", Kind::string},
    KeyRow{"controlPlane.platform", Kind::any},
    KeyRow{"compute", Kind::list},
    KeyRow{"compute[]", Kind::object},
    KeyRow{"compute[].name", Kind::string},
    KeyRow{"compute[].replicas", Kind::integer},
    KeyRow{"compute[].hyperthreading", Kind::string},
    KeyRow{"compute[].architecture", Kind::string},
    KeyRow{"compute[].platform", Kind::any},
    KeyRow{"arbiter", Kind::any},
    KeyRow{"networking", Kind::object},
    KeyRow{"networking.networkType", Kind::string},
    KeyRow{"networking.clusterNetwork", Kind::list},
    KeyRow{"networking.clusterNetwork[]", Kind::object},
    KeyRow{"networking.clusterNetwork[].cidr", Kind::string},
    KeyRow{"networking.clusterNetwork[].hostPrefix", Kind::integer},
    KeyRow{"networking.serviceNetwork", Kind::list},
    KeyRow{"networking.serviceNetwork[]", Kind::string},
    KeyRow{"networking.machineNetwork", Kind::list},
    KeyRow{"networking.machineNetwork[]", Kind::object},
    KeyRow{"networking.machineNetwork[].cidr", Kind::string},
    KeyRow{"networking.clusterNetworkMTU", Kind::integer},
    KeyRow{"networking.ovnKubernetesConfig", Kind::any},
    KeyRow{"platform", Kind::object},
    KeyRow{"platform.demo", Kind::object},
    KeyRow{"platform.demo.region", Kind::string},
    KeyRow{"platform.demo.userTags", Kind::any},
    KeyRow{"platform.aws", Kind::object},
    KeyRow{"platform.aws.region", Kind::string},
    KeyRow{"platform.aws.userTags", Kind::any},
    KeyRow{"platform.aws.amiID", Kind::string},
    KeyRow{"platform.aws.bestEffortDeleteIgnition", Kind::boolean},
    KeyRow{"platform.aws.defaultMachinePlatform", Kind::any},
    KeyRow{"platform.aws.experimentalPropagateUserTags", Kind::boolean},
    KeyRow{"platform.aws.hostedZone", Kind::string},
    KeyRow{"platform.aws.hostedZoneRole", Kind::string},
    KeyRow{"platform.aws.lbType", Kind::string},
    KeyRow{"platform.aws.propagateUserTags", Kind::boolean},
    KeyRow{"platform.aws.publicIpv4Pool", Kind::string},
    KeyRow{"platform.aws.serviceEndpoints", Kind::any},
    KeyRow{"platform.aws.subnets", Kind::any},
    KeyRow{"platform.aws.userProvisionedDNS", Kind::any},
    KeyRow{"platform.aws.vpc", Kind::any},
    KeyRow{"platform.ibmcloud", Kind::any},
    KeyRow{"platform.gcp", Kind::any},
    KeyRow{"platform.none", Kind::any},
    KeyRow{"pullSecret", Kind::string},
    KeyRow{"sshKey", Kind::string},
    KeyRow{"publish", Kind::string},
    KeyRow{"credentialsMode", Kind::string},
    KeyRow{"fips", Kind::boolean},
    KeyRow{"proxy", Kind::any},
    KeyRow{"additionalTrustBundle", Kind::string},
    KeyRow{"additionalTrustBundlePolicy", Kind::string},
    KeyRow{"imageContentSources", Kind::any},
    KeyRow{"imageDigestSources", Kind::any},
    KeyRow{"capabilities", Kind::any},
    KeyRow{"featureSet", Kind::string},
    KeyRow{"featureGates", Kind::any},
    KeyRow{"bootstrapInPlace", Kind::any},
    KeyRow{"cpuPartitioningMode", Kind::string},
    KeyRow{"operatorPublishingStrategy", Kind::any},
};

constexpr std::array<std::string_view, 4> kFeatureSets = {"", "TechPreviewNoUpgrade", "DevPreviewNoUpgrade",
                                                          "CustomNoUpgrade"};

const KeyRow* find_key(std::string_view path) {
    for (const KeyRow& row : kKeys)
        if (row.path == path) return &row;
    return nullptr;
}

/// As sigs.k8s.io/yaml reads plain scalars on the way to JSON.
Json typed_scalar(const Yaml& node) {
    const std::string& text = node.scalar;
    if (node.quoted) return text;
    if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return nullptr;
    for (const auto* word : {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"})
        if (text == word) return true;
    for (const auto* word : {"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"})
        if (text == word) return false;
    if (const auto number = parse_int(text)) return *number;
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    // strtod also reads "inf" and "0x1F", which YAML leaves as texts or spells otherwise.
    const bool is_number = *end == '\0' && text.find_first_not_of("+-.0123456789eE") == std::string::npos;
    return is_number ? Json(number) : Json(text);
}

Json to_json(const Yaml& node) {
    switch (node.kind) {
        case Yaml::Kind::null:
            return nullptr;
        case Yaml::Kind::scalar:
            return typed_scalar(node);
        case Yaml::Kind::list: {
            Json list = Json::array();
            for (const auto& item : node.items) list.push_back(to_json(item));
            return list;
        }
        case Yaml::Kind::map:
            break;
    }
    Json object = Json::object();
    for (const auto& [key, value] : node.members) object[key] = to_json(value);
    return object;
}

bool is_of(Kind kind, const Json& value) {
    switch (kind) {
        case Kind::any:
            return true;
        case Kind::string:
            return value.is_string();
        case Kind::integer:
            return value.is_number_integer();
        case Kind::boolean:
            return value.is_boolean();
        case Kind::list:
            return value.is_array();
        case Kind::object:
            return value.is_object();
    }
    return false;
}

std::string_view go_type(Kind kind) {
    constexpr std::array<std::string_view, 6> kNames = {"any", "string", "int64", "bool", "[]", "struct"};
    return kNames[static_cast<std::size_t>(kind)];
}

std::string_view json_type(const Json& value) {
    if (value.is_boolean()) return "bool";
    return value.is_number() ? "number" : value.type_name();
}

struct Shape {
    std::vector<std::string> unknown = {};  ///< keys that no row knows
    std::string mismatch = {};              ///< the first value of another type than its row says
};

void look(const Json& value, const std::string& path, const std::string& pattern, Shape& shape) {
    const KeyRow* row = find_key(pattern);
    if (row == nullptr) {
        shape.unknown.push_back(path.substr(path.rfind('.') + 1));
        return;
    }
    if (value.is_null() || row->kind == Kind::any) return;
    if (!is_of(row->kind, value)) {
        if (!shape.mismatch.empty()) return;
        shape.mismatch = cat("json: cannot unmarshal ", json_type(value), " into Go struct field InstallConfig.", path,
                             " of type ", go_type(row->kind));
        return;
    }
    const std::string dot = path.empty() ? "" : ".";
    if (value.is_object())
        for (const auto& [key, member] : value.items()) look(member, path + dot + key, pattern + dot + key, shape);
    if (value.is_array())
        for (const auto& item : value) look(item, path, pattern + "[]", shape);
}

struct Refusal {
    std::string target;
    [[noreturn]] void operator()(const std::string& why) const {
        throw Stop{.code = exit_code::kInstallConfig,
                   .level = Level::error,
                   .message = cat("failed to fetch ", target,
                                  ": failed to load asset \"Install Config\": failed to create install config: ", why)};
    }
};

constexpr std::string_view kUnmarshal =
    "failed to unmarshal install-config.yaml: error unmarshaling JSON: while decoding JSON: ";

}  // namespace

InstallConfig InstallConfig::of(Json document) {
    InstallConfig config;
    config.name = document["metadata"]["name"];
    config.base_domain = document["baseDomain"];
    config.platform = document["platform"].begin().key();
    const Json& platform = document["platform"][config.platform];
    if (platform.is_object()) {
        config.region = platform.value("region", "");
        const Json tags = platform.value("userTags", Json::object());
        for (const auto& [key, value] : tags.items())
            config.user_tags[key] = value.is_string() ? value.get<std::string>() : value.dump();
    }
    config.feature_set = document.value("featureSet", "");
    config.control_planes = document.value("controlPlane", Json::object()).value("replicas", 3);
    if (document.contains("compute")) {
        config.workers = 0;
        for (const auto& pool : document["compute"]) config.workers += pool.value("replicas", 3);
    }
    config.document = std::move(document);
    return config;
}

ReadConfig read_install_config(const fs::path& path, const std::string& target, bool strict) {
    const Refusal refuse{target};
    const auto yaml = parse_yaml(read_file(path), "install-config.yaml");
    if (!yaml) {
        const Fault& fault = yaml.error().at(0);
        refuse(cat("failed to unmarshal install-config.yaml: error converting YAML to JSON: yaml: line ", fault.line,
                   ": ", fault.message));
    }
    Json document = to_json(*yaml);
    Shape shape;
    look(document, "", "", shape);
    if (!shape.mismatch.empty()) refuse(cat(kUnmarshal, shape.mismatch));

    ReadConfig read;
    if (!shape.unknown.empty()) {
        const std::string why = cat("failed to parse first occurrence of unknown field: ", kUnmarshal,
                                    "json: unknown field \"", shape.unknown[0], "\"");
        if (strict) refuse(why);
        read.warnings.push_back(why);
    }
    const auto rules = broken_rules(document);
    if (!rules.empty()) {
        refuse(cat("invalid \"install-config.yaml\" file: ",
                   rules.size() == 1 ? rules[0] : "[" + join(rules, ", ") + "]"));
    }
    read.config = InstallConfig::of(std::move(document));
    const auto& feature_set = read.config.feature_set;
    if (std::find(kFeatureSets.begin(), kFeatureSets.end(), feature_set) == kFeatureSets.end()) {
        throw Panic{cat("unable to find feature set \"", feature_set, "\" in cluster profile \"SelfManagedHA\"")};
    }
    if (!feature_set.empty()) {
        read.warnings.push_back(cat("FeatureSet \"", feature_set,
                                    "\" is enabled. This FeatureSet does not allow upgrades and may affect the "
                                    "supportability of the cluster."));
    }
    return read;
}

}  // namespace desk::demo
