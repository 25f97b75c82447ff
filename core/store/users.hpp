// Local accounts: people, their roles on the whole desk, their passwords.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/base/time.hpp"
#include "core/model/access.hpp"
#include "core/model/order.hpp"
#include "core/model/theme.hpp"
#include "core/pg/transaction.hpp"
#include "core/store/audit.hpp"

namespace desk::users {

struct User {
    UserId id = {};
    std::string username = {}, display_name = {};
    std::optional<std::string> email = {};
    std::string time_zone = {};
    Theme theme = Theme::SYSTEM;
    bool must_change_password = false;
    std::optional<Time> disabled_at = {};
    Time created_at = {};
    std::optional<Time> last_seen = {};                ///< newest use of a session that is still kept
    std::set<Role> desk_roles = {};                    ///< platform_admin, auditor
    std::map<std::string, std::set<Role>> teams = {};  ///< team -> roles there
};

std::optional<User> find(pg::Transaction& tx, const UserId& id);
std::optional<User> find_by_name(pg::Transaction& tx, const std::string& username);
/// Who is called that, as people type it: in any case, with space around. Else the sentence that says so.
Result<User, std::string> find_as_typed(pg::Transaction& tx, std::string_view username);
inline constexpr int kMostListed = 200;  ///< on one page, and in one answer
/// By username; `search` = part of username or display name, "" = all.
std::vector<User> list(pg::Transaction& tx, const std::string& search, int limit);

// --- commands: each with its audit row (which holds the chain's lock: commit soon); the caller commits
// -----------------

struct NewUser {
    std::string username = {};      ///< lower case; what the migration's CHECK takes, or Error{invalid}
    std::string display_name = {};  ///< "" = the username
    std::string email = {};         ///< "" = none
    bool must_change_password = true;
};
/// What create() would refuse, by the fields username, displayName and email.
FormErrors faults(pg::Transaction& tx, const NewUser& user);
/// Throws Error{conflict} when the name is taken, Error{invalid} for what else is a fault.
UserId create(pg::Transaction& tx, const NewUser& user, const Secret& password, const Actor& actor);

/// Sets the roles on the whole desk to exactly these. Throws Error{conflict} when the desk would be left without an
/// active platform admin, Error{invalid} for a team role.
void set_desk_roles(pg::Transaction& tx, const UserId& id, const std::set<Role>& roles, const Actor& actor);

/// Disabling ends all sessions and revokes all tokens. Throws Error{conflict} for the last active platform admin.
void set_disabled(pg::Transaction& tx, const UserId& id, bool disabled, const Actor& actor);

/// A password given by an admin: to be changed at the next sign-in; ends all sessions.
void reset_password(pg::Transaction& tx, const UserId& id, const Secret& password, const Actor& actor);

/// Why `me` can't change the password from `current` to `wanted`, by the fields current and newPassword. Counts as a
/// guess (core/store/guesses); throws RetryLater after too many. Takes as long as hashing does, so it has transactions
/// of its own: call it outside of one.
FormErrors password_faults(pg::Database& db, const Principal& me, const Secret& current, const Secret& wanted,
                           const std::string& address);

/// A password chosen by its owner; ends all sessions but `keep_session` (a token hash of 32 bytes).
void change_password(pg::Transaction& tx, const UserId& id, const Secret& password, const std::string& keep_session,
                     const Actor& actor);

/// What people say about themselves.
struct Profile {
    std::string display_name = {};
    std::string time_zone = {};  ///< an IANA name
    Theme theme = Theme::SYSTEM;
};
/// What update_profile() would refuse, by the fields displayName and timeZone.
FormErrors faults(const Profile& profile);
/// Throws Error{invalid} for what is a fault.
void update_profile(pg::Transaction& tx, const UserId& id, const Profile& profile, const Actor& actor);

/// Whether `password` is the one of `id`. Takes as long as hashing does: not inside a transaction that others wait for.
bool is_password(pg::Transaction& tx, const UserId& id, const Secret& password);

/// A password for somebody else, to be shown once: 20 characters of an alphabet without look-alikes (over 110 bits).
Secret random_password();

/// Ends the tour of the first order for `id`, or begins it anew.
void set_tour(pg::Transaction& tx, const UserId& id, bool is_on);

}  // namespace desk::users
