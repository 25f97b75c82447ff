// The keys of a profile: for every struct of profile.hpp the table that YAML and JSON are read and written by.
#pragma once

#include "core/base/fields.hpp"
#include "core/model/profile.hpp"

namespace desk {

template <>
struct Scalar<Money> {
    static std::optional<Money> parse(std::string_view text) {
        const auto money = Money::parse(text);
        return money && money->micros >= 0 ? money : std::nullopt;
    }
    static std::string str(const Money& money) { return money.decimal(); }
    static constexpr std::string_view kForm = "an amount in dollars such as 2.50";
};

template <>
struct Scalar<seconds> {
    static std::optional<seconds> parse(std::string_view text) { return parse_duration(text); }
    static std::string str(const seconds& duration) { return std::to_string(duration.count()) + "s"; }
    static constexpr std::string_view kForm = "a duration such as 90m or 1h30m, at most 30 days";
};

inline constexpr int kMostNodes = 500;  // what OpenShift was tested with is below that

template <>
inline constexpr auto kFields<Choice> = std::tuple{
    field("allowlist", &Choice::allowlist, {.required = true, .least = 1}),
    field("default", &Choice::default_value, {.required = true, .least = 1}),
};
template <>
inline constexpr auto kFields<ControlPlane> = std::tuple{
    field("replicas", &ControlPlane::replicas, {.required = true, .least = 1, .most = 9}),
    field("instanceType", &ControlPlane::instance_type),
    field("schedulable", &ControlPlane::schedulable),
};
template <>
inline constexpr auto kFields<Workers> = std::tuple{
    field("replicas", &Workers::replicas, {.least = 0, .most = kMostNodes}),
    field("minReplicas", &Workers::min_replicas, {.least = 0, .most = kMostNodes}),
    field("maxReplicas", &Workers::max_replicas, {.least = 0, .most = kMostNodes}),
    field("instanceType", &Workers::instance_type),
    field("autoscaling", &Workers::autoscaling),
    field("machineType", &Workers::machine_type),
    field("count", &Workers::count, {.least = 0, .most = kMostNodes}),
    field("publicVLAN", &Workers::public_vlan),
    field("privateVLAN", &Workers::private_vlan),
};
template <>
inline constexpr auto kFields<NodeGroup> = std::tuple{
    field("name", &NodeGroup::name, {.required = true, .least = 1}),
    field("instanceType", &NodeGroup::instance_type, {.required = true, .least = 1}),
    field("desiredCapacity", &NodeGroup::desired_capacity, {.required = true, .least = 1, .most = kMostNodes}),
    field("minSize", &NodeGroup::min_size, {.least = 0, .most = kMostNodes}),
    field("maxSize", &NodeGroup::max_size, {.least = 0, .most = kMostNodes}),
    field("volumeSize", &NodeGroup::volume_size, {.least = 0, .most = 16384}),
    field("volumeType", &NodeGroup::volume_type),
    field("amiFamily", &NodeGroup::ami_family),
};
template <>
inline constexpr auto kFields<Compute> = std::tuple{
    field("controlPlane", &Compute::control_plane),
    field("workers", &Compute::workers),
    field("nodeGroups", &Compute::node_groups),
    field("managedNodeGroups", &Compute::managed_node_groups),
};
template <>
inline constexpr auto kFields<Lifecycle> = std::tuple{
    field("maxTTLHours", &Lifecycle::max_ttl_hours, {.required = true, .least = 1, .most = kMaxTtlHours}),
    field("defaultTTLHours", &Lifecycle::default_ttl_hours, {.required = true, .least = 1, .most = kMaxTtlHours}),
    field("allowCustomTTL", &Lifecycle::allow_custom_ttl),
    field("warnBeforeDestroyHours", &Lifecycle::warn_before_destroy_hours, {.least = 0, .most = kMaxTtlHours}),
};
template <>
inline constexpr auto kFields<ClusterNetwork> = std::tuple{
    field("cidr", &ClusterNetwork::cidr, {.required = true, .least = 1}),
    field("hostPrefix", &ClusterNetwork::host_prefix),
};
template <>
inline constexpr auto kFields<MachineNetwork> = std::tuple{
    field("cidr", &MachineNetwork::cidr, {.required = true, .least = 1}),
};
template <>
inline constexpr auto kFields<Networking> = std::tuple{
    field("networkType", &Networking::network_type),
    field("clusterNetworks", &Networking::cluster_networks),
    field("serviceNetwork", &Networking::service_network),
    field("machineNetwork", &Networking::machine_network),
    field("vpcCIDR", &Networking::vpc_cidr),
    field("natGateway", &Networking::nat_gateway),
};
template <>
inline constexpr auto kFields<TagRules> = std::tuple{
    field("required", &TagRules::required),
    field("defaults", &TagRules::defaults),
    field("allowUserTags", &TagRules::allow_user_tags),
};
template <>
inline constexpr auto kFields<Features> = std::tuple{
    field("offHoursScaling", &Features::off_hours_scaling),
    field("fipsMode", &Features::fips_mode),
    field("privateCluster", &Features::private_cluster),
    field("oidcProvider", &Features::oidc_provider),
    field("publicServiceEndpoint", &Features::public_service_endpoint),
    field("privateServiceEndpoint", &Features::private_service_endpoint),
};
template <>
inline constexpr auto kFields<CostControls> = std::tuple{
    field("estimatedHourlyCost", &CostControls::estimated_hourly_cost, {.required = true}),
    field("hibernatedHourlyCost", &CostControls::hibernated_hourly_cost),
    field("maxMonthlyCost", &CostControls::max_monthly_cost),
    field("budgetAlertThreshold", &CostControls::budget_alert_threshold, {.least = 0, .most = 1}),
    field("warningMessage", &CostControls::warning_message),
};
template <>
inline constexpr auto kFields<AutoApprove> = std::tuple{
    field("maxTTLHours", &AutoApprove::max_ttl_hours, {.least = 1, .most = kMaxTtlHours}),
    field("maxCostToExpiry", &AutoApprove::max_cost_to_expiry),
    field("teams", &AutoApprove::teams),
};
template <>
inline constexpr auto kFields<Approval> = std::tuple{
    field("autoApprove", &Approval::auto_approve),
    field("approvals", &Approval::approvals, {.least = 0, .most = 5}),
    field("approverTeams", &Approval::approver_teams),
    field("lapseHours", &Approval::lapse_hours, {.least = 1, .most = 720}),
};
template <>
inline constexpr auto kFields<Deadlines> = std::tuple{
    field("install", &Deadlines::install),
    field("destroy", &Deadlines::destroy),
    field("handoff", &Deadlines::handoff),
};
template <>
inline constexpr auto kFields<Guardrail> = std::tuple{
    field("accountIds", &Guardrail::account_ids),
};
template <>
inline constexpr auto kFields<AllowedRepo> = std::tuple{
    field("repoUrl", &AllowedRepo::repo_url, {.required = true, .least = 1}),
    field("refs", &AllowedRepo::refs, {.required = true, .least = 1}),
};
template <>
inline constexpr auto kFields<Gitops> = std::tuple{
    field("repoUrl", &Gitops::repo_url, {.required = true, .least = 1}),
    field("repoRef", &Gitops::repo_ref, {.required = true, .least = 1}),
    field("env", &Gitops::env, {.required = true, .least = 1}),
    field("allowedRepos", &Gitops::allowed_repos),
};
template <>
inline constexpr auto kFields<Demo> = std::tuple{
    field("secondsPerHour", &Demo::seconds_per_hour, {.required = true, .least = 1, .most = 3600}),
};
template <>
inline constexpr auto kFields<RootVolume> = std::tuple{
    field("type", &RootVolume::type),
    field("size", &RootVolume::size, {.required = true, .least = 1, .most = 16384}),
    field("iops", &RootVolume::iops, {.least = 0, .most = 256000}),
};
template <>
inline constexpr auto kFields<AwsConfig> = std::tuple{
    field("instanceMetadataService", &AwsConfig::instance_metadata_service),
    field("rootVolume", &AwsConfig::root_volume),
    field("subnets", &AwsConfig::subnets),
    field("propagateUserTags", &AwsConfig::propagate_user_tags, {.later = true}),
};
template <>
inline constexpr auto kFields<IbmcloudConfig> = std::tuple{
    field("resourceGroup", &IbmcloudConfig::resource_group),
    field("vpcName", &IbmcloudConfig::vpc_name),
    field("classicInfrastructure", &IbmcloudConfig::classic_infrastructure),
    field("dataCenter", &IbmcloudConfig::data_center),
    field("networkResourceGroupName", &IbmcloudConfig::network_resource_group, {.later = true}),
    field("controlPlaneSubnets", &IbmcloudConfig::control_plane_subnets, {.later = true}),
    field("computeSubnets", &IbmcloudConfig::compute_subnets, {.later = true}),
};
template <>
inline constexpr auto kFields<Capabilities> = std::tuple{
    field("baselineCapabilitySet", &Capabilities::baseline_set),
    field("additionalEnabledCapabilities", &Capabilities::additional),
};
template <>
inline constexpr auto kFields<Proxy> = std::tuple{
    field("httpProxy", &Proxy::http),
    field("httpsProxy", &Proxy::https),
    field("noProxy", &Proxy::no_proxy),
};
template <>
inline constexpr auto kFields<ImageDigestSource> = std::tuple{
    field("source", &ImageDigestSource::source, {.required = true, .least = 1}),
    field("mirrors", &ImageDigestSource::mirrors, {.required = true, .least = 1}),
};
template <>
inline constexpr auto kFields<Install> = std::tuple{
    field("capabilities", &Install::capabilities),
    field("featureSet", &Install::feature_set),
    field("proxy", &Install::proxy),
    field("additionalTrustBundle", &Install::trust_bundle),
    field("additionalTrustBundlePolicy", &Install::trust_bundle_policy),
    field("imageDigestSources", &Install::image_digest_sources),
};
template <>
inline constexpr auto kFields<PlatformConfig> = std::tuple{
    field("aws", &PlatformConfig::aws),     field("ibmcloud", &PlatformConfig::ibmcloud),
    field("rosa", &PlatformConfig::rosa),   field("eks", &PlatformConfig::eks),
    field("gcp", &PlatformConfig::gcp),     field("gke", &PlatformConfig::gke),
    field("azure", &PlatformConfig::azure), field("aro", &PlatformConfig::aro),
    field("aks", &PlatformConfig::aks),
};
template <>
inline constexpr auto kFields<CustomResource> = std::tuple{
    field("apiVersion", &CustomResource::api_version, {.required = true, .least = 1}),
    field("kind", &CustomResource::kind, {.required = true, .least = 1}),
    field("name", &CustomResource::name, {.required = true, .least = 1}),
    field("namespace", &CustomResource::namespace_name),
    field("spec", &CustomResource::spec),
};
template <>
inline constexpr auto kFields<Operator> = std::tuple{
    field("name", &Operator::name, {.required = true, .least = 1}),
    field("namespace", &Operator::namespace_name, {.required = true, .least = 1}),
    field("source", &Operator::source),
    field("channel", &Operator::channel, {.required = true, .least = 1}),
    field("customResource", &Operator::custom_resource),
};
template <>
inline constexpr auto kFields<Script> = std::tuple{
    field("name", &Script::name, {.required = true, .least = 1}),
    field("path", &Script::path, {.required = true, .least = 1}),
    field("description", &Script::description),
    field("env", &Script::env),
};
template <>
inline constexpr auto kFields<Manifest> = std::tuple{
    field("name", &Manifest::name, {.required = true, .least = 1}),
    field("path", &Manifest::path),
    field("url", &Manifest::url),
    field("description", &Manifest::description),
    field("namespace", &Manifest::namespace_name),
};
template <>
inline constexpr auto kFields<HelmChart> = std::tuple{
    field("name", &HelmChart::name, {.required = true, .least = 1}),
    field("repo", &HelmChart::repo, {.required = true, .least = 1}),
    field("chart", &HelmChart::chart, {.required = true, .least = 1}),
    field("values", &HelmChart::values),
};
template <>
inline constexpr auto kFields<PostDeployment> = std::tuple{
    field("enabled", &PostDeployment::enabled),     field("timeout", &PostDeployment::timeout),
    field("operators", &PostDeployment::operators), field("scripts", &PostDeployment::scripts),
    field("manifests", &PostDeployment::manifests), field("helmCharts", &PostDeployment::helm_charts),
};
template <>
inline constexpr auto kFields<Addon> = std::tuple{
    field("addonID", &Addon::addon_id, {.required = true, .least = 1}),
    field("version", &Addon::version),
};
template <>
inline constexpr auto kFields<ProfileMetadata> = std::tuple{
    field("capabilities", &ProfileMetadata::capabilities),
    field("capacity", &ProfileMetadata::capacity),
    field("notes", &ProfileMetadata::notes),
};
template <>
inline constexpr auto kFields<Profile> = std::tuple{
    field("name", &Profile::name, {.required = true, .least = 1}),
    field("displayName", &Profile::display_name, {.required = true, .least = 1}),
    field("description", &Profile::description, {.required = true, .least = 1}),
    field("platform", &Profile::platform, {.required = true}),
    field("clusterType", &Profile::cluster_type),
    field("track", &Profile::track),
    field("enabled", &Profile::enabled),
    field("credentialsMode", &Profile::credentials_mode),
    field("openshiftVersions", &Profile::openshift_versions),
    field("kubernetesVersions", &Profile::kubernetes_versions),
    field("regions", &Profile::regions, {.required = true}),
    field("zones", &Profile::zones),
    field("baseDomains", &Profile::base_domains),
    field("compute", &Profile::compute, {.required = true}),
    field("lifecycle", &Profile::lifecycle, {.required = true}),
    field("networking", &Profile::networking),
    field("tags", &Profile::tags),
    field("features", &Profile::features),
    field("costControls", &Profile::cost_controls, {.required = true}),
    field("platformConfig", &Profile::platform_config),
    field("install", &Profile::install),
    field("postDeployment", &Profile::post_deployment),
    field("defaultAddons", &Profile::default_addons),
    field("metadata", &Profile::metadata),
    field("approval", &Profile::approval),
    field("deadlines", &Profile::deadlines),
    field("guardrail", &Profile::guardrail),
    field("gitops", &Profile::gitops),
    field("demo", &Profile::demo),
};

}  // namespace desk
