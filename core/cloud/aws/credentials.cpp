#include "core/cloud/aws/credentials.hpp"

namespace desk::aws {

Credentials Credentials::clone() const {
    Credentials copy{.access_key_id = access_key_id,
                     .secret_access_key = Secret(secret_access_key.reveal()),
                     .session_token = {},
                     .expires_at = expires_at};
    if (session_token) copy.session_token.emplace(session_token->reveal());
    return copy;
}

}  // namespace desk::aws
