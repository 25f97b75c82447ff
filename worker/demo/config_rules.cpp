// The rules of install-config.yaml that the stand-in holds: those whose violation a desk could render.
#include <algorithm>
#include <array>
#include <optional>
#include <regex>
#include <set>

#include "core/base/text.hpp"
#include "worker/demo/config.hpp"
#include "worker/demo/network.hpp"

namespace desk::demo {
namespace {

constexpr std::size_t kMaxNameLength = 54;
constexpr std::size_t kMaxUserTags = 25;

constexpr std::string_view kSubdomainRule =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and "
    "end "
    "with an alphanumeric character (e.g. 'example.com', regex used for validation is "
    "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

/// Collects field errors in the words of k8s.io/apimachinery.
class Complaints {
  public:
    void invalid(std::string_view field, const Json& value, std::string_view why) {
        found_.push_back(cat(field, ": Invalid value: ", value.dump(), ": ", why));
    }
    void required(std::string_view field, std::string_view why) {
        found_.push_back(cat(field, ": Required value: ", why));
    }
    void duplicate(std::string_view field, const Json& value) {
        found_.push_back(cat(field, ": Duplicate value: ", value.dump()));
    }
    void unsupported(std::string_view field, const Json& value, const std::vector<std::string>& supported) {
        std::vector<std::string> quoted;
        for (const auto& word : supported) quoted.push_back("\"" + word + "\"");
        found_.push_back(cat(field, ": Unsupported value: ", value.dump(), ": supported values: ", join(quoted, ", ")));
    }
    std::vector<std::string> take() { return std::move(found_); }

  private:
    std::vector<std::string> found_;
};

Json member(const Json& object, std::string_view key) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && found != object.end() ? *found : Json();
}

std::string text_of(const Json& object, std::string_view key) {
    const Json value = member(object, key);
    return value.is_string() ? value.get<std::string>() : "";
}

bool is_subdomain(const std::string& text) {
    static const std::regex kPattern(R"([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)");
    return text.size() <= 253 && std::regex_match(text, kPattern);
}

void check_identity(const Json& document, Complaints& complain) {
    const std::string version = text_of(document, "apiVersion");
    if (version.empty()) {
        complain.required("apiVersion", "install-config version required");
    } else if (version != "v1" && version != "v1beta3" && version != "v1beta4") {
        complain.invalid("apiVersion", version, "install-config version must be \"v1\"");
    }
    const std::string name = text_of(member(document, "metadata"), "name");
    if (name.empty()) {
        complain.required("metadata.name", "cluster name required");
    } else if (name.size() > kMaxNameLength) {
        complain.invalid("metadata.name", name,
                         cat("cluster name is too long, please restrict it to ", kMaxNameLength, " characters"));
    } else if (!is_subdomain(name)) {
        complain.invalid("metadata.name", name, kSubdomainRule);
    }
    std::string domain = text_of(document, "baseDomain");
    if (domain.ends_with('.')) domain.pop_back();
    if (!is_subdomain(domain)) complain.invalid("baseDomain", domain, kSubdomainRule);
}

void check_machines(const Json& document, Complaints& complain) {
    const Json replicas = member(member(document, "controlPlane"), "replicas");
    if (replicas.is_number()) {
        if (replicas < 1)
            complain.invalid("controlPlane.replicas", replicas, "number of control plane replicas must be positive");
        if (replicas == 2) {
            complain.invalid("controlPlane.replicas", replicas,
                             "fencing credentials must be given for a control plane of two nodes");
        }
    }
    std::set<std::string> names;
    std::size_t index = 0;
    for (const Json& pool : member(document, "compute")) {
        const std::string field = cat("compute[", index++, "]");
        const std::string name = text_of(pool, "name");
        if (name != "worker" && name != "edge") complain.unsupported(field + ".name", name, {"edge", "worker"});
        if (!names.insert(name).second) complain.duplicate(field + ".name", name);
        const Json count = member(pool, "replicas");
        if (count.is_number() && count < 0) {
            complain.invalid(field + ".replicas", count, "number of compute replicas must not be negative");
        }
    }
}

struct NamedNetwork {
    std::string field;
    std::string_view kind;  ///< "machine", "service" or "cluster"
    Network network;
};

std::optional<Network> checked_network(const std::string& field, const std::string& cidr, Complaints& complain) {
    const auto network = Network::parse(cidr);
    if (!network) {
        complain.invalid(field, cidr, "invalid CIDR address: " + cidr);
    } else if (!network->is_exact()) {
        complain.invalid(field, cidr,
                         cat("invalid network address. got ", cidr, ", expecting ", network->exact().str()));
    }
    return network;
}

std::vector<NamedNetwork> networks_of(const Json& networking, Complaints& complain) {
    std::vector<NamedNetwork> networks;
    struct Source {
        std::string_view key, kind, given;
    };
    for (const auto& [key, kind, given] :
         {Source{"machineNetwork", "machine", "10.0.0.0/16"}, Source{"serviceNetwork", "service", "172.30.0.0/16"},
          Source{"clusterNetwork", "cluster", "10.128.0.0/14"}}) {
        Json list = member(networking, key);
        if (list.empty()) list = Json::array({given});
        std::size_t index = 0;
        for (const Json& item : list) {
            const std::string field = cat("networking.", key, "[", index++, "]", item.is_object() ? ".cidr" : "");
            const std::string cidr = item.is_string() ? item.get<std::string>() : text_of(item, "cidr");
            if (const auto network = checked_network(field, cidr, complain)) {
                networks.push_back({.field = field, .kind = kind, .network = *network});
            }
        }
    }
    return networks;
}

void check_networks(const Json& document, Complaints& complain) {
    const Json networking = member(document, "networking");
    const std::string type = lower(text_of(networking, "networkType"));
    if (type == "openshiftsdn" || type == "kuryr") {
        complain.invalid("networking.networkType", networking["networkType"],
                         "networkType is not supported, please use OVNKubernetes");
    }
    if (member(networking, "serviceNetwork").size() > 1) {
        complain.invalid("networking.serviceNetwork", networking["serviceNetwork"],
                         "only one service network can be specified");
    }
    const auto networks = networks_of(networking, complain);
    for (std::size_t later = 0; later < networks.size(); ++later) {
        for (std::size_t earlier = 0; earlier < later; ++earlier) {
            if (!networks[later].network.overlaps(networks[earlier].network)) continue;
            complain.invalid(networks[later].field, networks[later].network.str(),
                             cat(networks[later].kind, " network must not overlap with any of the ",
                                 networks[earlier].kind, " networks"));
        }
    }
    std::size_t index = 0;
    for (const Json& item : member(networking, "clusterNetwork")) {
        const auto network = Network::parse(text_of(item, "cidr"));
        const Json host_prefix = member(item, "hostPrefix");
        const std::string field = cat("networking.clusterNetwork[", index++, "].hostPrefix");
        if (network && host_prefix.is_number() && host_prefix < network->prefix) {
            complain.invalid(
                field, host_prefix,
                "cluster network host subnetwork prefix must not be larger size than CIDR " + network->str());
        }
    }
}

void check_zones(const std::string& field, const Json& pool, const std::string& platform, const std::string& region,
                 Complaints& complain) {
    std::size_t index = 0;
    for (const Json& zone : member(member(member(pool, "platform"), platform), "zones")) {
        if (!zone.is_string() || !zone.get<std::string>().starts_with(region)) {
            complain.invalid(cat(field, ".platform.", platform, ".zones[", index, "]"), zone,
                             cat("Zone not in configured region (", region, ")"));
        }
        ++index;
    }
}

void check_user_tags(const std::string& field, const Json& tags, Complaints& complain) {
    static const std::regex kKept(R"([-0-9A-Za-z_.:/=+@,;<>\s]*)");
    if (tags.size() > kMaxUserTags) {
        complain.invalid(field, tags.size(), cat("number of user tags cannot be more than ", kMaxUserTags));
    }
    for (const auto& [key, value] : tags.items()) {
        const std::string at = field + "[" + key + "]";
        const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
        if (key.empty() || key.size() > 128) complain.invalid(at, text, "key length must be between 1 and 128");
        if (text.empty() || text.size() > 256) complain.invalid(at, text, "value length must be between 1 and 256");
        if (!std::regex_match(key, kKept) || !std::regex_match(text, kKept)) {
            complain.invalid(at, text, "key or value contains invalid characters");
        }
        if (lower(key) == "name") complain.invalid(at, text, "\"Name\" key is not allowed for user defined tags");
        for (const auto* space : {"kubernetes.io/", "openshift.io/"}) {
            if (key.find(space) == std::string::npos) continue;
            complain.invalid(at, text,
                             cat("key is in the ",
                                 std::string_view(space).substr(0, std::string_view(space).size() - 1), " namespace"));
        }
    }
}

void check_platform(const Json& document, Complaints& complain) {
    constexpr std::string_view kPlatforms = "must specify one of the platforms (aws, demo, gcp, ibmcloud, none)";
    const Json platforms = member(document, "platform");
    if (platforms.size() != 1 || !platforms.is_object()) {
        complain.invalid("platform", platforms.empty() ? Json("") : platforms, kPlatforms);
        return;
    }
    const std::string name = platforms.begin().key();
    const Json& platform = platforms.begin().value();
    static const std::set<std::string> kKnown = {"aws", "demo", "gcp", "ibmcloud", "none"};
    if (!kKnown.contains(name)) return complain.invalid("platform", name, kPlatforms);

    const std::string mode = text_of(document, "credentialsMode");
    if (name == "none") {
        if (!mode.empty()) complain.invalid("credentialsMode", mode, "cannot be set when using the \"none\" platform");
        return;
    }
    const std::vector<std::string> modes = name == "ibmcloud"
                                               ? std::vector<std::string>{"Manual"}
                                               : std::vector<std::string>{"Manual", "Mint", "Passthrough"};
    const bool is_known_mode = std::find(modes.begin(), modes.end(), mode) != modes.end();
    if (!is_known_mode && (!mode.empty() || name == "ibmcloud")) complain.unsupported("credentialsMode", mode, modes);

    const std::string region = text_of(platform, "region");
    static const std::regex kRegion("[a-z0-9-]+");  // it becomes a folder of the demo cloud
    if (region.empty()) {
        complain.required("platform." + name + ".region", "region must be specified");
    } else if (!std::regex_match(region, kRegion)) {
        complain.invalid("platform." + name + ".region", region, "there is no such region");
    }
    check_zones("controlPlane", member(document, "controlPlane"), name, region, complain);
    std::size_t index = 0;
    for (const Json& pool : member(document, "compute")) {
        check_zones(cat("compute[", index++, "]"), pool, name, region, complain);
    }
    check_user_tags("platform." + name + ".userTags", member(platform, "userTags"), complain);
}

void check_pull_secret(const Json& document, Complaints& complain) {
    // The whole value goes into the text, as in the real installer: who stores these lines has to redact them.
    const std::string secret = text_of(document, "pullSecret");
    if (secret.empty()) return complain.required("pullSecret", "pull secret required");
    const Json parsed = Json::parse(secret, nullptr, false);
    if (parsed.is_discarded()) {
        return complain.invalid("pullSecret", secret,
                                cat("invalid character '", secret[0], "' looking for beginning of value"));
    }
    const Json auths = member(parsed, "auths");
    if (auths.empty()) return complain.invalid("pullSecret", secret, "auths required");
    for (const auto& [host, entry] : auths.items()) {
        if (!text_of(entry, "auth").empty() || !text_of(entry, "credsStore").empty()) continue;
        complain.invalid("pullSecret", secret, cat("auths[\"", host, "\"] requires either auth or credsStore"));
    }
}

void check_publish(const Json& document, Complaints& complain) {
    const std::string publish = text_of(document, "publish");
    if (publish.empty() || publish == "External" || publish == "Internal") return;
    complain.unsupported("publish", publish, {"External", "Internal"});
}

constexpr std::array kRules = {check_identity, check_machines,    check_networks,
                               check_platform, check_pull_secret, check_publish};

}  // namespace

std::vector<std::string> broken_rules(const Json& document) {
    Complaints complaints;
    for (const auto rule : kRules) rule(document, complaints);
    return complaints.take();
}

}  // namespace desk::demo
