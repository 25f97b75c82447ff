// What a request to AWS is signed with.
#pragma once

#include <optional>
#include <string>

#include "core/base/secret.hpp"
#include "core/base/time.hpp"

namespace desk::aws {

struct Credentials {
    std::string access_key_id = {};
    Secret secret_access_key = {};
    std::optional<Secret> session_token = {};  ///< temporary credentials have one
    std::optional<Time> expires_at = {};       ///< by AWS's clock; nothing when they don't end or when nobody said

    /// An installer can't leave such credentials in a cluster: it needs manual-STS.
    bool is_temporary() const { return session_token.has_value(); }
    /// A second copy of the same secrets.
    Credentials clone() const;
};

}  // namespace desk::aws
