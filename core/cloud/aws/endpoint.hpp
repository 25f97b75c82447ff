// Where a service of AWS is asked and for which region its requests are signed.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace desk::aws {

/// Where services are asked: AWS's own addresses, unless one is set.
struct Endpoints {
    std::string all = {};  ///< one address for every service (a stand-in): "http://127.0.0.1:5000"
    std::map<std::string, std::string> service = {};  ///< of one service, by its signing name; before `all`
};

struct Endpoint {
    std::string url = {};     ///< without a slash at the end
    std::string region = {};  ///< that requests are signed for
};

/// `service` is its signing name ("ec2", "iam", "tagging"). IAM and Route53 are one per partition (aws, aws-us-gov,
/// aws-cn, told by the region's prefix); STS without a region is the one of us-east-1.
Endpoint endpoint_of(std::string_view service, std::string_view region, const Endpoints& endpoints = {});

/// The same for child programs, by the variables that AWS's own libraries read: AWS_ENDPOINT_URL,
/// AWS_ENDPOINT_URL_EC2... A service without a name there (none that an installer asks) is left out.
std::map<std::string, std::string> endpoint_variables(const Endpoints& endpoints);

}  // namespace desk::aws
