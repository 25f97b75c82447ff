// What exists of clusters in an AWS account, as each service's own list says. The proof of deletion and the search for
// orphans both stand on it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/cloud/aws/client.hpp"

namespace desk::aws {

using Tags = std::map<std::string, std::string>;

/// Where AWS keeps what belongs to no region (Route53, IAM), and what the region of such a resource is called.
inline constexpr std::string_view kGlobalRegion = "us-east-1";
inline constexpr std::string_view kGlobal = "global";

/// The installer's and Kubernetes' tag on everything of a cluster, with the value "owned" on what goes with it.
inline constexpr std::string_view kClusterTag = "kubernetes.io/cluster/";
/// ccoctl's tag on everything that it made.
inline constexpr std::string_view kCcoctlTag = "openshift.io/cloud-credential-operator/";

/// Something that exists.
struct Resource {
    std::string region = {};  ///< kGlobal for IAM and Route53
    std::string type = {};    ///< "instance", "nat-gateway", "iam-role" ..., or "service:type" as the Tagging API says
    std::string id = {}, name = {};
    std::string state = {};  ///< of an instance: "running", "stopped" ...
    std::string kind = {};   ///< of an instance or a volume: "m6i.xlarge", "gp3"
    int gib = 0;             ///< of a volume
    Tags tags = {};

    bool operator==(const Resource&) const = default;
};

/// By what the things of a cluster are found. Names and domain may be empty: then no records are looked for.
struct InventoryScope {
    std::vector<std::string> infra_ids = {};     ///< of the installer: "demo1-kcj4t"
    std::vector<std::string> ccoctl_names = {};  ///< of `ccoctl aws create-all --name`
    std::vector<std::string> regions = {};       ///< every one that was touched
    std::string name = {}, base_domain = {};     ///< for DNS: api.<name>.<base_domain>
};

/// Everything of it that exists: in each region EC2, load balancers of both kinds and whatever else the Tagging API
/// lists; once for the account Route53, IAM and S3. A known type counts only when its own service lists it (the Tagging
/// API still lists what is terminated); an unknown one counts as soon as the Tagging API lists it. Only what is "owned",
/// never what is shared. Throws AwsError or Error{unavailable} as soon as one question gets no answer: not to know is
/// not to be clean.
std::vector<Resource> inventory(Client& client, const InventoryScope& scope);

/// The questions that `inventory` asks, in words.
std::vector<std::string> inventory_queries(const InventoryScope& scope);

/// The clusters and ccoctl names that carry tags in a region, also of clusters that no desk made. In kGlobalRegion with
/// those that only have roles left.
struct Names {
    std::vector<std::string> infra_ids = {}, ccoctl_names = {};
};
Names names_in(Client& client, const std::string& region);

}  // namespace desk::aws
