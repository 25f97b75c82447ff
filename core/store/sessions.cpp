#include "core/store/sessions.hpp"

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/store/guesses.hpp"
#include "core/store/principal_row.hpp"

namespace desk::sessions {
namespace {

const pg::Statement kAccount{"sign_in_account", R"sql(
    SELECT id, username, display_name, password_hash, must_change_password
      FROM users WHERE username = $1 AND disabled_at IS NULL)sql"};

const pg::Statement kStart{"sessions_start", R"sql(
    INSERT INTO sessions (token_hash, user_id, csrf_token, expires_at, address, user_agent)
    SELECT $1, id, $3, clock_timestamp() + $4::bigint * interval '1 second', $5, $6
      FROM users WHERE id = $2 AND disabled_at IS NULL)sql"};
const pg::Statement kFind{"sessions_find",
                          "SELECT " DESK_PRINCIPAL_COLUMNS
                          ", s.csrf_token, s.last_used_at < clock_timestamp() - interval '1 minute' AS is_stale, "
                          "(SELECT count(*) FROM (SELECT 1 FROM notices n WHERE n.user_id = u.id AND n.read_at IS NULL "
                          "LIMIT 100) newest) AS unread, u.tour_ended_at IS NULL AS on_tour, u.theme "
                          "FROM sessions s JOIN users u ON u.id = s.user_id "
                          "WHERE s.token_hash = $1 AND s.expires_at > clock_timestamp() AND u.disabled_at IS NULL"};
const pg::Statement kTouch{"sessions_touch", R"sql(
    UPDATE sessions SET last_used_at = clock_timestamp(),
                        expires_at = clock_timestamp() + $2::bigint * interval '1 second'
     WHERE token_hash = $1 AND last_used_at < clock_timestamp() - interval '1 minute')sql"};
const pg::Statement kList{"sessions_list", R"sql(
    SELECT encode(token_hash, 'hex') AS id, created_at, last_used_at, expires_at, address, user_agent,
           token_hash = $2 AS is_current
      FROM sessions WHERE user_id = $1 AND expires_at > clock_timestamp()
     ORDER BY last_used_at DESC LIMIT 100)sql"};
const pg::Statement kEnd{"sessions_end", "DELETE FROM sessions WHERE user_id = $1 AND encode(token_hash, 'hex') = $2"};

constexpr std::size_t kMostTextBytes = 200;  // of what a browser says about itself

std::string cut(const std::string& text) {
    std::string out = text.substr(0, kMostTextBytes);
    while (!is_utf8(out)) out.pop_back();
    return out;
}

}  // namespace

std::variant<Started, Wrong, Wait> sign_in(pg::Database& db, const Attempt& attempt) {
    const std::string username = lower(trim(attempt.username));
    if (const auto wait = guesses::begin(db, username, attempt.address)) return Wait{*wait};

    struct Account {
        UserId id;
        std::string username, hash;
        bool must_change_password;
    };
    std::optional<Account> account;
    if (is_utf8(username) && username.find('\0') == std::string::npos) {
        auto tx = db.begin(pg::Mode::read_only);
        account = tx.maybe(
            kAccount,
            [](pg::Row r) {
                return Account{r["id"], r["username"], r["password_hash"], r["must_change_password"]};
            },
            username);
    }
    // between the transactions: hashing takes its time, and it takes the same for names that nobody has
    if (!verify_password(attempt.password, account ? account->hash : "*")) return Wrong{};

    Started started{.token = Secret(random_token()), .must_change_password = account->must_change_password};
    auto tx = db.begin();
    guesses::forget(tx, username, attempt.address);
    const int made = tx.execute(kStart, pg::Bytes{sha256(started.token.reveal())}, account->id, random_token(),
                                attempt.life, attempt.address, cut(attempt.user_agent));
    if (made == 0) return Wrong{};  // disabled while we were hashing
    audit(tx, {account->id.str(), account->username, attempt.address, attempt.correlation_id},
          {.action = "session.start", .target = account->id.str()});
    tx.commit();
    return started;
}

std::optional<Found> find(pg::Transaction& tx, std::string_view token) {
    std::string hash = sha256(token);
    return tx.maybe(
        kFind,
        [&](pg::Row r) {
            return Found{.principal = principal_of(r),
                         .csrf_token = r["csrf_token"],
                         .token_hash = hash,
                         .is_stale = r["is_stale"],
                         .now = r["now"],
                         .brakes = brakes_of(r),
                         .unread = r["unread"],
                         .on_tour = r["on_tour"],
                         .theme = r["theme"]};
        },
        pg::Bytes{hash});
}

void touch(pg::Transaction& tx, const std::string& token_hash, seconds life) {
    tx.run(kTouch, pg::Bytes{token_hash}, life);
}

std::vector<Session> list(pg::Transaction& tx, const UserId& user, const std::string& current) {
    return tx.all(
        kList,
        [](pg::Row r) {
            return Session{.id = r["id"],
                           .created_at = r["created_at"],
                           .last_used_at = r["last_used_at"],
                           .expires_at = r["expires_at"],
                           .address = r["address"],
                           .user_agent = r["user_agent"],
                           .is_current = r["is_current"]};
        },
        user, pg::Bytes{current});
}

bool end(pg::Transaction& tx, const UserId& user, const std::string& id, const Actor& actor) {
    if (tx.execute(kEnd, user, id) == 0) return false;
    audit(tx, actor, {.action = "session.end", .target = user.str()});
    return true;
}

}  // namespace desk::sessions
