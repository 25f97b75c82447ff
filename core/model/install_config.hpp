// install-config.yaml v1 as a typed model, and its one writer. No templates: a value can't become structure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/base/yaml.hpp"
#include "core/model/order.hpp"
#include "core/model/tags.hpp"

namespace desk {

/// Control plane or workers.
struct MachinePool {
    std::string name = {};  ///< "master" or "worker"
    int replicas = 0;
    std::string architecture = {};   ///< "arm64" or ""
    std::string instance_type = {};  ///< "" = the installer's default
    std::vector<std::string> zones = {};
    std::optional<RootVolume> root_volume = {};
    std::string metadata_authentication = {};  ///< aws: "Required", "Optional" or ""

    bool operator==(const MachinePool&) const = default;
};

struct InstallConfig {
    std::string name = {};
    std::string base_domain = {};
    MachinePool control_plane = {};
    MachinePool compute = {};
    Networking networking = {};
    Platform platform = Platform::demo;
    std::string region = {};                ///< "" on platform none
    Tags user_tags = {};                    ///< aws and demo
    bool propagate_user_tags = true;        ///< aws
    std::vector<std::string> subnets = {};  ///< aws
    bool subnets_in_vpc = false;      ///< 4.19 and later: platform.aws.vpc.subnets instead of platform.aws.subnets
    std::string resource_group = {};  ///< ibmcloud
    std::string vpc_name = {};        ///< ibmcloud; the next three stand with it, or none does
    std::string network_resource_group = {};
    std::vector<std::string> control_plane_subnets = {}, compute_subnets = {};
    std::string publish = "External";
    bool fips = false;
    Install install = {};
    std::string credentials_mode = {};  ///< "" = left to the installer
    std::string ssh_key = {};           ///< "" = none

    bool operator==(const InstallConfig&) const = default;
};

/// What the installer is told for an order. `tags` are all of them (effective_tags).
InstallConfig install_config_of(const EffectiveOrder& order, const Tags& tags);

/// The file: every text double-quoted, the same bytes for the same model. The pull secret goes into this text only;
/// without one the key is left out.
Secret emit(const InstallConfig& config, const Secret& pull_secret);
std::string emit(const InstallConfig& config);

/// What stands in the tags beside the order. Cluster and request are "" before anything is ordered.
struct TagIds {
    std::string desk = {};  ///< of the desk's store
    std::string cluster = {}, request = {};
};

/// The file as people may see it: the key of the pull secret is there, its value is not. What is known only when it is
/// rendered says so, and so do ids that are not known yet.
std::string preview(const EffectiveOrder& order, const TagIds& ids);

/// Reads back what emit() writes (without the pull secret); unknown keys are faults.
Result<InstallConfig, Faults> parse_install_config(std::string_view text);

}  // namespace desk
