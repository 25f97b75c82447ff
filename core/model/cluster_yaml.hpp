// cluster.yaml: the declared intent of one cluster, as conf/schemas/cluster.schema.json describes it; read strictly,
// and written the same way each time. Files without api_version are of the first version and have none of our
// additions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/yaml.hpp"
#include "core/model/tags.hpp"

namespace desk {

/// A text that is "" and an optional that is empty are not in the file.
struct ClusterYaml {
    struct Place {
        std::string type = {};        ///< a name of Platform
        std::string account_id = {};  ///< aws: 12 digits
        std::string region = {};
        std::vector<std::string> zones = {};

        bool operator==(const Place&) const = default;
    };
    struct Dns {
        std::string base_domain = {};
        std::string hosted_zone_id = {};

        bool operator==(const Dns&) const = default;
    };
    struct Openshift {
        std::string version = {};    ///< "4.20" = the newest release of that minor version, "4.20.3" = this one
        std::string max_minor = {};  ///< "4.20": the version is of at most this minor version
        std::optional<int> control_plane_replicas = {}, compute_replicas = {};
        std::string instance_type_control_plane = {}, instance_type_compute = {};
        std::string compute_market = {};  ///< "on-demand" or "spot"

        bool operator==(const Openshift&) const = default;
    };
    struct Credentials {
        std::string aws_profile = {};
        std::string role_arn = {}, external_id = {}, session_name = {};
        std::string cco_mode = {};  ///< "mint" or "manual-sts"

        bool operator==(const Credentials&) const = default;
    };
    struct Gitops {
        std::string repo_url = {}, repo_ref = {}, env = {};

        bool operator==(const Gitops&) const = default;
    };
    struct PodNetwork {
        std::string cidr = {};
        int host_prefix = 23;

        bool operator==(const PodNetwork&) const = default;
    };
    struct Networking {
        std::string network_type = {};
        std::string machine_cidr = {};
        std::vector<PodNetwork> cluster_network = {};
        std::vector<std::string> service_network = {};

        bool operator==(const Networking&) const = default;
    };

    std::string api_version = {};  ///< "portal/v1", or "": the first version
    std::string name = {};
    std::string env = {};  ///< a label, the value of the tag Environment
    std::string profile = {}, owner = {}, team = {}, cost_center = {};
    std::optional<int> ttl_hours = {};
    std::string destroy_at = {};  ///< told by the desk, RFC 3339; asks for nothing
    Place platform = {};
    Dns dns = {};
    Openshift openshift = {};
    std::optional<Credentials> credentials = {};
    std::optional<Gitops> gitops = {};
    std::optional<Networking> networking = {};
    std::string publish = {};  ///< "External" or "Internal"
    std::optional<bool> fips = {};
    std::string ssh_public_key = {};
    std::optional<bool> offhours_opt_in = {};
    std::string failure = {};  ///< demo: what is to go wrong, a name of DemoFailure
    Tags tags = {};

    bool operator==(const ClusterYaml&) const = default;
};

inline constexpr std::string_view kPortalVersion = "portal/v1";

/// Whether a document means to be a cluster.yaml, good or not, rather than another file of the desk.
bool is_cluster_yaml(const Yaml& root);

/// The file in `text`, or all of its faults; `where` of each is a JSON pointer, "" = the document.
Result<ClusterYaml, Faults> parse_cluster_yaml(std::string_view text, const std::string& file_name);

/// "/platform/account_id: must be ..."
std::string pointer_line(const Fault& fault);

/// The file: every text quoted, keys in the order of the schema.
std::string emit(const ClusterYaml& file);

}  // namespace desk
