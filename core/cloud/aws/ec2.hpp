// EC2: what a cluster has of it, and machines that stop and start.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/cloud/aws/client.hpp"
#include "core/cloud/aws/resource.hpp"

namespace desk::aws::ec2 {

/// Instances, volumes, NAT gateways, elastic IPs, network interfaces, security groups, subnets, route tables, internet
/// gateways, VPC endpoints and VPCs with a tag of one of these keys. Not what EC2 still lists though it is gone:
/// terminated instances, deleted NAT gateways, volumes and endpoints.
std::vector<Resource> tagged(Client& client, const std::string& region, const std::vector<std::string>& keys);

/// Instances with a tag of this key that are not terminated.
std::vector<Resource> instances(Client& client, const std::string& region, const std::string& key);

/// Both take any number of ids and are done when EC2 has accepted: the instances then are "stopping" or "pending".
void stop_instances(Client& client, const std::string& region, const std::vector<std::string>& ids);
void start_instances(Client& client, const std::string& region, const std::vector<std::string>& ids);

/// Whether instances of this type ("m6i.xlarge") count against the quota of AWS's "Running On-Demand Standard"
/// families.
bool is_standard(std::string_view instance_type);

/// What counts against the quotas of a region.
struct Usage {
    int vpcs = 0, internet_gateways = 0, elastic_ips = 0, gateway_endpoints = 0;
    /// Of running on-demand instances of the families A, C, D, H, I, M, R, T and Z; nothing when EC2 does not say.
    std::optional<int> standard_vcpus = {};
};
Usage usage(Client& client, const std::string& region);

/// Whether `tagged` finds resources of the type that ARNs call so ("natgateway").
bool is_listed(std::string_view arn_type);

}  // namespace desk::aws::ec2
