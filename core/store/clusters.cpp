#include "core/store/clusters.hpp"

#include "core/store/cluster_row.hpp"
#include "core/store/notices.hpp"

namespace desk::clusters {
namespace {

const pg::Statement kFind{"clusters_find", "SELECT " CLUSTER_COLUMNS FROM_CLUSTERS
                                           "WHERE c.id = $1 AND ($2 OR c.team = ANY($3::text[]) OR c.owner_id = $4)"};
const pg::Statement kFindLocked{"clusters_find_locked",
                                "SELECT " CLUSTER_COLUMNS FROM_CLUSTERS
                                "WHERE c.id = $1 AND ($2 OR c.team = ANY($3::text[]) OR c.owner_id = $4) "
                                "FOR UPDATE OF c"};
const pg::Statement kFindSome{"clusters_find_some",
                              "SELECT " CLUSTER_COLUMNS FROM_CLUSTERS
                              "WHERE c.id = ANY($1::text[]) AND ($2 OR c.team = ANY($3::text[]) OR c.owner_id = $4) "
                              "ORDER BY c.name, c.id"};
const pg::Statement kGet{"clusters_get", "SELECT " CLUSTER_COLUMNS FROM_CLUSTERS "WHERE c.id = $1"};
const pg::Statement kLock{"clusters_lock", "SELECT " CLUSTER_COLUMNS FROM_CLUSTERS "WHERE c.id = $1 FOR UPDATE OF c"};

const pg::Statement kAdvance{"clusters_advance", R"sql(
    UPDATE clusters
       SET status = $2,
           status_since = clock_timestamp(),
           outcome = coalesce($4, outcome),
           outcome_reason = coalesce($5, outcome_reason),
           receipt_id = coalesce($6, receipt_id),
           ready_at = CASE WHEN $7 THEN coalesce(ready_at, desk_now()) ELSE ready_at END,
           destroy_at = CASE WHEN $7 THEN coalesce(destroy_at, desk_now() + lifetime_seconds * interval '1 second')
                             ELSE destroy_at END,
           destroyed_at = CASE WHEN $8 THEN desk_now() ELSE destroyed_at END,
           observed_power = CASE WHEN $2 IN ('READY', 'RESUMING') THEN 'ON'
                                 WHEN $2 IN ('HIBERNATED', 'DESTROYED') THEN 'OFF' ELSE observed_power END
     WHERE id = $1 AND status = ANY($3::text[])
    RETURNING hourly_rate_micros, hibernated_rate_micros)sql"};
const pg::Statement kCloseInterval{"intervals_close", R"sql(
    UPDATE state_intervals SET to_at = greatest(desk_now(), from_at) WHERE cluster_id = $1 AND to_at IS NULL)sql"};
const pg::Statement kOpenInterval{"intervals_open", R"sql(
    INSERT INTO state_intervals (cluster_id, status, from_at, hourly_rate_micros) VALUES ($1, $2, desk_now(), $3))sql"};

const pg::Statement kIntervals{"intervals_of_cluster", R"sql(
    SELECT status, from_at, to_at, hourly_rate_micros, desk_now() AS now
      FROM state_intervals WHERE cluster_id = $1 ORDER BY from_at, id)sql"};

// Each by itself: with `= ANY` the plan would depend on how many there are, and be made anew each time.
const pg::Statement kCostlyIntervals{"intervals_of_clusters", R"sql(
    SELECT wanted.id AS cluster_id, from_at, to_at, hourly_rate_micros, now
      FROM (SELECT desk_now() AS now) AS moment, unnest($1::text[]) AS wanted (id)
     CROSS JOIN LATERAL (SELECT from_at, to_at, hourly_rate_micros
                           FROM state_intervals WHERE cluster_id = wanted.id AND hourly_rate_micros > 0) AS stay)sql"};

const pg::Statement kNow{"desk_now", "SELECT desk_now() AS now"};

const pg::Statement kCounts{"clusters_counts", R"sql(
    SELECT count(*) FILTER (WHERE c.status = 'READY') AS running,
           count(*) FILTER (WHERE c.status IN ('PENDING', 'CREATING', 'HIBERNATING', 'RESUMING', 'DESTROYING',
                                               'DESTROY_VERIFYING')) AS in_progress,
           count(*) FILTER (WHERE c.status IN ('FAILED', 'DESTROY_FAILED')) AS failed
      FROM clusters c
     WHERE c.status NOT IN ('DESTROYED', 'ABANDONED', 'REJECTED', 'WITHDRAWN', 'LAPSED', 'CANCELLED')
       AND ($1 OR c.team = ANY($2::text[]) OR c.owner_id = $3))sql"};
const pg::Statement kEndingSoon{"clusters_ending_soon",
                                "SELECT " CLUSTER_COLUMNS FROM_CLUSTERS
                                "WHERE c.status IN ('READY', 'HIBERNATED', 'ADOPTED') AND c.destroy_wanted_at IS NULL "
                                "AND c.destroy_at <= desk_now() + $4 * interval '1 second' "
                                "AND ($1 OR c.team = ANY($2::text[]) OR c.owner_id = $3) "
                                "ORDER BY c.destroy_at, c.id LIMIT $5"};

}  // namespace

std::optional<Cluster> find(pg::Transaction& tx, const ClusterId& id, const Reach& reach) {
    return tx.maybe(kFind, read, id, reach.all, reach.teams, reach.user);
}

pg::Later<std::optional<Cluster>> find(pg::Transaction::Batch& batch, const ClusterId& id, const Reach& reach) {
    return {batch.add(kFind, id, reach.all, reach.teams, reach.user),
            [](const pg::Rows& rows) { return pg::maybe(rows, read); }};
}

std::optional<Cluster> find_locked(pg::Transaction& tx, const ClusterId& id, const Reach& reach) {
    return tx.maybe(kFindLocked, read, id, reach.all, reach.teams, reach.user);
}

namespace {
Cluster required(std::optional<Cluster> cluster, const ClusterId& id) {
    if (!cluster) throw Error(Code::not_found, "There is no such cluster.", id.str());
    return std::move(*cluster);
}
}  // namespace

std::vector<Cluster> find_some(pg::Transaction& tx, const std::vector<ClusterId>& ids, const Reach& reach) {
    return tx.all(kFindSome, read, ids, reach.all, reach.teams, reach.user);
}

Cluster get(pg::Transaction& tx, const ClusterId& id) { return required(tx.maybe(kGet, read, id), id); }
Cluster lock(pg::Transaction& tx, const ClusterId& id) { return required(tx.maybe(kLock, read, id), id); }

std::optional<ClusterStatus> advance(pg::Transaction& tx, const ClusterId& id, ClusterEvent event,
                                     const Change& change) {
    const ClusterStatus to = target_of(event);
    const pg::Rows rows =
        tx.run(kAdvance, id, to, sources_of(event), change.outcome, change.outcome_reason, change.receipt_id,
               event == ClusterEvent::MAKE_READY, event == ClusterEvent::CONFIRM_GONE);
    if (rows.empty()) return std::nullopt;
    const Rates rates{{rows[0]["hourly_rate_micros"]}, {rows[0]["hibernated_rate_micros"]}};
    tx.execute(kCloseInterval, id);
    if (!is_final(to)) tx.execute(kOpenInterval, id, to, hourly_rate(to, rates).micros);
    if (const auto kind = notice_of(event)) notices::of_cluster(tx, id, *kind);
    return to;
}

Money cost_so_far(pg::Transaction& tx, const ClusterId& id) {
    std::vector<StateInterval> intervals;
    Time now{};
    for (const pg::Row r : tx.run(kIntervals, id)) {
        now = r["now"];
        intervals.push_back({.from = r["from_at"], .to = r["to_at"].or_null(), .hourly = {r["hourly_rate_micros"]}});
    }
    return cost_of(intervals, now);
}

std::map<ClusterId, Money> costs_so_far(pg::Transaction& tx, const std::vector<ClusterId>& ids) {
    std::map<ClusterId, std::vector<StateInterval>> stays;
    Time now{};
    for (const pg::Row r : tx.run(kCostlyIntervals, ids)) {
        now = r["now"];
        stays[r["cluster_id"]].push_back(
            {.from = r["from_at"], .to = r["to_at"].or_null(), .hourly = {r["hourly_rate_micros"]}});
    }
    std::map<ClusterId, Money> costs;
    for (const auto& id : ids) costs[id] = cost_of(stays[id], now);
    return costs;
}

std::vector<Interval> timeline(pg::Transaction& tx, const ClusterId& id) {
    return tx.all(
        kIntervals,
        [](pg::Row r) {
            return Interval{r["status"], r["from_at"], r["to_at"].or_null(), {r["hourly_rate_micros"]}};
        },
        id);
}

Time desk_now(pg::Transaction& tx) { return tx.run(kNow)[0]["now"]; }

Counts counts(pg::Transaction& tx, const Reach& reach) {
    const pg::Rows rows = tx.run(kCounts, reach.all, reach.teams, reach.user);
    return {rows[0]["running"], rows[0]["in_progress"], rows[0]["failed"]};
}

std::vector<Cluster> ending_soon(pg::Transaction& tx, const Reach& reach, seconds horizon, int limit) {
    return tx.all(kEndingSoon, read, reach.all, reach.teams, reach.user, horizon, limit);
}

}  // namespace desk::clusters
