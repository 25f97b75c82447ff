#include "core/store/users.hpp"

#include <algorithm>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/store/principal_row.hpp"

namespace desk::users {
namespace {

#define USER_COLUMNS                                                                                   \
    "u.id, u.username, u.display_name, u.email, u.time_zone, u.must_change_password, u.disabled_at, "  \
    "u.created_at, (SELECT max(s.last_used_at) FROM sessions s WHERE s.user_id = u.id) AS last_seen, " \
    "ARRAY(SELECT r.role FROM user_roles r WHERE r.user_id = u.id ORDER BY r.role) AS desk_roles, "    \
    "ARRAY(SELECT m.team || ':' || m.role FROM team_members m WHERE m.user_id = u.id ORDER BY 1) AS team_roles "

const pg::Statement kFind{"users_find", "SELECT " USER_COLUMNS "FROM users u WHERE u.id = $1"};
const pg::Statement kFindByName{"users_find_by_name", "SELECT " USER_COLUMNS "FROM users u WHERE u.username = $1"};
const pg::Statement kList{"users_list", "SELECT " USER_COLUMNS
                                        "FROM users u WHERE $1 = '' OR strpos(u.username, lower($1)) > 0 "
                                        "OR strpos(lower(u.display_name), lower($1)) > 0 ORDER BY u.username LIMIT $2"};
const pg::Statement kLock{"users_lock", "SELECT " USER_COLUMNS "FROM users u WHERE u.id = $1 FOR UPDATE OF u"};

const pg::Statement kCreate{"users_create", R"sql(
    INSERT INTO users (id, username, display_name, email, password_hash, must_change_password)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (username) DO NOTHING)sql"};
const pg::Statement kDropRoles{"users_drop_roles",
                               "DELETE FROM user_roles WHERE user_id = $1 AND role <> ALL($2::text[])"};
const pg::Statement kAddRoles{"users_add_roles", R"sql(
    INSERT INTO user_roles (user_id, role) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING)sql"};
const pg::Statement kSetDisabled{"users_set_disabled", R"sql(
    UPDATE users SET disabled_at = CASE WHEN $2 THEN coalesce(disabled_at, clock_timestamp()) END WHERE id = $1)sql"};
const pg::Statement kRevokeTokens{"users_revoke_tokens", R"sql(
    UPDATE api_tokens SET revoked_at = clock_timestamp() WHERE user_id = $1 AND revoked_at IS NULL)sql"};
const pg::Statement kSetPassword{"users_set_password",
                                 "UPDATE users SET password_hash = $2, must_change_password = $3 WHERE id = $1"};
const pg::Statement kEndSessions{"users_end_sessions", "DELETE FROM sessions WHERE user_id = $1 AND token_hash <> $2"};
const pg::Statement kSetProfile{"users_set_profile",
                                "UPDATE users SET display_name = $2, time_zone = $3 WHERE id = $1"};
const pg::Statement kPasswordHash{"users_password_hash", "SELECT password_hash FROM users WHERE id = $1"};
// Who takes the role away and who disables must see each other's work.
const pg::Statement kLockAdmins{"users_lock_admins", "SELECT pg_advisory_xact_lock(hashtext('clusterdesk.admins'))"};
const pg::Statement kOtherAdmins{"users_other_admins", R"sql(
    SELECT count(*) AS others FROM users u JOIN user_roles r ON r.user_id = u.id AND r.role = 'platform_admin'
     WHERE u.id <> $1 AND u.disabled_at IS NULL)sql"};

constexpr std::size_t kLongestName = 63;
constexpr std::size_t kLongestDisplayName = 100;

User read(pg::Row r) {
    const std::vector<Role> desk_roles = r["desk_roles"];
    return {.id = r["id"],
            .username = r["username"],
            .display_name = r["display_name"],
            .email = r["email"].or_null(),
            .time_zone = r["time_zone"],
            .must_change_password = r["must_change_password"],
            .disabled_at = r["disabled_at"].or_null(),
            .created_at = r["created_at"],
            .last_seen = r["last_seen"].or_null(),
            .desk_roles = {desk_roles.begin(), desk_roles.end()},
            .teams = team_roles_of(r["team_roles"])};
}

User lock(pg::Transaction& tx, const UserId& id) {
    auto user = tx.maybe(kLock, read, id);
    if (!user) throw Error(Code::not_found, "There is no such person.");
    return std::move(*user);
}

bool is_username(std::string_view name) {
    const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !name.empty() && name.size() <= kLongestName && is_plain(name.front()) &&
           std::all_of(name.begin(), name.end(),
                       [&](char c) { return is_plain(c) || c == '.' || c == '_' || c == '@' || c == '-'; });
}

std::string display_name_of(std::string_view typed) {
    const auto name = trim(typed);
    if (name.empty() || name.size() > kLongestDisplayName)
        throw Error(Code::invalid, cat("A name has 1 to ", kLongestDisplayName, " characters."));
    return std::string(name);
}

std::vector<std::string> texts_of(const std::set<Role>& roles) {
    std::vector<std::string> texts;
    for (const Role role : roles) texts.emplace_back(text(role));
    return texts;
}

void keep_an_admin(pg::Transaction& tx, const User& user) {
    tx.run(kLockAdmins);
    if (user.disabled_at || !user.desk_roles.contains(Role::platform_admin)) return;
    if (static_cast<int>(tx.run(kOtherAdmins, user.id)[0]["others"]) == 0)
        throw Error(Code::conflict, "This is the last platform admin who can sign in. Make another one first.");
}

}  // namespace

std::optional<User> find(pg::Transaction& tx, const UserId& id) { return tx.maybe(kFind, read, id); }

std::optional<User> find_by_name(pg::Transaction& tx, const std::string& username) {
    return tx.maybe(kFindByName, read, username);
}

std::vector<User> list(pg::Transaction& tx, const std::string& search, int limit) {
    return tx.all(kList, read, search, limit);
}

UserId create(pg::Transaction& tx, const NewUser& user, const Secret& password, const Actor& actor) {
    if (!is_username(user.username))
        throw Error(Code::invalid,
                    "A username begins with a lower-case letter or digit, and has only those and . _ @ - in it; "
                    "at most 63 characters.");
    const auto id = UserId::make();
    const std::optional<std::string> email = user.email.empty() ? std::nullopt : std::optional(user.email);
    const auto shown = display_name_of(user.display_name.empty() ? user.username : user.display_name);
    if (tx.execute(kCreate, id, user.username, shown, email, hash_password(password), user.must_change_password) == 0)
        throw Error(Code::conflict, cat("The username ", user.username, " is taken."));
    audit(tx, actor,
          {.action = "user.create",
           .target = id.str(),
           .after = {{"username", user.username}, {"displayName", shown}, {"email", user.email}}});
    return id;
}

void set_desk_roles(pg::Transaction& tx, const UserId& id, const std::set<Role>& roles, const Actor& actor) {
    if (std::any_of(roles.begin(), roles.end(), is_team_role))
        throw Error(Code::invalid, "This role is given in a team, not on the whole desk.");
    const User before = lock(tx, id);
    if (before.desk_roles == roles) return;
    if (!roles.contains(Role::platform_admin)) keep_an_admin(tx, before);

    tx.run(kDropRoles, id, texts_of(roles));
    tx.run(kAddRoles, id, texts_of(roles));
    audit(
        tx, actor,
        {.action = "user.roles", .target = id.str(), .before = texts_of(before.desk_roles), .after = texts_of(roles)});
}

void set_disabled(pg::Transaction& tx, const UserId& id, bool disabled, const Actor& actor) {
    const User before = lock(tx, id);
    if (before.disabled_at.has_value() == disabled) return;
    if (disabled) {
        keep_an_admin(tx, before);
        tx.run(kEndSessions, id, pg::Bytes{});
        tx.run(kRevokeTokens, id);
    }
    tx.run(kSetDisabled, id, disabled);
    audit(tx, actor, {.action = disabled ? "user.disable" : "user.enable", .target = id.str()});
}

void reset_password(pg::Transaction& tx, const UserId& id, const Secret& password, const Actor& actor) {
    lock(tx, id);
    tx.run(kSetPassword, id, hash_password(password), true);
    tx.run(kEndSessions, id, pg::Bytes{});
    audit(tx, actor, {.action = "user.reset_password", .target = id.str()});
}

void change_password(pg::Transaction& tx, const UserId& id, const Secret& password, const std::string& keep_session,
                     const Actor& actor) {
    lock(tx, id);
    tx.run(kSetPassword, id, hash_password(password), false);
    tx.run(kEndSessions, id, pg::Bytes{keep_session});
    audit(tx, actor, {.action = "user.change_password", .target = id.str()});
}

void update_profile(pg::Transaction& tx, const UserId& id, const std::string& display_name,
                    const std::string& time_zone, const Actor& actor) {
    if (!is_time_zone(time_zone))
        throw Error(Code::invalid, "The time zone is a name such as Europe/Berlin, America/New_York or Etc/UTC.");
    const User before = lock(tx, id);
    const std::string shown = display_name_of(display_name);
    tx.run(kSetProfile, id, shown, time_zone);
    audit(tx, actor,
          {.action = "user.profile",
           .target = id.str(),
           .before = {{"displayName", before.display_name}, {"timeZone", before.time_zone}},
           .after = {{"displayName", shown}, {"timeZone", time_zone}}});
}

bool is_password(pg::Transaction& tx, const UserId& id, const Secret& password) {
    const auto hash = tx.maybe(
        kPasswordHash, [](pg::Row r) { return static_cast<std::string>(r["password_hash"]); }, id);
    return verify_password(password, hash.value_or("*"));
}

Secret random_password() {
    constexpr std::string_view alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    static_assert(alphabet.size() == 56);
    constexpr std::size_t length = 20;
    constexpr unsigned fair = 256 / alphabet.size() * alphabet.size();  // bytes above it would favour some letters
    std::string made;
    while (made.size() < length)
        for (const char c : random_bytes(length)) {
            const auto byte = static_cast<unsigned char>(c);
            if (byte < fair && made.size() < length) made += alphabet[byte % alphabet.size()];
        }
    return Secret(std::move(made));
}

}  // namespace desk::users
