// The Resource Groups Tagging API: what carries a tag, in all services at once. It lags, and lists what is gone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/cloud/aws/client.hpp"
#include "core/cloud/aws/resource.hpp"

namespace desk::aws::tagging {

/// "arn:aws:ec2:us-east-1:123456789012:natgateway/nat-0a" in parts.
struct Arn {
    std::string service = {}, type = {};  ///< "ec2", "natgateway"; the type is empty where the service has only one
    std::string id = {};                  ///< "nat-0a"; of a load balancer with its path
};
/// Throws Error{unavailable} for what is no ARN: the answer is not what it should be.
Arn parse_arn(const std::string& arn);

struct Tagged {
    std::string arn = {};
    Tags tags = {};
};
/// Everything in a region with this tag. In the partition's home also what belongs to no region.
std::vector<Tagged> resources(Client& client, const std::string& region, const std::string& key,
                              const std::string& value);

/// Every key of a tag in the region that begins with `prefix`.
std::vector<std::string> keys(Client& client, const std::string& region, std::string_view prefix);

}  // namespace desk::aws::tagging
