#include "core/store/limits.hpp"

namespace desk::limits {
namespace {

const pg::Statement kCountCall{"limits_count_call", R"sql(
    INSERT INTO api_calls AS c (principal, minute, count) VALUES ($1, date_trunc('minute', clock_timestamp()), 1)
    ON CONFLICT (principal) DO UPDATE
       SET count = CASE WHEN c.minute = excluded.minute THEN c.count + 1 ELSE 1 END, minute = excluded.minute
    RETURNING count, 60 - floor(extract(second FROM clock_timestamp()))::integer AS to_next_minute)sql"};
// Orders are rows that exist anyway; what was adopted was not ordered. The wait ends when the oldest of the last $2
// leaves the hour.
const pg::Statement kWaitForCreate{"limits_wait_for_create", R"sql(
    SELECT ceil(extract(epoch FROM min(created_at) + interval '1 hour' - desk_now()))::bigint AS wait
      FROM (SELECT created_at FROM clusters c
             WHERE team = $1 AND created_at > desk_now() - interval '1 hour'
               AND NOT EXISTS (SELECT FROM requests r WHERE r.cluster_id = c.id AND r.rule = 'adopted')
             ORDER BY created_at DESC LIMIT $2) newest
    HAVING count(*) >= $2)sql"};

}  // namespace

std::optional<seconds> count_call(pg::Transaction& tx, const UserId& principal) {
    const pg::Rows rows = tx.run(kCountCall, principal);
    if (static_cast<int>(rows[0]["count"]) <= kCallsPerMinute) return std::nullopt;
    return std::max(static_cast<seconds>(rows[0]["to_next_minute"]), 1s);
}

std::optional<seconds> wait_for_create(pg::Transaction& tx, const std::string& team) {
    return tx.maybe(
        kWaitForCreate, [](pg::Row r) { return std::max(static_cast<seconds>(r["wait"]), 1s); }, team, kCreatesPerHour);
}

}  // namespace desk::limits
