#include "core/store/deadlines.hpp"

#include <algorithm>

namespace desk::deadlines {
namespace {

// What may still be in the cloud without a destroy being under way.
#define LIVES "status IN ('CREATING', 'READY', 'HIBERNATING', 'HIBERNATED', 'RESUMING', 'FAILED', 'ADOPTED') "
#define EXPIRED "destroy_wanted_at IS NULL AND destroy_at <= desk_now() AND " LIVES

const pg::Statement kExpired{"deadlines_expired",
                             "SELECT id FROM clusters WHERE " EXPIRED "ORDER BY destroy_at, id LIMIT $1"};
const pg::Statement kIsExpired{"deadlines_is_expired", "SELECT 1 FROM clusters WHERE id = $1 AND " EXPIRED};

const pg::Statement kFailed{"deadlines_failed_and_left", R"sql(
    SELECT id FROM clusters
     WHERE status = 'FAILED' AND destroy_wanted_at IS NULL AND coalesce(preserve_until <= desk_now(), true)
     ORDER BY status_since LIMIT $1)sql"};
const pg::Statement kIsPreserved{"deadlines_is_preserved", R"sql(
    SELECT 1 FROM clusters WHERE id = $1 AND preserve_until > desk_now())sql"};
const pg::Statement kForgotten{"deadlines_forgotten_destroys", R"sql(
    SELECT c.id FROM clusters c
     WHERE c.destroy_wanted_at IS NOT NULL AND c.)sql" LIVES R"sql(
       AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.subject = c.id AND j.status IN ('PENDING', 'RUNNING', 'RETRYING'))
     LIMIT $1)sql"};

// 24 h is the longest of the desk's own distances; a profile's may be longer.
#define WARN_HOURS "coalesce((r.effective_order #>> '{warnBeforeDestroyHours}')::integer, 0)"
const pg::Statement kEnding{"deadlines_ending",
                            "SELECT c.id, c.name, c.team, u.username, u.email, desk_now() AS now, "
                            "coalesce(c.ready_at, c.created_at) AS began_at, "
                            "c.destroy_at, " WARN_HOURS
                            " AS warn_hours, c.seconds_per_hour, ARRAY(SELECT o.kind FROM outbox o "
                            "WHERE o.subject = c.id AND o.deadline = c.destroy_at) AS warned "
                            "FROM clusters c JOIN users u ON u.id = c.owner_id "
                            "LEFT JOIN requests r ON r.cluster_id = c.id AND r.kind = 'CREATE' "
                            "WHERE c.status IN ('READY', 'HIBERNATED', 'ADOPTED') AND c.destroy_wanted_at IS NULL "
                            "AND c.destroy_at <= desk_now() + greatest(24, " WARN_HOURS
                            ") * c.seconds_per_hour * interval '1 second' "
                            "ORDER BY c.destroy_at, c.id LIMIT $1"};

const pg::Statement kNext{"deadlines_next", R"sql(
    SELECT (extract(epoch FROM min(wait)) * 1000)::bigint AS wait_ms FROM (
        SELECT min(j.run_after) - clock_timestamp() AS wait FROM jobs j
         WHERE j.status IN ('PENDING', 'RETRYING') AND j.run_after > clock_timestamp()
        UNION ALL
        SELECT min(expires_at) - clock_timestamp() FROM job_locks WHERE expires_at > clock_timestamp()
        UNION ALL
        SELECT min(destroy_at) - desk_now() FROM clusters
         WHERE destroy_wanted_at IS NULL AND destroy_at IS NOT NULL AND )sql" LIVES R"sql(
        UNION ALL
        SELECT min(preserve_until) - desk_now() FROM clusters WHERE status = 'FAILED' AND destroy_wanted_at IS NULL
        UNION ALL
        SELECT min(lapses_at) - desk_now() FROM requests WHERE state = 'OPEN'
        UNION ALL
        SELECT min(c.destroy_at - h.hours * c.seconds_per_hour * interval '1 second') - desk_now()
          FROM clusters c CROSS JOIN unnest(ARRAY[1, 6, 24]) AS h(hours)
         WHERE c.status IN ('READY', 'HIBERNATED', 'ADOPTED') AND c.destroy_wanted_at IS NULL
           AND c.destroy_at - h.hours * c.seconds_per_hour * interval '1 second' > desk_now()) waits)sql"};

ClusterId read_id(pg::Row r) { return r["id"]; }

}  // namespace

std::vector<ClusterId> expired(pg::Transaction& tx, int limit) { return tx.all(kExpired, read_id, limit); }
bool is_expired(pg::Transaction& tx, const ClusterId& cluster) { return !tx.run(kIsExpired, cluster).empty(); }

std::vector<ClusterId> failed_and_left(pg::Transaction& tx, int limit) { return tx.all(kFailed, read_id, limit); }
bool is_preserved(pg::Transaction& tx, const ClusterId& cluster) { return !tx.run(kIsPreserved, cluster).empty(); }

std::vector<ClusterId> forgotten_destroys(pg::Transaction& tx, int limit) { return tx.all(kForgotten, read_id, limit); }

std::vector<Ending> ending(pg::Transaction& tx, int limit) {
    return tx.all(
        kEnding,
        [](pg::Row r) {
            return Ending{.id = r["id"],
                          .name = r["name"],
                          .team = r["team"],
                          .owner_name = r["username"],
                          .owner_email = r["email"].or_null(),
                          .now = r["now"],
                          .began_at = r["began_at"],
                          .destroy_at = r["destroy_at"],
                          .warn_hours = r["warn_hours"],
                          .seconds_per_hour = r["seconds_per_hour"],
                          .warned = r["warned"]};
        },
        limit);
}

std::optional<std::chrono::milliseconds> time_to_next(pg::Transaction& tx) {
    const pg::Rows rows = tx.run(kNext);
    if (rows[0]["wait_ms"].is_null()) return std::nullopt;
    const std::int64_t wait = rows[0]["wait_ms"];
    return std::chrono::milliseconds(std::max<std::int64_t>(wait, 0));
}

}  // namespace desk::deadlines
