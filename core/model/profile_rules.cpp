#include "core/model/profile_rules.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/model/architecture.hpp"
#include "core/model/aws_zones.hpp"
#include "core/model/cidr.hpp"
#include "core/model/install_rules.hpp"
#include "core/model/names.hpp"
#include "core/model/networks.hpp"
#include "core/model/quota.hpp"
#include "core/model/version.hpp"

namespace desk {
namespace {

/// A profile while it is checked.
class ProfileCheck {
  public:
    ProfileCheck(const Profile& checked, const Yaml& tree, YamlBinder& binder)
        : profile(checked), root(tree), binder_(binder) {}

    const Profile& profile;
    const Yaml& root;

    void fault(std::string_view path, std::string message) { binder_.fault_at(root, path, std::move(message)); }
    void require(bool ok, std::string_view path, std::string message) {
        if (!ok) fault(path, std::move(message));
    }
    void require(const Broken& broken, std::string_view path) {
        if (broken) fault(path, *broken);
    }

    bool has(std::string_view key) const { return root.find(key) != nullptr; }
    bool is_managed() const { return profile.cluster_type != ClusterType::openshift; }

  private:
    YamlBinder& binder_;
};

// --- identity

/// Which provider runs a managed type, and which of the two version lists it orders by.
struct ManagedType {
    ClusterType type;
    Platform platform;
    bool openshift_versions;
};
constexpr std::array kManagedTypes = {
    ManagedType{ClusterType::rosa, Platform::aws, true},      ManagedType{ClusterType::eks, Platform::aws, false},
    ManagedType{ClusterType::iks, Platform::ibmcloud, false}, ManagedType{ClusterType::gke, Platform::gcp, false},
    ManagedType{ClusterType::aro, Platform::azure, true},     ManagedType{ClusterType::aks, Platform::azure, false},
    ManagedType{ClusterType::doks, Platform::doks, false},
};

const ManagedType* managed_type(ClusterType type) {
    const auto row =
        std::find_if(kManagedTypes.begin(), kManagedTypes.end(), [&](const auto& r) { return r.type == type; });
    return row == kManagedTypes.end() ? nullptr : &*row;
}

void check_identity(ProfileCheck& in) {
    const auto& p = in.profile;
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789-";
    in.require(p.name.find_first_not_of(kAllowed) == std::string::npos && p.name.size() <= 63, "name",
               "must be of lower-case letters, digits and '-', at most 63.");
    const auto prefix = cat(in.is_managed() ? text(p.cluster_type) : text(p.platform), '-');
    const bool ibm = !in.is_managed() && p.platform == Platform::ibmcloud && p.name.starts_with("ibm-");
    in.require(p.name.starts_with(prefix) || ibm, "name",
               cat("must begin with \"", prefix, '"', p.platform == Platform::ibmcloud ? " (or \"ibm-\")" : "", '.'));
    in.require(text_fault(p.display_name, 100), "displayName");
    in.require(text_fault(p.description, 1000, true), "description");
    if (const auto* type = managed_type(p.cluster_type))
        in.require(
            type->platform == p.platform, "clusterType",
            cat(text(p.cluster_type), " runs on platform ", text(type->platform), ", not on ", text(p.platform), '.'));
    in.require(p.platform != Platform::doks || in.is_managed(), "clusterType", "must be doks on platform doks.");
}

// --- what may be ordered

void check_choice(ProfileCheck& in, const Choice& choice, const std::string& path) {
    const auto& list = choice.allowlist;
    in.require(choice.allows(choice.default_value), path + ".default",
               cat('"', choice.default_value, "\" is not in the allowlist."));
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto first = static_cast<std::size_t>(std::find(list.begin(), list.end(), list[i]) - list.begin());
        in.require(first == i, cat(path, ".allowlist[", i, ']'), cat('"', list[i], "\" stands twice."));
        in.require(text_fault(list[i], 253), cat(path, ".allowlist[", i, ']'));
    }
}

/// YAML reads 4.20 without quotes as the number 4.2.
void require_quotes(ProfileCheck& in, const Yaml& node, const std::string& path) {
    in.require(other_reading(node) != "a number", path,
               cat("is a number without quotes (YAML reads 4.20 as 4.2); write \"", node.scalar, "\" in quotes."));
}

void check_versions(ProfileCheck& in) {
    const auto* managed = managed_type(in.profile.cluster_type);
    const bool openshift = managed == nullptr || managed->openshift_versions;
    const std::string wanted = openshift ? "openshiftVersions" : "kubernetesVersions";
    const std::string other = openshift ? "kubernetesVersions" : "openshiftVersions";
    in.require(in.has(wanted), wanted, "is missing.");
    in.require(!in.has(other), other,
               cat("is not for cluster type ", text(in.profile.cluster_type), "; use ", wanted, '.'));
    const Yaml* group = in.root.find(wanted);
    if (group == nullptr) return;
    check_choice(in, in.profile.versions(), wanted);
    const Yaml* list = group->find("allowlist");
    for (std::size_t i = 0; i < list->items.size(); ++i)
        require_quotes(in, list->items[i], cat(wanted, ".allowlist[", i, ']'));
    require_quotes(in, *group->find("default"), wanted + ".default");
}

/// Regions and zones: names that become parts of paths and of YAML.
void check_place_names(ProfileCheck& in, const Choice& choice, const std::string& path) {
    check_choice(in, choice, path);
    for (std::size_t i = 0; i < choice.allowlist.size(); ++i)
        in.require(choice.allowlist[i].find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos,
                   cat(path, ".allowlist[", i, ']'), "must be of lower-case letters, digits and '-'.");
}

/// Every zone of a region would be used when none of its zones is named, and some accounts see more than they have
/// addresses for.
void check_zones(ProfileCheck& in, const std::vector<std::string>& zones) {
    const auto& regions = in.profile.regions.allowlist;
    const auto platform = in.profile.platform;
    in.require(platform != Platform::none, "zones",
               "has no meaning on platform none: somebody else makes the machines.");
    const bool has_subnets = in.profile.platform_config.aws && !in.profile.platform_config.aws->subnets.empty();
    in.require(!has_subnets, "zones", "come with the subnets of platformConfig.aws; leave them out.");
    for (std::size_t i = 0; i < zones.size(); ++i) {
        const std::string path = cat("zones.allowlist[", i, ']');
        const auto region =
            std::ranges::find_if(regions, [&](const auto& region) { return is_zone_of(platform, region, zones[i]); });
        if (region == regions.end())
            in.fault(path, cat('"', zones[i], "\" is in none of the regions."));
        else if (platform == Platform::aws)
            in.require(zones_of(*region).letters.find(zones[i].back()) != std::string_view::npos, path,
                       cat("Region ", *region, " has no zone ", zones[i], '.'));
    }
    for (const auto& region : regions) {
        const auto count = static_cast<std::size_t>(
            std::ranges::count_if(zones, [&](const auto& zone) { return is_zone_of(platform, region, zone); }));
        in.require(count > 0, "zones.allowlist", cat("has no zone of region ", region, '.'));
        in.require(platform != Platform::aws || count <= zones_of(region).most, "zones.allowlist",
                   cat("has ", count, " zones of region ", region, "; an account sees ", zones_of(region).most, '.'));
    }
}

/// No image for OpenShift's machines is published there, and the desk can't name one of the account's own.
void check_china(ProfileCheck& in) {
    const auto& regions = in.profile.regions.allowlist;
    for (std::size_t i = 0; i < regions.size(); ++i)
        in.require(!regions[i].starts_with("cn-"), cat("regions.allowlist[", i, ']'),
                   "is in China, where the installer has no image for the machines. Leave it out.");
}

void check_places(ProfileCheck& in) {
    const auto& p = in.profile;
    check_place_names(in, p.regions, "regions");
    if (p.platform == Platform::aws && !in.is_managed()) check_china(in);
    if (p.zones) check_place_names(in, *p.zones, "zones");
    if (p.base_domains) {
        check_choice(in, *p.base_domains, "baseDomains");
        for (std::size_t i = 0; i < p.base_domains->allowlist.size(); ++i)
            in.require(base_domain_fault(p.base_domains->allowlist[i]), cat("baseDomains.allowlist[", i, ']'));
    }
    in.require(p.base_domains || in.is_managed(), "baseDomains", "is missing.");
    if (p.zones && !in.is_managed()) check_zones(in, p.zones->allowlist);
}

// --- nodes

void check_managed_compute(ProfileCheck& in) {
    const auto check_groups = [&](const std::vector<NodeGroup>& groups, std::string_view key) {
        for (std::size_t i = 0; i < groups.size(); ++i)
            in.require(
                groups[i].min_size <= groups[i].desired_capacity && groups[i].desired_capacity <= groups[i].max_size,
                cat("compute.", key, '[', i, "].desiredCapacity"), "must be from minSize to maxSize.");
    };
    check_groups(in.profile.compute.node_groups, "nodeGroups");
    check_groups(in.profile.compute.managed_node_groups, "managedNodeGroups");
}

/// Quotas count vCPUs, so every size that can be ordered must be known.
void check_size(ProfileCheck& in, const std::string& size, const std::string& path) {
    const auto platform = in.profile.platform;
    if (platform == Platform::none || (size.empty() && path.find("workers") != std::string::npos)) return;
    in.require(!size.empty(), path, "is missing.");
    const bool counted = platform == Platform::aws || platform == Platform::ibmcloud || platform == Platform::demo;
    in.require(size.empty() || !counted || vcpus_of(size), path,
               cat('"', size, "\" is no size whose vCPUs are known, such as m6i.xlarge or bx2-4x16."));
}

/// Releases for several architectures could mix them; the desk does not know which of its installers has such a one.
void check_architecture(ProfileCheck& in, const std::string& control_plane, const std::string& workers) {
    const auto platform = in.profile.platform;
    const auto wanted = architecture_of(platform, control_plane), other = architecture_of(platform, workers);
    in.require(wanted == other, "compute.workers.instanceType",
               cat('"', workers, "\" is ", text(other), ", and the control plane's \"", control_plane, "\" is ",
                   text(wanted), ": a cluster is of one architecture. Choose both sizes of the same."));
}

void check_openshift_compute(ProfileCheck& in) {
    const auto& compute = in.profile.compute;
    in.require(compute.control_plane.has_value(), "compute.controlPlane", "is missing.");
    in.require(compute.node_groups.empty(), "compute.nodeGroups", "is for cluster type eks only.");
    in.require(compute.managed_node_groups.empty(), "compute.managedNodeGroups", "is for cluster type eks only.");
    if (!compute.control_plane) return;
    check_size(in, compute.control_plane->instance_type, "compute.controlPlane.instanceType");
    const Workers workers = in.profile.workers();
    in.require(workers.replicas > 0 || compute.control_plane->schedulable, "compute.controlPlane.schedulable",
               "must be true when there are no workers, or nothing could run.");
    if (!compute.workers) return;
    check_size(in, workers.instance_type, "compute.workers.instanceType");
    check_architecture(in, compute.control_plane->instance_type, workers.instance_type);
    constexpr std::array kManagedOnly = {"machineType", "count", "publicVLAN", "privateVLAN"};
    for (const std::string key : kManagedOnly)
        in.require(in.root.find("compute")->find("workers")->find(key) == nullptr, "compute.workers." + key,
                   "is for managed cluster types only.");
}

void check_compute(ProfileCheck& in) {
    const auto& compute = in.profile.compute;
    if (compute.control_plane) {
        const int masters = compute.control_plane->replicas;
        in.require(
            masters == 1 || masters == 3 || masters == 5, "compute.controlPlane.replicas",
            cat("is ", masters, "; it must be 1, 3 or 5: etcd keeps a majority of an odd number, of 5 at most."));
        in.require(in.is_managed() || masters != 1 || in.profile.workers().replicas == 0, "compute.workers.replicas",
                   "must be 0 beside a single control plane node: that is a single-node cluster.");
    }
    if (compute.workers && compute.workers->count == 0)
        in.require(compute.workers->min_replicas <= compute.workers->replicas &&
                       compute.workers->replicas <= compute.workers->most(),
                   "compute.workers.replicas",
                   cat("is ", compute.workers->replicas, "; it must be from minReplicas (",
                       compute.workers->min_replicas, ") to maxReplicas (", compute.workers->most(), ")."));
    in.is_managed() ? check_managed_compute(in) : check_openshift_compute(in);
}

// --- life

void check_lifecycle(ProfileCheck& in) {
    const auto& life = in.profile.lifecycle;
    in.require(life.default_ttl_hours <= life.max_ttl_hours, "lifecycle.defaultTTLHours",
               cat("is ", life.default_ttl_hours, "; it must be at most maxTTLHours (", life.max_ttl_hours, ")."));
    in.require(life.warn_before_destroy_hours <= life.max_ttl_hours, "lifecycle.warnBeforeDestroyHours",
               cat("must be at most maxTTLHours (", life.max_ttl_hours, ")."));
}

// --- network

std::string path_of(const NetworkFault& fault) {
    switch (fault.kind) {
        case NetworkKind::machine:
            return cat("networking.machineNetwork[", fault.index, "].cidr");
        case NetworkKind::service:
            return cat("networking.serviceNetwork[", fault.index, ']');
        case NetworkKind::cluster:
            break;
    }
    return cat("networking.clusterNetworks[", fault.index, "].cidr");
}

void check_networking(ProfileCheck& in) {
    const auto& net = in.profile.networking;
    if (in.is_managed()) {
        in.require(net.nat_gateway.empty() || net.nat_gateway == "Single" || net.nat_gateway == "HighlyAvailable",
                   "networking.natGateway", "must be Single or HighlyAvailable.");
        in.require(net.vpc_cidr.empty() || Cidr::parse(net.vpc_cidr), "networking.vpcCIDR",
                   "must be an IPv4 network such as 10.0.0.0/16.");
        return;
    }
    in.require(net.vpc_cidr.empty(), "networking.vpcCIDR", "is for cluster type eks only.");
    in.require(net.nat_gateway.empty(), "networking.natGateway", "is for cluster type eks only.");
    in.require(network_type_fault(net.network_type), "networking.networkType");
    for (const auto& fault : network_faults(net)) in.fault(path_of(fault), fault.message);
    in.require(net.service_network.size() == 1, "networking.serviceNetwork", "must have exactly one network.");
    if (!in.profile.compute.control_plane) return;
    const int nodes = in.profile.compute.control_plane->replicas + in.profile.workers().most();
    for (std::size_t i = 0; i < net.cluster_networks.size(); ++i)
        in.require(host_prefix_fault(net.cluster_networks[i], nodes),
                   cat("networking.clusterNetworks[", i, "].hostPrefix"));
}

// --- tags

/// Reserved keys that a profile may have all the same: Environment gives the system tag its value, and ManagedBy stands
/// in many profiles; the desk's own value goes over it.
bool may_stand_in_profile(std::string_view key) { return key == "Environment" || key == "ManagedBy"; }

void check_tags(ProfileCheck& in) {
    const auto& tags = in.profile.tags;
    const auto check = [&](const Tags& group, std::string_view name) {
        for (const auto& [key, value] : group)
            if (!may_stand_in_profile(key))
                in.require(tag_fault(in.profile.platform, key, value), cat("tags.", name, '.', key));
    };
    if (!in.is_managed()) {
        check(tags.required, "required");
        check(tags.defaults, "defaults");
    }
    const int count = static_cast<int>(merge_tags(tags.defaults, tags.required, {}).size());
    const int most = max_free_tags(in.profile.platform);
    in.require(
        count <= most, "tags",
        cat("has ", count, " tags; platform ", text(in.profile.platform), " takes ", max_tags(in.profile.platform),
            " in all and the desk sets ", kReservedTags.size(), ", so ", most, " are left."));
}

// --- features, platform

void check_features(ProfileCheck& in) {
    const auto& features = in.profile.features;
    in.require(!(features.private_cluster && in.profile.platform == Platform::none), "features.privateCluster",
               "is not possible on platform none: the installer can't publish internally there.");
    if (in.is_managed()) return;
    in.require(!features.oidc_provider, "features.oidcProvider", "is for managed cluster types only.");
    in.require(!features.public_service_endpoint, "features.publicServiceEndpoint",
               "is for managed cluster types only.");
    in.require(!features.private_service_endpoint, "features.privateServiceEndpoint",
               "is for managed cluster types only.");
}

void check_root_volume(ProfileCheck& in, const RootVolume& volume) {
    struct Type {
        std::string_view name;
        int least_iops, most_iops;
    };
    constexpr std::array kTypes = {Type{"gp3", 0, 16000},    Type{"gp2", 0, 0}, Type{"io1", 100, 64000},
                                   Type{"io2", 100, 256000}, Type{"st1", 0, 0}, Type{"sc1", 0, 0},
                                   Type{"standard", 0, 0},   Type{"", 0, 0}};
    const auto* type = std::find_if(kTypes.begin(), kTypes.end(), [&](const Type& t) { return t.name == volume.type; });
    if (type == kTypes.end())
        return in.fault("platformConfig.aws.rootVolume.type", "must be gp3, gp2, io1, io2, st1, sc1 or standard.");
    in.require(volume.iops >= type->least_iops && volume.iops <= type->most_iops, "platformConfig.aws.rootVolume.iops",
               type->most_iops == 0
                   ? cat("is not for volumes of type \"", type->name, "\".")
                   : cat("must be ", type->least_iops, " to ", type->most_iops, " for ", type->name, '.'));
}

/// An existing VPC needs all of its keys, and they need it.
void check_ibm_vpc(ProfileCheck& in, const IbmcloudConfig& config) {
    const std::string group = "platformConfig.ibmcloud";
    const bool any = !config.vpc_name.empty() || !config.network_resource_group.empty() ||
                     !config.control_plane_subnets.empty() || !config.compute_subnets.empty();
    if (!any || in.is_managed()) return;
    const std::string together =
        "is missing: vpcName, networkResourceGroupName and both lists of subnets stand together.";
    in.require(!config.vpc_name.empty(), group + ".vpcName", together);
    in.require(!config.network_resource_group.empty(), group + ".networkResourceGroupName", together);
    in.require(!config.control_plane_subnets.empty(), group + ".controlPlaneSubnets", together);
    in.require(!config.compute_subnets.empty(), group + ".computeSubnets", together);
    in.require(in.profile.regions.allowlist.size() == 1, group + ".vpcName",
               "is of one region; this profile allows several.");
    for (const auto* const list : {&config.control_plane_subnets, &config.compute_subnets}) {
        const std::string path = group + (list == &config.compute_subnets ? ".computeSubnets" : ".controlPlaneSubnets");
        for (const auto& subnet : *list)
            in.require(!subnet.empty() && std::ranges::count(*list, subnet) == 1, path,
                       cat('"', subnet, "\" is empty or stands twice."));
    }
}

void check_platform_config(ProfileCheck& in) {
    const auto& config = in.profile.platform_config;
    struct Group {
        bool given;
        std::string_view key;
        Platform platform;
    };
    const std::array groups = {
        Group{config.aws.has_value(), "aws", Platform::aws},
        Group{config.rosa.has_value(), "rosa", Platform::aws},
        Group{config.eks.has_value(), "eks", Platform::aws},
        Group{config.gcp.has_value(), "gcp", Platform::gcp},
        Group{config.gke.has_value(), "gke", Platform::gcp},
        Group{config.azure.has_value(), "azure", Platform::azure},
        Group{config.aro.has_value(), "aro", Platform::azure},
        Group{config.aks.has_value(), "aks", Platform::azure},
        Group{config.ibmcloud.has_value(), "ibmcloud", Platform::ibmcloud},
    };
    for (const auto& group : groups)
        in.require(
            !group.given || group.platform == in.profile.platform, cat("platformConfig.", group.key),
            cat("is for platform ", text(group.platform), "; this profile is for ", text(in.profile.platform), '.'));
    if (config.ibmcloud) check_ibm_vpc(in, *config.ibmcloud);
    if (!config.aws) return;
    const auto& service = config.aws->instance_metadata_service;
    in.require(service.empty() || service == "required" || service == "optional",
               "platformConfig.aws.instanceMetadataService", "must be required or optional.");
    if (config.aws->root_volume) check_root_volume(in, *config.aws->root_volume);
    const auto& subnets = config.aws->subnets;
    in.require(subnets.empty() || in.profile.regions.allowlist.size() == 1, "platformConfig.aws.subnets",
               "are of one region; this profile allows several.");
    for (std::size_t i = 0; i < subnets.size(); ++i) {
        const std::string path = cat("platformConfig.aws.subnets[", i, ']');
        in.require(subnets[i].starts_with("subnet-"), path, "must be the id of a subnet (subnet-...).");
        in.require(std::count(subnets.begin(), subnets.end(), subnets[i]) == 1, path, "stands twice.");
    }
}

void check_install(ProfileCheck& in) {
    const auto& install = in.profile.install;
    if (!install) return;
    if (in.is_managed()) return in.fault("install", "is for cluster type openshift only.");
    for (const auto& fault : install_faults(*install, in.profile.platform, in.profile.versions().allowlist))
        in.fault("install." + fault.path, fault.message);
}

/// install-config's rule per platform; Auto is always allowed.
void check_credentials(ProfileCheck& in) {
    using Mode = CredentialsMode;
    struct Row {
        Platform platform;
        std::array<Mode, 4> modes;
    };
    constexpr std::array kAllowed = {
        Row{Platform::aws, {Mode::Mint, Mode::Passthrough, Mode::Manual, Mode::Static}},
        Row{Platform::gcp, {Mode::Mint, Mode::Passthrough, Mode::Manual, Mode::Static}},
        Row{Platform::azure, {Mode::Passthrough, Mode::Manual, Mode::Static, Mode::Static}},
        Row{Platform::ibmcloud, {Mode::Manual, Mode::Static, Mode::Static, Mode::Static}},
    };
    const auto mode = in.profile.credentials_mode;
    if (mode == Mode::Auto || in.is_managed()) return;
    const auto row =
        std::find_if(kAllowed.begin(), kAllowed.end(), [&](const Row& r) { return r.platform == in.profile.platform; });
    const bool allowed =
        row != kAllowed.end() && std::find(row->modes.begin(), row->modes.end(), mode) != row->modes.end();
    in.require(allowed, "credentialsMode",
               cat(text(mode), " is not possible on platform ", text(in.profile.platform), "; leave it out."));
}

// --- ours

void check_costs(ProfileCheck& in) {
    const auto& costs = in.profile.cost_controls;
    in.require(!costs.hibernated_hourly_cost || *costs.hibernated_hourly_cost <= costs.estimated_hourly_cost,
               "costControls.hibernatedHourlyCost", "must be at most estimatedHourlyCost.");
    in.require(!costs.budget_alert_threshold || costs.max_monthly_cost, "costControls.budgetAlertThreshold",
               "is a part of maxMonthlyCost, which is missing.");
    in.require(text_fault(costs.warning_message, 500, true), "costControls.warningMessage");
}

void check_approval(ProfileCheck& in) {
    const auto& approval = in.profile.approval;
    if (!approval.auto_approve) return;
    const auto& rule = *approval.auto_approve;
    in.require(approval.approvals > 0, "approval.autoApprove",
               "has no meaning with approvals: 0, which approves every order.");
    in.require(rule.max_ttl_hours || rule.max_cost_to_expiry || !rule.teams.empty(), "approval.autoApprove",
               "needs a limit (maxTTLHours, maxCostToExpiry or teams); to approve every order write approvals: 0.");
}

/// What the environments of the repository are made for (cluster.yaml has the same rule).
void check_gitops_nodes(ProfileCheck& in, const std::string& env) {
    const int masters = in.profile.control_plane().replicas;
    const int workers = in.profile.workers().replicas;
    in.require((env == "sno") == (masters == 1), "gitops.env",
               "must be sno for a single-node cluster, and only there.");
    in.require(env != "prod" || (masters == 3 && workers >= 2), "gitops.env",
               "prod needs 3 control plane nodes and 2 workers or more.");
}

void check_gitops(ProfileCheck& in) {
    const auto& gitops = in.profile.gitops;
    if (!gitops) return;
    in.require(repo_url_fault(gitops->repo_url), "gitops.repoUrl");
    in.require(repo_ref_fault(gitops->repo_ref), "gitops.repoRef");
    in.require(gitops->env.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos,
               "gitops.env", "must be of lower-case letters, digits and '-'.");
    for (std::size_t i = 0; i < gitops->allowed_repos.size(); ++i) {
        const auto& allowed = gitops->allowed_repos[i];
        in.require(repo_url_fault(allowed.repo_url), cat("gitops.allowedRepos[", i, "].repoUrl"));
        for (std::size_t k = 0; k < allowed.refs.size(); ++k)
            in.require(repo_ref_fault(allowed.refs[k]), cat("gitops.allowedRepos[", i, "].refs[", k, ']'));
    }
    if (!in.is_managed() && in.profile.compute.control_plane) check_gitops_nodes(in, gitops->env);
}

void check_guardrail(ProfileCheck& in) {
    const auto& ids = in.profile.guardrail.account_ids;
    if (in.profile.platform != Platform::aws) return;
    for (std::size_t i = 0; i < ids.size(); ++i)
        in.require(ids[i].size() == 12 && ids[i].find_first_not_of("0123456789") == std::string::npos,
                   cat("guardrail.accountIds[", i, ']'), "must be the 12 digits of an AWS account.");
}

void check_demo(ProfileCheck& in) {
    in.require(!in.profile.demo || in.profile.platform == Platform::demo, "demo",
               "is for platform demo only: elsewhere an hour takes an hour.");
}

/// A rule and the groups it reads.
struct ProfileRule {
    std::array<std::string_view, 4> reads;
    void (*check)(ProfileCheck&);
};
constexpr std::array kProfileRules = {
    ProfileRule{{"name", "platform", "clusterType", "displayName"}, check_identity},
    ProfileRule{{"openshiftVersions", "kubernetesVersions", "clusterType"}, check_versions},
    ProfileRule{{"regions", "zones", "baseDomains", "platform"}, check_places},
    ProfileRule{{"compute", "platform", "clusterType"}, check_compute},
    ProfileRule{{"lifecycle"}, check_lifecycle},
    ProfileRule{{"networking", "compute", "clusterType"}, check_networking},
    ProfileRule{{"tags", "platform"}, check_tags},
    ProfileRule{{"features", "platform", "clusterType"}, check_features},
    ProfileRule{{"platformConfig", "platform", "regions"}, check_platform_config},
    ProfileRule{{"install", "platform", "clusterType", "openshiftVersions"}, check_install},
    ProfileRule{{"credentialsMode", "platform", "clusterType"}, check_credentials},
    ProfileRule{{"costControls"}, check_costs},
    ProfileRule{{"approval"}, check_approval},
    ProfileRule{{"gitops", "compute", "clusterType"}, check_gitops},
    ProfileRule{{"guardrail", "platform"}, check_guardrail},
    ProfileRule{{"demo", "platform"}, check_demo},
};

}  // namespace

void check_profile(const Profile& profile, const Yaml& root, YamlBinder& binder) {
    std::set<std::string, std::less<>> unread;
    for (const auto& fault : binder.faults()) unread.insert(fault.where.substr(0, fault.where.find_first_of(".[")));
    ProfileCheck check(profile, root, binder);
    for (const auto& rule : kProfileRules) {
        const bool readable = std::none_of(rule.reads.begin(), rule.reads.end(),
                                           [&](std::string_view group) { return unread.contains(group); });
        if (readable) rule.check(check);
    }
}

}  // namespace desk
