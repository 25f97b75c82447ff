#include "core/model/cluster_yaml.hpp"

#include <algorithm>
#include <array>
#include <regex>
#include <set>

#include "core/base/text.hpp"
#include "core/base/yaml_bind.hpp"
#include "core/base/yaml_write.hpp"
#include "core/model/cluster_yaml_fields.hpp"
#include "core/model/names.hpp"
#include "core/model/networks.hpp"
#include "core/model/order.hpp"
#include "core/model/ssh_key.hpp"

// Three tables hold the rules: forms of single texts, what only one version of the file may or must have, and rules
// that look at several keys. conf/schemas/cluster.schema.json says the same as far as a schema can; tests/contract
// holds both to one set of files.
namespace desk {
namespace {

/// A file while it is checked.
class FileCheck {
  public:
    FileCheck(const ClusterYaml& read, const Yaml& tree, std::string file_name, Faults& faults)
        : file(read), root(tree), file_name_(std::move(file_name)), faults_(faults) {}

    const ClusterYaml& file;
    const Yaml& root;

    bool is_first_version() const { return root.find("api_version") == nullptr; }
    bool has(std::string_view pointer) const { return find(pointer) != nullptr; }

    /// The node at a pointer without escapes; null when it is not there.
    const Yaml* find(std::string_view pointer) const {
        const Yaml* node = &root;
        for (const auto part : split(pointer.substr(1), '/')) {
            if (node->kind == Yaml::Kind::list) {
                const auto index = static_cast<std::size_t>(parse_int(part).value_or(-1));
                node = index < node->items.size() ? &node->items[index] : nullptr;
            } else {
                node = node->find(part);
            }
            if (node == nullptr) return nullptr;
        }
        return node;
    }

    void fault(std::string_view pointer, std::string message) {
        std::string_view known = pointer;  // what is missing has the line of the group that it is missing from
        while (!known.empty() && find(known) == nullptr) known = known.substr(0, known.rfind('/'));
        faults_.push_back(
            {file_name_, known.empty() ? root.line : find(known)->line, std::string(pointer), std::move(message)});
    }
    void require(bool ok, std::string_view pointer, std::string message) {
        if (!ok) fault(pointer, std::move(message));
    }
    void require(const Broken& broken, std::string_view pointer) {
        if (broken) fault(pointer, *broken);
    }

    /// Whether the key, a key in it or its group has a fault already: rules that look at it would only repeat that.
    bool is_faulty(std::string_view pointer) const {
        return std::ranges::any_of(faults_, [&](const Fault& fault) {
            return fault.where == pointer || fault.where.starts_with(cat(pointer, '/')) ||
                   pointer.starts_with(cat(fault.where, '/'));
        });
    }

  private:
    std::string file_name_;
    Faults& faults_;
};

// --- forms of texts

struct Form {
    std::string_view pointer;  ///< "*" = every item of a list
    const char* pattern;       ///< of the whole text
    std::string_view rule;
};
constexpr std::string_view kNetworkForm = "must be an IPv4 network such as 10.0.0.0/16.";
#define DESK_CIDR R"([0-9]{1,3}(\.[0-9]{1,3}){3}/[0-9]{1,2})"
const std::array kForms = {
    Form{"/api_version", "portal/v1", "must be portal/v1; a file of the first version leaves it out."},
    Form{"/profile", "[a-z0-9-]{1,63}", "must be the name of a profile."},
    Form{"/destroy_at", R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))",
         "must be a time such as 2026-11-21T12:00:00Z."},
    Form{"/platform/type", "aws|ibmcloud|none|demo", "must be aws, ibmcloud, none or demo; others are planned."},
    Form{"/platform/account_id", "[0-9]{12}", "must be the 12 digits of an AWS account."},
    Form{"/platform/region", "[a-z0-9-]+", "must be of lower-case letters, digits and '-'."},
    Form{"/platform/zones/*", "[a-z0-9-]+", "must be of lower-case letters, digits and '-'."},
    Form{"/dns/hosted_zone_id", "Z[A-Z0-9]+", "must be the id of a hosted zone, Z and upper-case letters or digits."},
    Form{"/openshift/version", R"([0-9]+\.[0-9]+(\.[0-9]+(-[0-9A-Za-z.-]+)?)?)",
         "must be a version such as \"4.20\" or \"4.20.3\"."},
    Form{"/openshift/max_minor", R"([0-9]+\.[0-9]+)", "must be a minor version such as \"4.20\"."},
    Form{"/openshift/instance_type_control_plane", "[A-Za-z0-9][A-Za-z0-9.-]*", "must be a size such as m6i.xlarge."},
    Form{"/openshift/instance_type_compute", "[A-Za-z0-9][A-Za-z0-9.-]*", "must be a size such as m6i.xlarge."},
    Form{"/openshift/compute_market", "on-demand|spot", "must be on-demand or spot."},
    Form{"/credentials/aws_profile", "\\S+", "must be the name of a profile of the AWS command line."},
    Form{"/credentials/role_arn", "arn:aws[a-z-]*:iam::[0-9]{12}:role/\\S+", "must be the ARN of an IAM role."},
    Form{"/credentials/external_id", R"([A-Za-z0-9_+=,.@:/-]{2,1224})",
         "must be 2 to 1224 letters, digits or +=,.@:/-_"},
    Form{"/credentials/session_name", R"([A-Za-z0-9_+=,.@-]{2,64})", "must be 2 to 64 letters, digits or +=,.@-_"},
    Form{"/credentials/cco_mode", "mint|manual-sts", "must be mint or manual-sts."},
    Form{"/gitops/repo_url", R"(https://[^@\s/]+/\S+|ssh://git@[^@\s]+/\S+|git@[A-Za-z0-9.-]+:\S+)",
         "must be an https:// address without user or token, or an SSH address (git@host:path)."},
    Form{"/gitops/repo_ref", R"([^-\s]\S*)", "must be a branch, tag or commit, and not begin with '-'."},
    Form{"/gitops/env", "[a-z0-9-]+", "must be of lower-case letters, digits and '-'."},
    Form{"/networking/network_type", "OVNKubernetes",
         "must be OVNKubernetes, the only one that OpenShift installs by itself."},
    Form{"/networking/machine_cidr", DESK_CIDR, kNetworkForm},
    Form{"/networking/cluster_network/*/cidr", DESK_CIDR, kNetworkForm},
    Form{"/networking/service_network/*", DESK_CIDR, kNetworkForm},
    Form{"/publish", "External|Internal", "must be External or Internal."},
};
#undef DESK_CIDR

constexpr std::size_t kLongestText = 1224;

void check_form(FileCheck& in, const Form& form, const Yaml& node, const std::string& pointer, std::string_view rest) {
    if (rest.empty()) {
        if (node.kind != Yaml::Kind::scalar || in.is_faulty(pointer)) return;
        const bool fits = node.scalar.size() <= kLongestText && std::regex_match(node.scalar, std::regex(form.pattern));
        return in.require(fits, pointer, std::string(form.rule));
    }
    const auto part = rest.substr(1, rest.find('/', 1) - 1);
    const auto after = rest.substr(part.size() + 1);
    if (part == "*") {
        for (std::size_t i = 0; i < node.items.size(); ++i)
            check_form(in, form, node.items[i], cat(pointer, '/', i), after);
    } else if (const Yaml* below = node.find(part)) {
        check_form(in, form, *below, cat(pointer, '/', part), after);
    }
}

// --- the two versions

constexpr std::array<std::string_view, 10> kFirstVersionNeeds = {
    "/platform/account_id",
    "/platform/zones",
    "/openshift/control_plane_replicas",
    "/openshift/compute_replicas",
    "/openshift/instance_type_control_plane",
    "/openshift/instance_type_compute",
    "/credentials",
    "/credentials/cco_mode",
    "/gitops",
    "/gitops/env",
};
constexpr std::array<std::string_view, 16> kAdditions = {
    "/profile",
    "/owner",
    "/team",
    "/cost_center",
    "/ttl_hours",
    "/destroy_at",
    "/networking",
    "/publish",
    "/fips",
    "/ssh_public_key",
    "/offhours_opt_in",
    "/failure",
    "/tags",
    "/credentials/role_arn",
    "/credentials/external_id",
    "/credentials/session_name",
};

void check_first_version(FileCheck& in) {
    if (!in.is_first_version()) return;
    for (const auto pointer : kFirstVersionNeeds) {
        const auto group = pointer.substr(0, pointer.rfind('/'));
        const bool has_group = group.empty() || in.has(group);
        if (has_group && !in.has(pointer) && !in.is_faulty(pointer)) in.fault(pointer, "is missing.");
    }
    for (const auto pointer : kAdditions)
        if (in.has(pointer))
            in.fault(pointer, "is an addition of the desk; begin the file with api_version: portal/v1.");
    const auto& file = in.file;
    if (!in.is_faulty("/platform/type"))
        in.require(file.platform.type == "aws", "/platform/type",
                   "must be aws in a file of the first version; others need api_version: portal/v1.");
    if (file.gitops && !in.is_faulty("/gitops/env"))
        in.require(file.gitops->env == "local" || file.gitops->env == "sno" || file.gitops->env == "prod",
                   "/gitops/env", "must be local, sno or prod.");
}

// --- rules over several keys

void check_name(FileCheck& in) {
    const auto platform = parse_enum<Platform>(in.file.platform.type);
    in.require(cluster_name_fault(*platform, in.file.name), "/name");
}

void check_texts(FileCheck& in) {
    in.require(text_fault(in.file.env, 256), "/env");
    in.require(text_fault(in.file.owner, 200), "/owner");
    in.require(text_fault(in.file.team, 128), "/team");
    if (in.has("/cost_center")) in.require(cost_center_fault(in.file.cost_center), "/cost_center");
    if (in.has("/ssh_public_key")) in.require(ssh_key_fault(trim(in.file.ssh_public_key)), "/ssh_public_key");
}

void check_domain(FileCheck& in) { in.require(base_domain_fault(in.file.dns.base_domain), "/dns/base_domain"); }

void check_zones(FileCheck& in) {
    const auto& place = in.file.platform;
    for (std::size_t i = 0; i < place.zones.size(); ++i) {
        const std::string pointer = cat("/platform/zones/", i);
        in.require(place.zones[i].starts_with(place.region), pointer,
                   cat('"', place.zones[i], "\" is not in region ", place.region, '.'));
        in.require(std::find(place.zones.begin(), place.zones.end(), place.zones[i]) ==
                       place.zones.begin() + static_cast<std::ptrdiff_t>(i),
                   "/platform/zones", cat('"', place.zones[i], "\" stands twice."));
    }
}

void check_account(FileCheck& in) {
    in.require(!in.has("/platform/account_id") || in.file.platform.type == "aws", "/platform/account_id",
               "is for platform aws only.");
}

/// "4.20.3" -> {4, 20}
std::pair<std::int64_t, std::int64_t> minor_of(std::string_view version) {
    const auto parts = split(version, '.');
    return {parse_int(parts[0]).value_or(0), parse_int(parts[1]).value_or(0)};
}

void check_max_minor(FileCheck& in) {
    const auto& openshift = in.file.openshift;
    if (openshift.max_minor.empty()) return;
    in.require(minor_of(openshift.version) <= minor_of(openshift.max_minor), "/openshift/version",
               cat("is ", openshift.version, ", above max_minor ", openshift.max_minor, '.'));
}

void check_nodes(FileCheck& in) {
    const auto& openshift = in.file.openshift;
    const auto masters = openshift.control_plane_replicas;
    const auto workers = openshift.compute_replicas;
    if (masters)
        in.require(*masters == 1 || *masters == 3 || *masters == 5, "/openshift/control_plane_replicas",
                   cat("is ", *masters, "; it must be 1, 3 or 5."));
    if (masters == 1 && workers)
        in.require(*workers == 0, "/openshift/compute_replicas",
                   "must be 0 beside a single control plane node: that is a single-node cluster.");
}

/// What the environment of the GitOps repository is made for.
void check_gitops_nodes(FileCheck& in) {
    const auto& file = in.file;
    if (!file.gitops) return;
    const auto masters = file.openshift.control_plane_replicas;
    const auto workers = file.openshift.compute_replicas;
    constexpr std::string_view kMasters = "/openshift/control_plane_replicas";
    constexpr std::string_view kWorkers = "/openshift/compute_replicas";
    if (file.gitops->env == "sno") {
        in.require(!masters || *masters == 1, kMasters, "must be 1 with gitops.env sno.");
        in.require(!workers || *workers == 0, kWorkers, "must be 0 with gitops.env sno.");
    } else if (masters == 1) {
        in.fault("/gitops/env", "must be sno for a single-node cluster.");
    }
    if (file.gitops->env == "prod") {
        in.require(!masters || *masters == 3, kMasters, "must be 3 with gitops.env prod.");
        in.require(!workers || *workers >= 2, kWorkers, "must be 2 or more with gitops.env prod.");
    }
}

void check_file_credentials(FileCheck& in) {
    const auto& file = in.file;
    if (!file.credentials) return;
    const auto& credentials = *file.credentials;
    const bool has_role = !credentials.role_arn.empty();
    in.require(file.platform.type == "aws", "/credentials", "is for platform aws only.");
    in.require(!has_role || credentials.aws_profile.empty(), "/credentials/role_arn",
               "can't stand beside aws_profile; keep one of them.");
    in.require(!has_role || credentials.cco_mode == "manual-sts", "/credentials/cco_mode",
               "must be manual-sts with role_arn: the installer refuses temporary credentials in mode mint.");
    in.require(has_role || credentials.external_id.empty(), "/credentials/external_id", "needs role_arn.");
    in.require(has_role || credentials.session_name.empty(), "/credentials/session_name", "needs role_arn.");
}

void check_file_networking(FileCheck& in) {
    if (!in.file.networking) return;
    const auto& given = *in.file.networking;
    Networking networking{.service_network = given.service_network};
    if (!given.machine_cidr.empty()) networking.machine_network = {{given.machine_cidr}};
    for (const auto& pods : given.cluster_network) networking.cluster_networks.push_back({pods.cidr, pods.host_prefix});

    in.require(given.service_network.size() <= 1, "/networking/service_network", "must have exactly one network.");
    for (const auto& fault : network_faults(networking)) {
        const std::string pointer = fault.kind == NetworkKind::machine ? "/networking/machine_cidr"
                                    : fault.kind == NetworkKind::service
                                        ? cat("/networking/service_network/", fault.index)
                                        : cat("/networking/cluster_network/", fault.index, "/cidr");
        in.fault(pointer, fault.message);
    }
    const int nodes =
        in.file.openshift.control_plane_replicas.value_or(1) + in.file.openshift.compute_replicas.value_or(0);
    for (std::size_t i = 0; i < networking.cluster_networks.size(); ++i)
        in.require(host_prefix_fault(networking.cluster_networks[i], nodes),
                   cat("/networking/cluster_network/", i, "/host_prefix"));
}

void check_publish(FileCheck& in) {
    in.require(in.file.publish != "Internal" || in.file.platform.type != "none", "/publish",
               "must be External on platform none: the installer can't publish internally there.");
}

void check_failure(FileCheck& in) {
    if (!in.has("/failure")) return;
    in.require(in.file.platform.type == "demo", "/failure", "is for platform demo only.");
    std::string words;
    for (const auto word : all_texts<DemoFailure>()) words += (words.empty() ? "" : ", ") + std::string(word);
    in.require(parse_enum<DemoFailure>(in.file.failure).has_value(), "/failure", cat("must be one of: ", words, '.'));
}

void check_file_tags(FileCheck& in) {
    const auto platform = parse_enum<Platform>(in.file.platform.type);
    for (const auto& [key, value] : in.file.tags)
        in.require(tag_fault(*platform, key, value), cat("/tags", pointer_part(key)));
}

/// A rule and the keys it reads.
struct FileRule {
    std::array<std::string_view, 4> reads;
    void (*check)(FileCheck&);
};
constexpr std::array kFileRules = {
    FileRule{{"/name", "/platform/type"}, check_name},
    FileRule{{"/env", "/owner", "/cost_center", "/ssh_public_key"}, check_texts},
    FileRule{{"/dns/base_domain"}, check_domain},
    FileRule{{"/platform/region", "/platform/zones"}, check_zones},
    FileRule{{"/platform/account_id", "/platform/type"}, check_account},
    FileRule{{"/openshift/version", "/openshift/max_minor"}, check_max_minor},
    FileRule{{"/openshift/control_plane_replicas", "/openshift/compute_replicas"}, check_nodes},
    FileRule{{"/openshift/control_plane_replicas", "/openshift/compute_replicas", "/gitops"}, check_gitops_nodes},
    FileRule{{"/credentials", "/platform/type"}, check_file_credentials},
    FileRule{{"/networking", "/openshift/control_plane_replicas", "/openshift/compute_replicas"},
             check_file_networking},
    FileRule{{"/publish", "/platform/type"}, check_publish},
    FileRule{{"/failure", "/platform/type"}, check_failure},
    FileRule{{"/tags", "/platform/type"}, check_file_tags},
};

/// "platform.zones[1]" -> "/platform/zones/1": the reader of YAML speaks of settings.
std::string to_pointer(std::string_view path) {
    std::string pointer = path.empty() || path.front() == '[' ? "" : "/";
    for (const char c : path)
        if (c != ']') pointer += c == '.' || c == '[' ? '/' : c;
    return pointer;
}

}  // namespace

bool is_cluster_yaml(const Yaml& root) {
    constexpr std::array<std::string_view, 5> kOurs = {"api_version", "env", "dns", "openshift", "credentials"};
    const Yaml* platform = root.find("platform");
    return (platform != nullptr && platform->kind == Yaml::Kind::map) ||
           std::ranges::any_of(kOurs, [&](std::string_view key) { return root.find(key) != nullptr; });
}

Result<ClusterYaml, Faults> parse_cluster_yaml(std::string_view text, const std::string& file_name) {
    const auto root = parse_yaml(text, file_name);
    if (!root) {
        Faults faults = root.error();
        for (auto& fault : faults) fault.where = to_pointer(fault.where);
        return Failure{std::move(faults)};
    }
    ClusterYaml file;
    YamlBinder binder(file_name, Reading::contract);
    binder.read(*root, file);
    Faults faults = binder.take_faults();
    if (root->kind == Yaml::Kind::map) {
        FileCheck check(file, *root, file_name, faults);
        for (const auto& form : kForms) check_form(check, form, *root, "", form.pointer);
        check_first_version(check);
        for (const auto& rule : kFileRules) {
            const bool readable = std::ranges::none_of(
                rule.reads, [&](std::string_view key) { return !key.empty() && check.is_faulty(key); });
            if (readable) rule.check(check);
        }
    }
    if (faults.empty()) return file;
    std::ranges::stable_sort(faults, {}, &Fault::line);
    return Failure{std::move(faults)};
}

std::string pointer_line(const Fault& fault) {
    return fault.where.empty() ? fault.message : cat(fault.where, ": ", fault.message);
}

std::string emit(const ClusterYaml& file) { return write_yaml(file); }

}  // namespace desk
