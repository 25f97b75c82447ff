// IAM: roles, instance profiles, users and identity providers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/cloud/aws/client.hpp"
#include "core/cloud/aws/resource.hpp"

namespace desk::aws::iam {

/// "iam-role", "instance-profile" and "iam-user" of the account, without their tags: IAM lists none, and an account
/// may have thousands.
std::vector<Resource> principals(Client& client);
/// The tags of one of those; none when it is not there any more.
std::optional<Tags> tags_of(Client& client, const Resource& principal);

/// The role and the policy of this name in `account`, as "iam-role" and "iam-policy", as far as they exist: each is
/// asked for by its name, so that no list can lack it.
std::vector<Resource> role_and_policy(Client& client, const std::string& account, const std::string& name);

/// Every OpenID Connect provider with its tags, as "oidc-provider"; the id is its ARN, the name its URL without scheme.
std::vector<Resource> oidc_providers(Client& client);

}  // namespace desk::aws::iam
