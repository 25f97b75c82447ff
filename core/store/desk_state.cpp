#include "core/store/desk_state.hpp"

namespace desk {
namespace {

const pg::Statement kState{"desk_state", R"sql(
    SELECT (SELECT count(*) FROM workers WHERE last_tick > clock_timestamp() - interval '3 minutes') AS workers,
           (SELECT extract(epoch FROM clock_timestamp() - max(last_tick))::bigint FROM workers) AS since_tick,
           count(*) FILTER (WHERE status = 'RUNNING') AS running,
           count(*) FILTER (WHERE status <> 'RUNNING') AS waiting,
           extract(epoch FROM clock_timestamp() - min(run_after) FILTER (WHERE status <> 'RUNNING' AND run_after <= clock_timestamp()))::bigint
               AS oldest_due
      FROM jobs WHERE status IN ('PENDING', 'RUNNING', 'RETRYING'))sql"};
const pg::Statement kClusters{"desk_clusters", R"sql(
    SELECT platform, status, count(*) AS count FROM clusters
     WHERE status NOT IN ('DESTROYED', 'ABANDONED', 'REJECTED', 'WITHDRAWN', 'LAPSED', 'CANCELLED')
     GROUP BY platform, status ORDER BY platform, status)sql"};

}  // namespace

DeskState desk_state(pg::Transaction& tx) {
    const pg::Rows rows = tx.run(kState);
    const pg::Row r = rows[0];
    return {.workers = r["workers"],
            .running = r["running"],
            .waiting = r["waiting"],
            .since_tick = r["since_tick"].or_null(),
            .oldest_due = r["oldest_due"].or_null()};
}

std::vector<ClusterCount> count_clusters(pg::Transaction& tx) {
    return tx.all(kClusters, [](pg::Row r) { return ClusterCount{r["platform"], r["status"], r["count"]}; });
}

}  // namespace desk
