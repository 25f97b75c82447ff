// What exists of clusters in an AWS account, as each service's own list says. The proof of deletion and the search for
// orphans both stand on it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/cloud/aws/client.hpp"
#include "core/cloud/aws/resource.hpp"

namespace desk::aws {

/// The installer's and Kubernetes' tag on everything of a cluster, with the value "owned" on what goes with it.
inline constexpr std::string_view kClusterTag = "kubernetes.io/cluster/";
/// ccoctl's tag on everything that it made.
inline constexpr std::string_view kCcoctlTag = "openshift.io/cloud-credential-operator/";

/// By what the things of a cluster are found. Names and domain may be empty: then no records are looked for.
struct InventoryScope {
    std::vector<std::string> infra_ids = {};     ///< of the installer: "demo1-kcj4t"
    std::vector<std::string> ccoctl_names = {};  ///< of `ccoctl aws create-all --name`
    std::vector<std::string> regions = {};       ///< every one that was touched
    std::string name = {}, base_domain = {};     ///< for DNS: api.<name>.<base_domain>
};

/// Everything of it that exists: in each region EC2, load balancers of both kinds and whatever else the Tagging API
/// lists; once for the account Route53, IAM and S3. A known type counts only when its own service lists it (the Tagging
/// API still lists what is terminated); an unknown one counts as soon as the Tagging API lists it. Only what is
/// "owned", never what is shared. Throws Error{unavailable} as soon as one question gets no answer or a refusal: not to
/// know is not to be clean.
std::vector<Resource> inventory(Client& client, const InventoryScope& scope);

/// The questions that `inventory` asks, in words.
std::vector<std::string> inventory_queries(const InventoryScope& scope);

/// The clusters and ccoctl names that carry tags in a region, also of clusters that no desk made. In the partition's
/// home with those that only have roles left.
struct Names {
    std::vector<std::string> infra_ids = {}, ccoctl_names = {};
};
Names names_in(Client& client, const std::string& region);

}  // namespace desk::aws
