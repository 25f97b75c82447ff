// Signing in, and the server-side sessions behind the cookie. A cookie's value is nowhere: rows hold its SHA-256.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/secret.hpp"
#include "core/base/time.hpp"
#include "core/model/access.hpp"
#include "core/model/theme.hpp"
#include "core/pg/transaction.hpp"
#include "core/store/audit.hpp"
#include "core/store/brakes.hpp"

namespace desk::sessions {

// --- signing in ----------------------------------------------------------------------------------

struct Attempt {
    std::string username = {};
    Secret password = {};
    std::string address = {};
    std::string user_agent = {};
    seconds life = {};  ///< of the session after its last use
    std::string correlation_id = {};
};
struct Started {
    Secret token = {};  ///< the cookie's value, 43 characters
    bool must_change_password = false;
};
struct Wrong {};  ///< name or password, it is not said which; a disabled account likewise
struct Wait {
    seconds for_ = {};
};
/// Unknown names take the same time and give the same answer. Guesses are counted (core/store/guesses). Success and its
/// audit row are one transaction.
std::variant<Started, Wrong, Wait> sign_in(pg::Database& db, const Attempt& attempt);

// --- every request -------------------------------------------------------------------------------

struct Found {
    Principal principal = {};
    std::string csrf_token = {};
    std::string token_hash = {};
    bool is_stale = false;  ///< last used a minute ago or more: touch() it
    Time now = {};          ///< desk_now()
    std::vector<brakes::Pulled> brakes = {};
    int unread = 0;        ///< notices; counted up to 100
    bool on_tour = false;  ///< has not ended the tour of the first order
    Theme theme = Theme::SYSTEM;
};
/// One statement; nothing for a token that is unknown, expired, or of a disabled account.
std::optional<Found> find(pg::Transaction& tx, std::string_view token);
/// Moves the end of the session to `life` from now.
void touch(pg::Transaction& tx, const std::string& token_hash, seconds life);

// --- the account page ----------------------------------------------------------------------------

struct Session {
    std::string id = {};  ///< for URLs: hex of the token's hash
    Time created_at = {}, last_used_at = {}, expires_at = {};
    std::string address = {}, user_agent = {};
    bool is_current = false;
};
/// Live ones of `user`, last used first; `current` = token hash of the session that asks.
std::vector<Session> list(pg::Transaction& tx, const UserId& user, const std::string& current);

/// Ends a session of `user`, with its audit row; false when there is none.
bool end(pg::Transaction& tx, const UserId& user, const std::string& id, const Actor& actor);

}  // namespace desk::sessions
