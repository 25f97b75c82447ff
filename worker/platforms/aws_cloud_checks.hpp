// What AWS itself must hold before a cluster is installed: its domain, the way there, free names, and room.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/cloud/aws/client.hpp"
#include "core/model/check.hpp"
#include "core/model/order.hpp"

namespace desk::worker {

/// As name_servers_of() of core/base/dns.hpp; a parameter so that tests can answer.
using NameServerLookup = std::function<std::vector<std::string>(const std::string& domain)>;

/// One check for each thing, each made whatever the others say. Only reads. `makes_zone`: Terraform makes the base
/// domain's zone when there is none. A private cluster needs no public one.
std::vector<Check> aws_cloud_checks(aws::Client& client, const EffectiveOrder& order, bool makes_zone,
                                    const NameServerLookup& look_up);
/// What `check` says; a FAIL when AWS refuses to tell or does not answer.
Check ask_aws(std::string_view id, const std::function<Check()>& check);
/// The one of them that tells whether the base domain leads to its zone, which is there by now.
Check aws_delegation(aws::Client& client, const EffectiveOrder& order, const NameServerLookup& look_up);

}  // namespace desk::worker
