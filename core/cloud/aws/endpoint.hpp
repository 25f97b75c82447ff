// Where a service of AWS is asked and for which region its requests are signed.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace desk::aws {

/// A part of AWS with accounts, ARNs and services of its own.
struct Partition {
    std::string_view name;           ///< in ARNs: "aws-us-gov"
    std::string_view region_prefix;  ///< "us-gov-"; "" = that of every other region
    std::string_view suffix;         ///< of its hosts
    std::string_view home;           ///< the region in which it tells of what belongs to none (Route53, IAM)
};
/// That of a region; of "" the commercial one.
const Partition& partition_of(std::string_view region);
/// That of what has this ARN.
const Partition& partition_of_arn(std::string_view arn);

/// Where services are asked: AWS's own addresses, unless one is set.
struct Endpoints {
    std::string all = {};  ///< one address for every service (a stand-in): "http://127.0.0.1:5000"
    std::map<std::string, std::string> service = {};        ///< of one service, by its signing name; before `all`
    std::string home = std::string(partition_of("").home);  ///< of the account's partition
};

struct Endpoint {
    std::string url = {};     ///< without a slash at the end
    std::string region = {};  ///< that requests are signed for
};

/// `service` is its signing name ("ec2", "iam", "tagging"). No region is the home of the account's partition. IAM and
/// Route53 are one per partition; so is STS without a region.
Endpoint endpoint_of(std::string_view service, std::string_view region, const Endpoints& endpoints = {});

/// The same for child programs, by the variables that AWS's own libraries read: AWS_ENDPOINT_URL,
/// AWS_ENDPOINT_URL_EC2... A service without a name there (none that an installer asks) is left out.
std::map<std::string, std::string> endpoint_variables(const Endpoints& endpoints);

}  // namespace desk::aws
