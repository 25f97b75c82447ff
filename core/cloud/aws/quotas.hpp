// Service Quotas: whether a region has room for a cluster.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/cloud/aws/client.hpp"

namespace desk::aws::quotas {

/// The account's limit in a region: what was granted, else AWS's default. Nothing when Service Quotas has no such quota
/// there or may not be asked: then nobody knows.
std::optional<int> find_limit(Client& client, const std::string& region, const std::string& service,
                              const std::string& code);

/// What one cluster adds to a region, 0 where it adds nothing. vCPUs are those of standard families, with the bootstrap
/// machine's.
struct Need {
    int standard_vcpus = 0;
    int elastic_ips = 0;  ///< one for each zone that gets a NAT gateway
    int vpcs = 1, internet_gateways = 1, gateway_endpoints = 1;
};

/// One quota against what a cluster needs.
struct Room {
    std::string what = {};  ///< "VPCs"
    std::string code = {};  ///< "vpc/L-F678F1CE"
    int needed = 0;
    std::optional<int> limit = {}, used = {};

    /// Only when both figures are known and leave too little: an answer that did not come blocks nothing.
    bool is_short() const { return needed > 0 && limit && used && *limit - *used < needed; }
};

/// Every quota that a cluster of this size meets. Throws AwsError and Error{unavailable} when EC2 does not say what is
/// in use.
std::vector<Room> room_for(Client& client, const std::string& region, const Need& need);

}  // namespace desk::aws::quotas
