// API tokens: shown once, kept as SHA-256, with a scope and an end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/secret.hpp"
#include "core/base/time.hpp"
#include "core/model/access.hpp"
#include "core/model/names.hpp"
#include "core/pg/transaction.hpp"
#include "core/store/audit.hpp"
#include "core/store/brakes.hpp"

namespace desk {

/// READ: GET only, and no credentials of clusters.
DESK_ENUM(TokenScope, READ, WRITE)

namespace tokens {

/// What every token begins with, so that scanners of leaked secrets know it.
inline constexpr std::string_view kPrefix = "cldesk_";
inline constexpr int kLongestDays = 366;

struct Token {
    TokenId id = {};
    std::string name = {};
    TokenScope scope = TokenScope::READ;
    Time created_at = {}, expires_at = {};
    std::optional<Time> last_used_at = {}, revoked_at = {};
    bool is_live = false;
};
/// Newest first, revoked and expired ones too.
std::vector<Token> list(pg::Transaction& tx, const UserId& user);

struct Created {
    TokenId id = {};
    Secret token = {};  ///< "cldesk_" and 43 characters
};
/// What create() would refuse as a name.
Broken name_fault(std::string_view name);
/// With its audit row. `days` 1..kLongestDays and a name without a fault, else Error{invalid}.
Created create(pg::Transaction& tx, const UserId& user, const std::string& name, TokenScope scope, int days,
               const Actor& actor);

/// With its audit row; false when `user` has no such live token.
bool revoke(pg::Transaction& tx, const UserId& user, const TokenId& id, const Actor& actor);

struct Found {
    Principal principal = {};
    TokenId id = {};
    TokenScope scope = TokenScope::READ;
    bool is_stale = false;  ///< last used a minute ago or more: touch() it
    Time now = {};          ///< desk_now()
    std::vector<brakes::Pulled> brakes = {};
};
/// One statement; nothing for a token that is unknown, expired, revoked, or of a disabled account.
std::optional<Found> find(pg::Transaction& tx, std::string_view token);
void touch(pg::Transaction& tx, const TokenId& id);

}  // namespace tokens
}  // namespace desk
