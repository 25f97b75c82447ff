// What AWS itself must hold before a cluster is installed: its domain, the way there, free names, and room.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/cloud/aws/client.hpp"
#include "core/model/check.hpp"
#include "core/model/order.hpp"

namespace desk::worker {

/// As name_servers_of() of core/base/dns.hpp; a parameter so that tests can answer.
using NameServerLookup = std::function<std::vector<std::string>(const std::string& domain)>;

/// One check for each thing, each made whatever the others say. Only reads. `makes_zone`: Terraform makes the base
/// domain's zone when there is none.
std::vector<Check> aws_cloud_checks(aws::Client& client, const EffectiveOrder& order, bool makes_zone,
                                    const NameServerLookup& look_up);

}  // namespace desk::worker
