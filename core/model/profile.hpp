// A profile: what can be ordered. The complete schema of conf/profiles/*.yaml, typed; read and checked by
// parse_profile.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/enum.hpp"
#include "core/base/json.hpp"
#include "core/base/result.hpp"
#include "core/base/yaml.hpp"
#include "core/model/cost.hpp"
#include "core/model/lifetime.hpp"
#include "core/model/platform.hpp"
#include "core/model/tags.hpp"

namespace desk {

DESK_ENUM(Track, ga, prerelease, kube);
DESK_ENUM(CredentialsMode, Auto, Mint, Passthrough, Manual, Static);

/// What a person may choose from, and what is chosen for them.
struct Choice {
    std::vector<std::string> allowlist = {};
    std::string default_value = {};

    bool allows(std::string_view value) const;
    bool operator==(const Choice&) const = default;
};

struct ControlPlane {
    int replicas = 0;  ///< odd
    std::string instance_type = {};
    bool schedulable = false;  ///< also runs workloads

    bool operator==(const ControlPlane&) const = default;
};

struct Workers {
    int replicas = 0;
    int min_replicas = 0;
    std::optional<int> max_replicas = {};
    std::string instance_type = {};  ///< "" = as the control plane
    bool autoscaling = false;
    // of managed cluster types only
    std::string machine_type = {};
    int count = 0;
    std::string public_vlan = {};
    std::string private_vlan = {};

    int most() const { return max_replicas.value_or(replicas); }
    bool operator==(const Workers&) const = default;
};

/// Node groups of EKS; read, never installed.
struct NodeGroup {
    std::string name = {}, instance_type = {};
    int desired_capacity = 0, min_size = 0, max_size = 0, volume_size = 0;
    std::string volume_type = {}, ami_family = {};

    bool operator==(const NodeGroup&) const = default;
};

struct Compute {
    std::optional<ControlPlane> control_plane = {};
    std::optional<Workers> workers = {};
    std::vector<NodeGroup> node_groups = {}, managed_node_groups = {};

    bool operator==(const Compute&) const = default;
};

struct Lifecycle {
    int max_ttl_hours = 0;
    int default_ttl_hours = 0;
    bool allow_custom_ttl = false;
    int warn_before_destroy_hours = 0;

    bool operator==(const Lifecycle&) const = default;
};

struct ClusterNetwork {
    std::string cidr = {};
    int host_prefix = 23;

    bool operator==(const ClusterNetwork&) const = default;
};
struct MachineNetwork {
    std::string cidr = {};

    bool operator==(const MachineNetwork&) const = default;
};

/// Defaults are those of openshift-install.
struct Networking {
    std::string network_type = "OVNKubernetes";
    std::vector<ClusterNetwork> cluster_networks = {};
    std::vector<std::string> service_network = {};
    std::vector<MachineNetwork> machine_network = {};
    // of managed cluster types only
    std::string vpc_cidr = {}, nat_gateway = {};

    bool operator==(const Networking&) const = default;
};

struct TagRules {
    Tags required = {};
    Tags defaults = {};
    bool allow_user_tags = false;

    bool operator==(const TagRules&) const = default;
};

struct Features {
    bool off_hours_scaling = false;
    bool fips_mode = false;
    bool private_cluster = false;
    // of managed cluster types only
    bool oidc_provider = false, public_service_endpoint = false, private_service_endpoint = false;

    bool operator==(const Features&) const = default;
};

struct CostControls {
    Money estimated_hourly_cost = {};
    std::optional<Money> hibernated_hourly_cost = {};   ///< default: a tenth of the hourly cost (the disks stay)
    std::optional<Money> max_monthly_cost = {};         ///< an order that costs more to its expiry is refused
    std::optional<double> budget_alert_threshold = {};  ///< 0..1 of maxMonthlyCost: above it the order says so
    std::string warning_message = {};

    bool operator==(const CostControls&) const = default;
};

/// "An order is approved by the rule itself when every limit given here holds."
struct AutoApprove {
    std::optional<int> max_ttl_hours = {};
    std::optional<Money> max_cost_to_expiry = {};
    std::vector<std::string> teams = {};  ///< empty = any

    bool operator==(const AutoApprove&) const = default;
};

/// A profile that says nothing about approval needs one: a machine in a cloud costs money.
struct Approval {
    std::optional<AutoApprove> auto_approve = {};
    int approvals = 1;                             ///< how many people; 0 = the rule alone
    std::vector<std::string> approver_teams = {};  ///< empty = approvers of the requester's team
    int lapse_hours = 72;                          ///< an undecided request ends after this long

    bool operator==(const Approval&) const = default;
};

/// How long a program may take before the desk stops it. 90 min: an install takes about 40, the installer's own waits
/// add up to about 80.
struct Deadlines {
    seconds install = 90min;
    seconds destroy = 60min;
    seconds handoff = 30min;

    bool operator==(const Deadlines&) const = default;
};

/// Cloud accounts that clusters of this profile may be made in; empty = the configured one.
struct Guardrail {
    std::vector<std::string> account_ids = {};

    bool operator==(const Guardrail&) const = default;
};

struct AllowedRepo {
    std::string repo_url = {};
    std::vector<std::string> refs = {};

    bool operator==(const AllowedRepo&) const = default;
};
struct Gitops {
    std::string repo_url = {}, repo_ref = {}, env = {};
    std::vector<AllowedRepo> allowed_repos = {};

    bool operator==(const Gitops&) const = default;
};

/// Platform demo: one hour of lifetime, warning and installer takes this many seconds.
struct Demo {
    int seconds_per_hour = 3600;

    bool operator==(const Demo&) const = default;
};

struct RootVolume {
    std::string type = {};
    int size = 0;  ///< GiB
    int iops = 0;  ///< 0 = not set

    bool operator==(const RootVolume&) const = default;
};
struct AwsConfig {
    std::string instance_metadata_service = {};  ///< "required" (IMDSv2 only), "optional" or ""
    std::optional<RootVolume> root_volume = {};
    std::vector<std::string> subnets = {};  ///< of an existing VPC
    bool propagate_user_tags = true;  ///< also to what operators in the cluster make later: volumes, load balancers

    bool operator==(const AwsConfig&) const = default;
};
struct IbmcloudConfig {
    std::string resource_group = {}, vpc_name = {};
    bool classic_infrastructure = false;  ///< of IKS only
    std::string data_center = {};         ///< of IKS only
    /// Of the VPC, and needed with it: the resource group that it is in, and subnets of it by name.
    std::string network_resource_group = {};
    std::vector<std::string> control_plane_subnets = {}, compute_subnets = {};

    bool operator==(const IbmcloudConfig&) const = default;
};

/// Which optional parts of OpenShift are installed.
struct Capabilities {
    std::string baseline_set = {};             ///< "None", "v4.20", "vCurrent"
    std::vector<std::string> additional = {};  ///< "CloudCredential"

    bool operator==(const Capabilities&) const = default;
};
struct Proxy {
    std::string http = {}, https = {}, no_proxy = {};

    bool operator==(const Proxy&) const = default;
};
/// Images of `source` are pulled from the first of its mirrors that has them.
struct ImageDigestSource {
    std::string source = {};
    std::vector<std::string> mirrors = {};

    bool operator==(const ImageDigestSource&) const = default;
};
/// What install-config.yaml takes on every platform, by the installer's own names.
struct Install {
    std::optional<Capabilities> capabilities = {};
    std::string feature_set = {};
    std::optional<Proxy> proxy = {};
    std::string trust_bundle = {};         ///< certificates in PEM
    std::string trust_bundle_policy = {};  ///< "Proxyonly" or "Always"
    std::vector<ImageDigestSource> image_digest_sources = {};

    bool operator==(const Install&) const = default;
};

/// Of platforms whose installer is not built the keys and types are checked (profile_foreign.cpp) and the values kept
/// as they stand, to be shown.
struct PlatformConfig {
    std::optional<AwsConfig> aws = {};
    std::optional<IbmcloudConfig> ibmcloud = {};
    std::optional<Json> rosa = {}, eks = {}, gcp = {}, gke = {}, azure = {}, aro = {}, aks = {};

    bool operator==(const PlatformConfig&) const = default;
};

struct CustomResource {
    std::string api_version = {}, kind = {}, name = {}, namespace_name = {};
    std::optional<Json> spec = {};
};
struct Operator {
    std::string name = {}, namespace_name = {}, source = {}, channel = {};
    std::optional<CustomResource> custom_resource = {};
};
struct Script {
    std::string name = {}, path = {}, description = {};
    std::map<std::string, std::string> env = {};
};
struct Manifest {
    std::string name = {}, path = {}, url = {}, description = {}, namespace_name = {};
};
struct HelmChart {
    std::string name = {}, repo = {}, chart = {};
    std::optional<Json> values = {};
};
/// Read and shown; an order of a profile that has it is refused until the desk can do it.
struct PostDeployment {
    bool enabled = false;
    std::string timeout = {};
    std::vector<Operator> operators = {};
    std::vector<Script> scripts = {};
    std::vector<Manifest> manifests = {};
    std::vector<HelmChart> helm_charts = {};
};
struct Addon {
    std::string addon_id = {}, version = {};
};

/// For people only.
struct ProfileMetadata {
    std::vector<std::string> capabilities = {};
    std::optional<Json> capacity = {};
    std::vector<std::string> notes = {};
};

struct Profile {
    std::string name = {};
    std::string display_name = {};
    std::string description = {};
    Platform platform = Platform::demo;
    ClusterType cluster_type = ClusterType::openshift;
    std::optional<Track> track = {};
    bool enabled = true;
    CredentialsMode credentials_mode = CredentialsMode::Auto;

    std::optional<Choice> openshift_versions = {};
    std::optional<Choice> kubernetes_versions = {};
    Choice regions = {};
    std::optional<Choice> zones = {};
    std::optional<Choice> base_domains = {};

    Compute compute = {};
    Lifecycle lifecycle = {};
    Networking networking = {};
    TagRules tags = {};
    Features features = {};
    CostControls cost_controls = {};
    PlatformConfig platform_config = {};
    std::optional<Install> install = {};
    std::optional<PostDeployment> post_deployment = {};
    std::vector<Addon> default_addons = {};
    std::optional<ProfileMetadata> metadata = {};

    Approval approval = {};
    Deadlines deadlines = {};
    Guardrail guardrail = {};
    std::optional<Gitops> gitops = {};
    std::optional<Demo> demo = {};

    /// Where it was read from; not a key.
    std::string file = {};
    /// The rest of the file's truth: why the desk can't install it, found while it was checked. Not a key.
    std::optional<std::string> unavailable = {};

    /// Why nobody can order this profile now, as a sentence ("Platform aws is not configured on this desk."); nothing
    /// when it can be ordered.
    const std::optional<std::string>& unavailable_reason() const { return unavailable; }

    /// The versions that may be ordered: openshiftVersions, or kubernetesVersions of managed types.
    const Choice& versions() const;
    const ControlPlane& control_plane() const;
    Workers workers() const;
    Rates rates() const;
    Pace pace() const { return {demo ? demo->seconds_per_hour : 3600}; }
    /// vCPUs of a cluster as ordered (control plane and workers).
    int vcpus() const;
};

/// The profile in `text`, or every fault that could be found, each with its line and the way out.
Result<Profile, Faults> parse_profile(std::string_view text, const std::string& file_name,
                                      const Platforms& configured = {Platform::demo});

}  // namespace desk
