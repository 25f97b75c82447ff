// Something that exists in an AWS account.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace desk::aws {

using Tags = std::map<std::string, std::string>;

/// What the region of a resource is called that belongs to none (Route53, IAM).
inline constexpr std::string_view kGlobal = "global";

struct Resource {
    std::string region = {};  ///< kGlobal for IAM and Route53
    std::string type = {};    ///< "instance", "nat-gateway", "iam-role" ..., or "service:type" as the Tagging API says
    std::string id = {}, name = {};
    std::string state = {};  ///< of an instance: "running", "stopped" ...
    std::string kind = {};   ///< of an instance or a volume: "m6i.xlarge", "gp3"
    int gib = 0;             ///< of a volume
    Tags tags = {};
    std::string owner = {};  ///< the infraID or ccoctl name that it was found by

    bool operator==(const Resource&) const = default;
};

/// The tag "Name", or the id where there is none.
std::string name_of(const Tags& tags, const std::string& id);

}  // namespace desk::aws
