// Where a resource is looked at in the console of its cloud.
#pragma once

#include <optional>
#include <string>

#include "core/model/cluster.hpp"
#include "core/model/orphan.hpp"

namespace desk {

struct ConsoleLink {
    std::string url = {};   ///< https
    bool is_exact = false;  ///< leads to the resource itself; else to a search in its region
};

/// Nothing where the platform has no console that the desk knows (demo's cloud is a directory), or where the region is
/// not one that could be part of a host's name. AWS: commercial, China and GovCloud partitions.
std::optional<ConsoleLink> console_link(Platform platform, const CloudResource& resource);

}  // namespace desk
