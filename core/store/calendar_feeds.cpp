#include "core/store/calendar_feeds.hpp"

#include "core/base/crypto.hpp"
#include "core/store/principal_row.hpp"

namespace desk::calendar {
namespace {

const pg::Statement kFind{"calendar_find", "SELECT created_at, last_used_at FROM calendar_feeds WHERE user_id = $1"};
const pg::Statement kRenew{"calendar_renew", R"sql(
    INSERT INTO calendar_feeds (user_id, token_hash) VALUES ($1, $2)
    ON CONFLICT (user_id) DO UPDATE
       SET token_hash = excluded.token_hash, created_at = excluded.created_at, last_used_at = NULL, count = 0)sql"};
const pg::Statement kRevoke{"calendar_revoke", "DELETE FROM calendar_feeds WHERE user_id = $1"};

const pg::Statement kOpen{"calendar_open", "SELECT " DESK_PRINCIPAL_COLUMNS
                                           "FROM calendar_feeds f JOIN users u ON u.id = f.user_id "
                                           "WHERE f.token_hash = $1 AND u.disabled_at IS NULL"};
const pg::Statement kCount{"calendar_count", R"sql(
    UPDATE calendar_feeds
       SET count = CASE WHEN minute = date_trunc('minute', clock_timestamp()) THEN count + 1 ELSE 1 END,
           minute = date_trunc('minute', clock_timestamp()), last_used_at = clock_timestamp()
     WHERE user_id = $1
    RETURNING count, 60 - floor(extract(second FROM clock_timestamp()))::integer AS to_next_minute)sql"};

const pg::Statement kDeadlines{"calendar_deadlines", R"sql(
    SELECT c.id, c.name, began.at AS began_at, c.destroy_at, c.seconds_per_hour,
           greatest(began.at, moves.last_at) AS changed_at, moves.count AS moved,
           coalesce((r.effective_order #>> '{warnBeforeDestroyHours}')::integer, 0) AS warn_hours
      FROM clusters c
      LEFT JOIN requests r ON r.cluster_id = c.id AND r.kind = 'CREATE'
     CROSS JOIN LATERAL (SELECT coalesce(c.ready_at, c.created_at) AS at) began
     CROSS JOIN LATERAL (SELECT count(*) AS count, max(e.decided_at) AS last_at FROM requests e
                          WHERE e.cluster_id = c.id AND e.kind = 'EXTEND' AND e.state = 'APPROVED') moves
     WHERE c.owner_id = $1 AND c.status IN ('READY', 'HIBERNATING', 'HIBERNATED', 'RESUMING', 'ADOPTED')
       AND c.destroy_wanted_at IS NULL
     ORDER BY c.destroy_at, c.id LIMIT 500)sql"};

}  // namespace

std::optional<Feed> find(pg::Transaction& tx, const UserId& user) {
    return tx.maybe(
        kFind,
        [](pg::Row r) {
            return Feed{r["created_at"], r["last_used_at"].or_null()};
        },
        user);
}

Secret renew(pg::Transaction& tx, const UserId& user, const Actor& actor) {
    Secret token{random_token()};
    tx.execute(kRenew, user, pg::Bytes{sha256(token.reveal())});
    audit(tx, actor, {.action = "calendar.renew", .target = user.str()});
    return token;
}

bool revoke(pg::Transaction& tx, const UserId& user, const Actor& actor) {
    if (tx.execute(kRevoke, user) == 0) return false;
    audit(tx, actor, {.action = "calendar.revoke", .target = user.str()});
    return true;
}

std::optional<Opened> open(pg::Transaction& tx, std::string_view token, bool count) {
    auto opened = tx.maybe(
        kOpen, [](pg::Row r) { return Opened{.reader = principal_of(r), .now = r["now"]}; }, pg::Bytes{sha256(token)});
    if (!opened || !count) return opened;
    const pg::Rows counted = tx.run(kCount, opened->reader.user);
    if (!counted.empty() && static_cast<int>(counted[0]["count"]) > kReadsPerMinute)
        opened->wait = std::max(static_cast<seconds>(counted[0]["to_next_minute"]), 1s);
    return opened;
}

std::vector<Deadline> deadlines(pg::Transaction& tx, const UserId& owner) {
    return tx.all(
        kDeadlines,
        [](pg::Row r) {
            return Deadline{.cluster = r["id"],
                            .name = r["name"],
                            .began_at = r["began_at"],
                            .destroy_at = r["destroy_at"],
                            .changed_at = r["changed_at"],
                            .moved = r["moved"],
                            .warn_hours = r["warn_hours"],
                            .pace = {r["seconds_per_hour"]}};
        },
        owner);
}

}  // namespace desk::calendar
