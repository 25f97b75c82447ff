// Security Token Service: who the caller is, and credentials of a role.
#pragma once

#include <string>

#include "core/cloud/aws/client.hpp"

namespace desk::aws {

struct CallerIdentity {
    std::string account = {};  ///< 12 digits
    std::string arn = {};
    std::string user_id = {};
};

/// sts:GetCallerIdentity, which needs no permission. `region` "" asks the global endpoint.
CallerIdentity get_caller_identity(Client& client, const std::string& region = "");

struct AssumeRole {
    std::string arn = {};
    std::string session_name = "clusterdesk";  ///< shown in the account's trail of events
    std::string external_id = {};              ///< "" = none
    seconds duration = 1h;  ///< 15 min to the most that the role allows (12 h; 1 h for a chained role)
};

/// sts:AssumeRole. Credentials that end.
Credentials assume_role(Client& client, const AssumeRole& role, const std::string& region = "");

}  // namespace desk::aws
