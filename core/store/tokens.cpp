#include "core/store/tokens.hpp"

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/store/principal_row.hpp"

namespace desk::tokens {
namespace {

const pg::Statement kList{"tokens_list", R"sql(
    SELECT id, name, scope, created_at, expires_at, last_used_at, revoked_at,
           revoked_at IS NULL AND expires_at > clock_timestamp() AS is_live
      FROM api_tokens WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT 200)sql"};
const pg::Statement kCreate{"tokens_create", R"sql(
    INSERT INTO api_tokens (id, user_id, name, token_hash, scope, expires_at)
    VALUES ($1, $2, $3, $4, $5, clock_timestamp() + $6::integer * interval '1 day'))sql"};
const pg::Statement kRevoke{"tokens_revoke", R"sql(
    UPDATE api_tokens SET revoked_at = clock_timestamp()
     WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL AND expires_at > clock_timestamp()
    RETURNING name)sql"};
const pg::Statement kFind{"tokens_find",
                          "SELECT " DESK_PRINCIPAL_COLUMNS
                          ", t.id, t.scope, t.last_used_at IS NULL "
                          "OR t.last_used_at < clock_timestamp() - interval '1 minute' AS is_stale "
                          "FROM api_tokens t JOIN users u ON u.id = t.user_id "
                          "WHERE t.token_hash = $1 AND t.expires_at > clock_timestamp() AND t.revoked_at IS NULL "
                          "AND u.disabled_at IS NULL"};
const pg::Statement kTouch{"tokens_touch", R"sql(
    UPDATE api_tokens SET last_used_at = clock_timestamp()
     WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < clock_timestamp() - interval '1 minute'))sql"};

constexpr std::size_t kLongestName = 100;

}  // namespace

std::vector<Token> list(pg::Transaction& tx, const UserId& user) {
    return tx.all(
        kList,
        [](pg::Row r) {
            return Token{.id = r["id"],
                         .name = r["name"],
                         .scope = r["scope"],
                         .created_at = r["created_at"],
                         .expires_at = r["expires_at"],
                         .last_used_at = r["last_used_at"].or_null(),
                         .revoked_at = r["revoked_at"].or_null(),
                         .is_live = r["is_live"]};
        },
        user);
}

Broken name_fault(std::string_view name) {
    if (trim(name).empty()) return "Say what it is for, so that you know it again.";
    return text_fault(trim(name), kLongestName);
}

Created create(pg::Transaction& tx, const UserId& user, const std::string& name, TokenScope scope, int days,
               const Actor& actor) {
    if (const auto fault = name_fault(name)) throw Error(Code::invalid, *fault);
    if (days < 1 || days > kLongestDays) throw Error(Code::invalid, cat("A token lives 1 to ", kLongestDays, " days."));

    Created made{.id = TokenId::make(), .token = Secret(cat(kPrefix, random_token()))};
    tx.run(kCreate, made.id, user, std::string(trim(name)), pg::Bytes{sha256(made.token.reveal())}, scope, days);
    audit(tx, actor,
          {.action = "token.create",
           .target = made.id.str(),
           .after = {{"name", trim(name)}, {"scope", text(scope)}, {"days", days}}});
    return made;
}

bool revoke(pg::Transaction& tx, const UserId& user, const TokenId& id, const Actor& actor) {
    const auto name = tx.maybe(
        kRevoke, [](pg::Row r) { return static_cast<std::string>(r["name"]); }, id, user);
    if (!name) return false;
    audit(tx, actor, {.action = "token.revoke", .target = id.str(), .before = {{"name", *name}}});
    return true;
}

std::optional<Found> find(pg::Transaction& tx, std::string_view token) {
    return tx.maybe(
        kFind,
        [](pg::Row r) {
            return Found{.principal = principal_of(r),
                         .id = r["id"],
                         .scope = r["scope"],
                         .is_stale = r["is_stale"],
                         .now = r["now"],
                         .brakes = brakes_of(r)};
        },
        pg::Bytes{sha256(token)});
}

void touch(pg::Transaction& tx, const TokenId& id) { tx.run(kTouch, id); }

}  // namespace desk::tokens
