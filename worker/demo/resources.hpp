// What a cluster consists of in the cloud: which stage makes it, and how `destroy cluster` speaks of it.
#pragma once

#include <vector>

#include "worker/demo/cloud.hpp"
#include "worker/demo/stages.hpp"

namespace desk::demo {

/// The things that `stage` creates, in order.
std::vector<Resource> planned(const Cluster& cluster, Stage stage);

/// Those that go when the bootstrap machine has done its work.
std::vector<Resource> planned_for_bootstrap(const Cluster& cluster);

/// How a type is deleted: its place in the order, and its line in the log.
struct TypeRow {
    std::string_view type;
    std::string_view verb;           ///< "Deleted", "Released", "Terminated"
    std::string_view resource_type;  ///< the field resourceType; "" = the line has none
    std::string_view id_field;       ///< "id", "instance"; "" = the line has no fields at all
};

/// Types in the order of deletion.
const std::vector<TypeRow>& types_in_order_of_deletion();

/// The row of `type`; an unknown one is deleted last, as a network interface would be.
const TypeRow& type_row(const std::string& type);

}  // namespace desk::demo
