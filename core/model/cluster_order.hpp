// From a cluster.yaml to an order, and from an order to the cluster.yaml that asks for it again.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/cluster_yaml.hpp"
#include "core/model/order.hpp"
#include "core/model/policy.hpp"
#include "core/model/profile_catalog.hpp"

namespace desk {

/// What is said beside a file, for what the file leaves out (a file of the first version knows no team, no lifetime and
/// no profile).
struct BesideFile {
    std::string profile = {}, owner = {}, team = {}, cost_center = {}, reason = {};
    std::optional<int> ttl_hours = {};
};

/// The order that a file asks for.
struct FileOrder {
    Order order = {};
    const Profile* profile = nullptr;  ///< null: none was named that there is, and not exactly one fits
    /// Where the file asks for what the profile does not give; `field` is a JSON pointer. Whether the order is allowed
    /// is up to evaluate().
    FormErrors errors = {};
    std::vector<std::string> notes = {};  ///< what stands in the file and has no part in an order, as sentences
};

/// An order can't change what its profile decides, so every value in the file must be the one that the profile gives.
/// Without a named profile the one that fits is taken; if that is not exactly one, the errors say of each why not.
FileOrder order_of(const ClusterYaml& file, const BesideFile& beside, const Catalog& catalog,
                   const Requester& requester);

/// All that the desk knows of an order; order_of() finds the same order in it.
ClusterYaml cluster_yaml_of(const EffectiveOrder& order);

/// Errors of the fields of an order ("ttlHours") under the keys of the file ("/ttl_hours").
FormErrors under_pointers(const FormErrors& errors);

}  // namespace desk
