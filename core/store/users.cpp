#include "core/store/users.hpp"

#include <algorithm>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/model/names.hpp"
#include "core/model/password.hpp"
#include "core/store/guesses.hpp"
#include "core/store/principal_row.hpp"

namespace desk::users {
namespace {

#define USER_COLUMNS                                                                                           \
    "u.id, u.username, u.display_name, u.email, u.time_zone, u.theme, u.must_change_password, u.disabled_at, " \
    "u.created_at, (SELECT max(s.last_used_at) FROM sessions s WHERE s.user_id = u.id) AS last_seen, "         \
    "ARRAY(SELECT r.role FROM user_roles r WHERE r.user_id = u.id ORDER BY r.role) AS desk_roles, "            \
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
                                "UPDATE users SET display_name = $2, time_zone = $3, theme = $4 WHERE id = $1"};
const pg::Statement kPasswordHash{"users_password_hash", "SELECT password_hash FROM users WHERE id = $1"};
// Who takes the role away and who disables must see each other's work.
const pg::Statement kLockAdmins{"users_lock_admins", "SELECT pg_advisory_xact_lock(hashtext('clusterdesk.admins'))"};
const pg::Statement kOtherAdmins{"users_other_admins", R"sql(
    SELECT count(*) AS others FROM users u JOIN user_roles r ON r.user_id = u.id AND r.role = 'platform_admin'
     WHERE u.id <> $1 AND u.disabled_at IS NULL)sql"};

constexpr std::size_t kLongestName = 63;
constexpr std::size_t kLongestDisplayName = 100;
constexpr std::size_t kLongestAddress = 254;  // of mail, RFC 5321

User read(pg::Row r) {
    const std::vector<Role> desk_roles = r["desk_roles"];
    return {.id = r["id"],
            .username = r["username"],
            .display_name = r["display_name"],
            .email = r["email"].or_null(),
            .time_zone = r["time_zone"],
            .theme = r["theme"],
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

Broken username_fault(std::string_view name) {
    const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    if (!name.empty() && name.size() <= kLongestName && is_plain(name.front()) &&
        std::all_of(name.begin(), name.end(),
                    [&](char c) { return is_plain(c) || c == '.' || c == '_' || c == '@' || c == '-'; }))
        return std::nullopt;
    return cat("Begin with a letter or digit, then letters, digits and . _ @ -, at most ", kLongestName,
               " in all, lower case.");
}

Broken display_name_fault(std::string_view name) {
    if (name.empty()) return "Say how you want to be called.";
    return text_fault(name, kLongestDisplayName);
}

std::string display_name_of(const NewUser& user) {
    const auto name = trim(user.display_name);
    return name.empty() ? user.username : std::string(name);
}

/// Of a new account, as far as no other account matters.
FormErrors text_faults(const NewUser& user) {
    FormErrors found;
    if (const auto fault = username_fault(user.username)) found.push_back({"username", *fault});
    if (const auto fault = text_fault(trim(user.display_name), kLongestDisplayName))
        found.push_back({"displayName", *fault});
    if (const auto fault = text_fault(user.email, kLongestAddress)) found.push_back({"email", *fault});
    return found;
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
const pg::Statement kTour{"users_set_tour", R"sql(
    UPDATE users SET tour_ended_at = CASE WHEN $2 THEN NULL ELSE clock_timestamp() END WHERE id = $1)sql"};

}  // namespace

std::optional<User> find(pg::Transaction& tx, const UserId& id) { return tx.maybe(kFind, read, id); }

std::optional<User> find_by_name(pg::Transaction& tx, const std::string& username) {
    return tx.maybe(kFindByName, read, username);
}

Result<User, std::string> find_as_typed(pg::Transaction& tx, std::string_view username) {
    const std::string name = lower(trim(username));
    if (const auto fault = username_fault(name)) return Failure{*fault};
    if (auto user = find_by_name(tx, name)) return std::move(*user);
    return Failure{cat("There is nobody called ", name, ". An administrator makes accounts.")};
}

std::vector<User> list(pg::Transaction& tx, const std::string& search, int limit) {
    return tx.all(kList, read, search, limit);
}

FormErrors faults(pg::Transaction& tx, const NewUser& user) {
    auto found = text_faults(user);
    const bool is_name = found.empty() || found.front().field != "username";
    if (is_name && find_by_name(tx, user.username))
        found.push_back({"username", cat("There is a ", user.username, " already.")});
    return found;
}

UserId create(pg::Transaction& tx, const NewUser& user, const Secret& password, const Actor& actor) {
    if (const auto found = text_faults(user); !found.empty()) throw Error(Code::invalid, found.front().error);
    const auto shown = display_name_of(user);
    const auto id = UserId::make();
    const std::optional<std::string> email = user.email.empty() ? std::nullopt : std::optional(user.email);
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

FormErrors faults(const Profile& profile) {
    FormErrors found;
    if (const auto fault = display_name_fault(trim(profile.display_name))) found.push_back({"displayName", *fault});
    if (!is_time_zone(profile.time_zone))
        found.push_back({"timeZone", "There is no such time zone. Use a name like Europe/Berlin."});
    return found;
}

void update_profile(pg::Transaction& tx, const UserId& id, const Profile& profile, const Actor& actor) {
    if (const auto found = faults(profile); !found.empty()) throw Error(Code::invalid, found.front().error);
    const User before = lock(tx, id);
    const std::string shown(trim(profile.display_name));
    tx.run(kSetProfile, id, shown, profile.time_zone, profile.theme);
    audit(tx, actor,
          {.action = "user.profile",
           .target = id.str(),
           .before = {{"displayName", before.display_name},
                      {"timeZone", before.time_zone},
                      {"theme", text(before.theme)}},
           .after = {{"displayName", shown}, {"timeZone", profile.time_zone}, {"theme", text(profile.theme)}}});
}

FormErrors password_faults(pg::Database& db, const Principal& me, const Secret& current, const Secret& wanted,
                           const std::string& address) {
    if (const auto wait = guesses::begin(db, me.username, address))
        throw RetryLater(Code::too_many, "Too many wrong passwords.", *wait);
    FormErrors found;
    auto tx = db.begin();
    if (is_password(tx, me.user, current))
        guesses::forget(tx, me.username, address);
    else
        found.push_back({"current", "This is not your current password."});
    tx.commit();
    if (const auto fault = password_fault(wanted.reveal(), me.username)) found.push_back({"newPassword", *fault});
    return found;
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

void set_tour(pg::Transaction& tx, const UserId& id, bool is_on) { tx.execute(kTour, id, is_on); }

}  // namespace desk::users
