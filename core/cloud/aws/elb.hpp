// Elastic load balancers of both generations, and target groups.
#pragma once

#include <string>
#include <vector>

#include "core/cloud/aws/client.hpp"
#include "core/cloud/aws/resource.hpp"

namespace desk::aws::elb {

/// All of a region, with their tags: "load-balancer" (network, application, gateway), "classic-load-balancer" and
/// "target-group". Neither API can be asked by tag.
std::vector<Resource> all(Client& client, const std::string& region);

}  // namespace desk::aws::elb
