#include "core/model/install_config.hpp"

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/base/yaml_bind.hpp"
#include "core/base/yaml_write.hpp"
#include "core/model/architecture.hpp"
#include "core/model/desk_tag.hpp"
#include "core/model/profile_fields.hpp"
#include "core/model/version.hpp"

// The file as the installer's own schema has it (types.InstallConfig, v1). Written and read by the same tables, so that
// what is written can be compared with what was meant. Every text is quoted: there is nothing to escape by hand.
namespace desk {
namespace {

struct Metadata {
    std::string name = {};
};
struct FileVolume {
    std::string type = {};
    int size = 0;
    std::optional<int> iops = {};
};
struct MetadataService {
    std::string authentication = {};
};
struct FileMachine {
    std::string type = {};
    std::vector<std::string> zones = {};
    std::optional<FileVolume> root_volume = {};
    std::optional<MetadataService> metadata_service = {};
};
/// At most one is set; none = {}: the installer's defaults.
struct MachinePlatform {
    std::optional<FileMachine> aws = {}, ibmcloud = {}, demo = {};
};
struct FilePool {
    std::string name = {};
    std::string architecture = {};
    int replicas = 0;
    MachinePlatform platform = {};
};
struct FileNetworking {
    std::string network_type = {};
    std::vector<ClusterNetwork> cluster_network = {};
    std::vector<MachineNetwork> machine_network = {};
    std::vector<std::string> service_network = {};
};
struct Subnet {
    std::string id = {};
};
struct Vpc {
    std::vector<Subnet> subnets = {};
};
struct AwsPlatform {
    std::string region = {};
    Tags user_tags = {};
    bool propagate_user_tags = true;
    std::vector<std::string> subnets = {};
    std::optional<Vpc> vpc = {};
};
struct IbmcloudPlatform {
    std::string region = {}, resource_group_name = {}, network_resource_group_name = {}, vpc_name = {};
    std::vector<std::string> control_plane_subnets = {}, compute_subnets = {};
};
struct DemoPlatform {
    std::string region = {};
    Tags user_tags = {};
};
struct NonePlatform {};
struct FilePlatform {
    std::optional<AwsPlatform> aws = {};
    std::optional<IbmcloudPlatform> ibmcloud = {};
    std::optional<DemoPlatform> demo = {};
    std::optional<NonePlatform> none = {};
};
struct File {
    std::string api_version = "v1";
    std::string additional_trust_bundle = {}, additional_trust_bundle_policy = {};
    std::string base_domain = {};
    std::optional<Capabilities> capabilities = {};
    std::vector<FilePool> compute = {};
    FilePool control_plane = {};
    std::string credentials_mode = {};
    std::string feature_set = {};
    std::optional<bool> fips = {};
    std::vector<ImageDigestSource> image_digest_sources = {};
    Metadata metadata = {};
    FileNetworking networking = {};
    FilePlatform platform = {};
    std::optional<Proxy> proxy = {};
    std::string publish = {};
    std::string ssh_key = {};
    std::string pull_secret = {};  ///< read and thrown away; written by hand, out of a Secret
};

}  // namespace

template <>
inline constexpr auto kFields<Metadata> = std::tuple{field("name", &Metadata::name, {.required = true})};
template <>
inline constexpr auto kFields<FileVolume> = std::tuple{
    field("type", &FileVolume::type),
    field("size", &FileVolume::size),
    field("iops", &FileVolume::iops),
};
template <>
inline constexpr auto kFields<MetadataService> = std::tuple{field("authentication", &MetadataService::authentication)};
template <>
inline constexpr auto kFields<FileMachine> = std::tuple{
    field("type", &FileMachine::type),
    field("zones", &FileMachine::zones),
    field("rootVolume", &FileMachine::root_volume),
    field("metadataService", &FileMachine::metadata_service),
};
template <>
inline constexpr auto kFields<MachinePlatform> = std::tuple{
    field("aws", &MachinePlatform::aws),
    field("ibmcloud", &MachinePlatform::ibmcloud),
    field("demo", &MachinePlatform::demo),
};
template <>
inline constexpr auto kFields<FilePool> = std::tuple{
    field("name", &FilePool::name, {.required = true}),
    field("architecture", &FilePool::architecture),
    field("replicas", &FilePool::replicas, {.required = true, .least = 0}),
    field("platform", &FilePool::platform),
};
template <>
inline constexpr auto kFields<FileNetworking> = std::tuple{
    field("networkType", &FileNetworking::network_type),
    field("clusterNetwork", &FileNetworking::cluster_network),
    field("machineNetwork", &FileNetworking::machine_network),
    field("serviceNetwork", &FileNetworking::service_network),
};
template <>
inline constexpr auto kFields<Subnet> = std::tuple{field("id", &Subnet::id)};
template <>
inline constexpr auto kFields<Vpc> = std::tuple{field("subnets", &Vpc::subnets)};
template <>
inline constexpr auto kFields<AwsPlatform> = std::tuple{
    field("region", &AwsPlatform::region, {.required = true}),
    field("userTags", &AwsPlatform::user_tags),
    field("propagateUserTags", &AwsPlatform::propagate_user_tags),
    field("subnets", &AwsPlatform::subnets),
    field("vpc", &AwsPlatform::vpc),
};
template <>
inline constexpr auto kFields<IbmcloudPlatform> = std::tuple{
    field("region", &IbmcloudPlatform::region, {.required = true}),
    field("resourceGroupName", &IbmcloudPlatform::resource_group_name),
    field("networkResourceGroupName", &IbmcloudPlatform::network_resource_group_name),
    field("vpcName", &IbmcloudPlatform::vpc_name),
    field("controlPlaneSubnets", &IbmcloudPlatform::control_plane_subnets),
    field("computeSubnets", &IbmcloudPlatform::compute_subnets),
};
template <>
inline constexpr auto kFields<DemoPlatform> = std::tuple{
    field("region", &DemoPlatform::region, {.required = true}),
    field("userTags", &DemoPlatform::user_tags),
};
template <>
inline constexpr auto kFields<NonePlatform> = std::tuple<>{};
template <>
inline constexpr auto kFields<FilePlatform> = std::tuple{
    field("aws", &FilePlatform::aws),
    field("ibmcloud", &FilePlatform::ibmcloud),
    field("demo", &FilePlatform::demo),
    field("none", &FilePlatform::none),
};
template <>
inline constexpr auto kFields<File> = std::tuple{
    field("apiVersion", &File::api_version, {.required = true}),
    field("additionalTrustBundle", &File::additional_trust_bundle),
    field("additionalTrustBundlePolicy", &File::additional_trust_bundle_policy),
    field("baseDomain", &File::base_domain, {.required = true}),
    field("capabilities", &File::capabilities),
    field("compute", &File::compute, {.required = true}),
    field("controlPlane", &File::control_plane, {.required = true}),
    field("credentialsMode", &File::credentials_mode),
    field("featureSet", &File::feature_set),
    field("fips", &File::fips),
    field("imageDigestSources", &File::image_digest_sources),
    field("metadata", &File::metadata, {.required = true}),
    field("networking", &File::networking, {.required = true}),
    field("platform", &File::platform, {.required = true}),
    field("proxy", &File::proxy),
    field("publish", &File::publish),
    field("sshKey", &File::ssh_key),
    field("pullSecret", &File::pull_secret),
};

namespace {

// --- from the model to the file and back

FilePool file_pool(const MachinePool& pool, Platform platform) {
    FileMachine machine{pool.instance_type, pool.zones, {}, {}};
    if (pool.root_volume) {
        const auto& volume = *pool.root_volume;
        machine.root_volume =
            FileVolume{volume.type, volume.size, volume.iops > 0 ? std::optional(volume.iops) : std::nullopt};
    }
    if (!pool.metadata_authentication.empty()) machine.metadata_service = MetadataService{pool.metadata_authentication};

    FilePool out{pool.name, pool.architecture, pool.replicas, {}};
    if (platform == Platform::aws) out.platform.aws = machine;
    if (platform == Platform::ibmcloud) out.platform.ibmcloud = machine;
    if (platform == Platform::demo) out.platform.demo = machine;
    return out;
}

MachinePool model_pool(const FilePool& pool) {
    MachinePool out{.name = pool.name, .replicas = pool.replicas, .architecture = pool.architecture};
    const auto& platform = pool.platform;
    const auto& machine = platform.aws ? platform.aws : platform.ibmcloud ? platform.ibmcloud : platform.demo;
    if (!machine) return out;
    out.instance_type = machine->type;
    out.zones = machine->zones;
    if (const auto& volume = machine->root_volume)
        out.root_volume = RootVolume{volume->type, volume->size, volume->iops.value_or(0)};
    if (machine->metadata_service) out.metadata_authentication = machine->metadata_service->authentication;
    return out;
}

FilePlatform file_platform(const InstallConfig& config) {
    FilePlatform out;
    switch (config.platform) {
        case Platform::aws:
            out.aws = AwsPlatform{.region = config.region,
                                  .user_tags = config.user_tags,
                                  .propagate_user_tags = config.propagate_user_tags};
            if (!config.subnets_in_vpc) {
                out.aws->subnets = config.subnets;
            } else if (!config.subnets.empty()) {
                out.aws->vpc.emplace();
                for (const auto& id : config.subnets) out.aws->vpc->subnets.push_back({id});
            }
            break;
        case Platform::ibmcloud:
            out.ibmcloud =
                IbmcloudPlatform{config.region,   config.resource_group,        config.network_resource_group,
                                 config.vpc_name, config.control_plane_subnets, config.compute_subnets};
            break;
        case Platform::demo:
            out.demo = DemoPlatform{config.region, config.user_tags};
            break;
        case Platform::none:
            out.none.emplace();
            break;
        case Platform::gcp:
        case Platform::azure:
        case Platform::doks:
            throw Error(Code::internal, cat("Platform ", text(config.platform), " can't be installed yet."));
    }
    return out;
}

void read_platform(const FilePlatform& file, InstallConfig& out) {
    if (file.aws) {
        out.platform = Platform::aws;
        out.region = file.aws->region;
        out.user_tags = file.aws->user_tags;
        out.propagate_user_tags = file.aws->propagate_user_tags;
        out.subnets = file.aws->subnets;
        out.subnets_in_vpc = file.aws->vpc.has_value();
        if (file.aws->vpc)
            for (const auto& subnet : file.aws->vpc->subnets) out.subnets.push_back(subnet.id);
    } else if (file.ibmcloud) {
        out.platform = Platform::ibmcloud;
        out.region = file.ibmcloud->region;
        out.resource_group = file.ibmcloud->resource_group_name;
        out.vpc_name = file.ibmcloud->vpc_name;
        out.network_resource_group = file.ibmcloud->network_resource_group_name;
        out.control_plane_subnets = file.ibmcloud->control_plane_subnets;
        out.compute_subnets = file.ibmcloud->compute_subnets;
    } else if (file.demo) {
        out.platform = Platform::demo;
        out.region = file.demo->region;
        out.user_tags = file.demo->user_tags;
    } else {
        out.platform = Platform::none;
    }
}

File file_of(const InstallConfig& config) {
    File out;
    out.base_domain = config.base_domain;
    out.compute = {file_pool(config.compute, config.platform)};
    out.control_plane = file_pool(config.control_plane, config.platform);
    out.credentials_mode = config.credentials_mode;
    out.metadata.name = config.name;
    out.networking = {config.networking.network_type, config.networking.cluster_networks,
                      config.networking.machine_network, config.networking.service_network};
    out.platform = file_platform(config);
    out.publish = config.publish;
    out.ssh_key = config.ssh_key;
    if (config.fips) out.fips = true;
    const auto& install = config.install;
    out.capabilities = install.capabilities;
    out.feature_set = install.feature_set;
    out.proxy = install.proxy;
    out.additional_trust_bundle = install.trust_bundle;
    out.additional_trust_bundle_policy = install.trust_bundle_policy;
    out.image_digest_sources = install.image_digest_sources;
    return out;
}

std::string metadata_authentication(const EffectiveOrder& order) {
    if (!order.aws || order.aws->instance_metadata_service.empty()) return "";
    return order.aws->instance_metadata_service == "required" ? "Required" : "Optional";
}

std::string credentials_mode(const EffectiveOrder& order) {
    if (order.platform == Platform::ibmcloud) return "Manual";  // the only one the installer takes there
    return order.credentials_mode == CredentialsMode::Auto ? "" : std::string(text(order.credentials_mode));
}

}  // namespace

InstallConfig install_config_of(const EffectiveOrder& order, const Tags& tags) {
    InstallConfig out;
    out.name = order.name;
    out.base_domain = order.base_domain;
    out.platform = order.platform;
    out.networking = order.networking;
    out.publish = order.features.private_cluster ? "Internal" : "External";
    out.credentials_mode = credentials_mode(order);
    out.ssh_key = order.ssh_public_key;
    out.fips = order.features.fips_mode;
    out.install = order.install.value_or(Install{});
    if (order.platform != Platform::none) out.region = order.region;
    if (order.platform == Platform::aws || order.platform == Platform::demo) out.user_tags = tags;

    MachinePool pool{.zones = order.zones, .metadata_authentication = metadata_authentication(order)};
    if (architecture_of(order.platform, order.control_plane.instance_type) == Architecture::arm64)
        pool.architecture = text(Architecture::arm64);  // of all pools: profiles mix no architectures
    if (order.aws) {
        pool.root_volume = order.aws->root_volume;
        out.propagate_user_tags = order.aws->propagate_user_tags;
        out.subnets = order.aws->subnets;
        const auto version = Version::parse(order.version);
        out.subnets_in_vpc = !out.subnets.empty() && version && *version >= Version{4, 19, 0, "0"};
    }
    if (order.ibmcloud) {
        out.resource_group = order.ibmcloud->resource_group;
        out.vpc_name = order.ibmcloud->vpc_name;
        out.network_resource_group = order.ibmcloud->network_resource_group;
        out.control_plane_subnets = order.ibmcloud->control_plane_subnets;
        out.compute_subnets = order.ibmcloud->compute_subnets;
    }
    if (order.platform == Platform::none) pool = {};
    out.control_plane = out.compute = pool;
    out.control_plane.name = "master";
    out.control_plane.replicas = order.control_plane.replicas;
    out.compute.name = "worker";
    out.compute.replicas = order.workers.replicas;
    if (order.platform != Platform::none) {
        out.control_plane.instance_type = order.control_plane.instance_type;
        out.compute.instance_type = order.workers.instance_type;
    }
    return out;
}

std::string emit(const InstallConfig& config) { return write_yaml(file_of(config)); }

Secret emit(const InstallConfig& config, const Secret& pull_secret) {
    File file = file_of(config);
    file.pull_secret = trim(pull_secret.reveal());
    Secret text(write_yaml(file));
    OPENSSL_cleanse(file.pull_secret.data(), file.pull_secret.size());
    return text;
}

std::string preview(const EffectiveOrder& order, const TagIds& ids) {
    const auto id = [](const std::string& given) { return given.empty() ? "known-when-ordered" : given; };
    Tags tags = effective_tags(order, id(ids.cluster), id(ids.request), Time{});
    tags["ManagedBy"] = managed_by(ids.desk);
    tags["TTLExpiry"] = "known-when-rendered";
    File file = file_of(install_config_of(order, tags));
    file.pull_secret = "(not shown)";
    return write_yaml(file);
}

Result<InstallConfig, Faults> parse_install_config(std::string_view text) {
    const std::string name = "install-config.yaml";
    const auto root = parse_yaml(text, name);
    if (!root) return Failure{root.error()};
    File file;
    YamlBinder binder(name);
    binder.read(*root, file);
    if (file.compute.size() != 1) binder.fault_at(*root, "compute", "must have one pool, worker.");
    if (!binder.faults().empty()) return Failure{binder.take_faults()};

    InstallConfig out;
    out.name = file.metadata.name;
    out.base_domain = file.base_domain;
    out.control_plane = model_pool(file.control_plane);
    out.compute = model_pool(file.compute.front());
    out.networking = {.network_type = file.networking.network_type,
                      .cluster_networks = file.networking.cluster_network,
                      .service_network = file.networking.service_network,
                      .machine_network = file.networking.machine_network};
    out.publish = file.publish;
    out.credentials_mode = file.credentials_mode;
    out.ssh_key = file.ssh_key;
    out.fips = file.fips.value_or(false);
    out.install = {.capabilities = file.capabilities,
                   .feature_set = file.feature_set,
                   .proxy = file.proxy,
                   .trust_bundle = file.additional_trust_bundle,
                   .trust_bundle_policy = file.additional_trust_bundle_policy,
                   .image_digest_sources = file.image_digest_sources};
    read_platform(file.platform, out);
    return out;
}

}  // namespace desk
