#include "core/store/clusters.hpp"

#include <algorithm>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/store/search_terms.hpp"

namespace desk::clusters {
namespace {

#define CLUSTER_COLUMNS                                                                                        \
    "c.id, c.name, c.platform, c.profile, c.region, c.base_domain, c.version, c.team, c.owner_id, "            \
    "u.username AS owner_name, c.cost_center, c.tags, c.status, c.status_since, c.outcome, c.outcome_reason, " \
    "c.lifetime_seconds, c.max_lifetime_seconds, c.hourly_rate_micros, c.hibernated_rate_micros, c.vcpu, "     \
    "c.seconds_per_hour, c.created_at, c.ready_at, c.destroy_at, c.destroyed_at, c.destroy_wanted_at, "        \
    "c.destroy_wanted_by, c.destroy_why, c.receipt_id "
#define FROM_CLUSTERS "FROM clusters c JOIN users u ON u.id = c.owner_id "

const pg::Statement kFind{"clusters_find", "SELECT " CLUSTER_COLUMNS FROM_CLUSTERS
                                           "WHERE c.id = $1 AND ($2 OR c.team = ANY($3::text[]) OR c.owner_id = $4)"};
const pg::Statement kFindLocked{"clusters_find_locked",
                                "SELECT " CLUSTER_COLUMNS FROM_CLUSTERS
                                "WHERE c.id = $1 AND ($2 OR c.team = ANY($3::text[]) OR c.owner_id = $4) "
                                "FOR UPDATE OF c"};
const pg::Statement kGet{"clusters_get", "SELECT " CLUSTER_COLUMNS FROM_CLUSTERS "WHERE c.id = $1"};
const pg::Statement kLock{"clusters_lock", "SELECT " CLUSTER_COLUMNS FROM_CLUSTERS "WHERE c.id = $1 FOR UPDATE OF c"};

#define LIST_WHERE                                                                                                \
    "WHERE ($1 OR c.team = ANY($2::text[]) OR c.owner_id = $3) "                                                  \
    "AND (cardinality($4::text[]) = 0 OR c.status = ANY($4::text[])) "                                            \
    "AND ($5::text IS NULL OR c.platform = $5) AND ($6 = '' OR u.username = $6) AND ($7 = '' OR c.team = $7) "    \
    "AND ($8 = '' OR c.profile = $8) AND ($9 = '' OR c.cost_center = $9) "                                        \
    "AND (cardinality($10::text[]) = 0 OR lower(concat_ws(' ', c.name, c.profile, c.region, u.username, c.team, " \
    "c.version)) LIKE ALL ($10::text[])) "                                                                        \
    "AND NOT lower(concat_ws(' ', c.name, c.profile, c.region, u.username, c.team, c.version)) "                  \
    "LIKE ANY ($11::text[]) "                                                                                     \
    "AND (NOT $12 OR c.status NOT IN ('DESTROYED', 'ABANDONED', 'REJECTED', 'WITHDRAWN', 'LAPSED', 'CANCELLED')) "

const pg::Statement kList{"clusters_list", "SELECT " CLUSTER_COLUMNS FROM_CLUSTERS LIST_WHERE
                                           "AND ($13::timestamptz IS NULL OR (c.created_at, c.id) < ($13, $14)) "
                                           "ORDER BY c.created_at DESC, c.id DESC LIMIT $15 OFFSET $16"};
const pg::Statement kCount{"clusters_count",
                           "SELECT count(*) AS total FROM (SELECT 1 " FROM_CLUSTERS LIST_WHERE "LIMIT 10001) counted"};

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
           observed_power = CASE $2 WHEN 'READY' THEN 'ON' WHEN 'HIBERNATED' THEN 'OFF' WHEN 'DESTROYED' THEN 'OFF'
                            ELSE observed_power END
     WHERE id = $1 AND status = ANY($3::text[])
    RETURNING hourly_rate_micros, hibernated_rate_micros)sql"};
const pg::Statement kCloseInterval{"intervals_close", R"sql(
    UPDATE state_intervals SET to_at = greatest(desk_now(), from_at) WHERE cluster_id = $1 AND to_at IS NULL)sql"};
const pg::Statement kOpenInterval{"intervals_open", R"sql(
    INSERT INTO state_intervals (cluster_id, status, from_at, hourly_rate_micros) VALUES ($1, $2, desk_now(), $3))sql"};

const pg::Statement kIntervals{"intervals_of_cluster", R"sql(
    SELECT status, from_at, to_at, hourly_rate_micros, desk_now() AS now
      FROM state_intervals WHERE cluster_id = $1 ORDER BY from_at, id)sql"};

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
                                "WHERE c.status IN ('READY', 'HIBERNATED') AND c.destroy_wanted_at IS NULL "
                                "AND c.destroy_at <= desk_now() + $4 * interval '1 second' "
                                "AND ($1 OR c.team = ANY($2::text[]) OR c.owner_id = $3) "
                                "ORDER BY c.destroy_at, c.id LIMIT $5"};

Cluster read(pg::Row r) {
    return {.id = r["id"],
            .name = r["name"],
            .platform = r["platform"],
            .profile = r["profile"],
            .region = r["region"],
            .base_domain = r["base_domain"],
            .version = r["version"],
            .team = r["team"],
            .owner_id = r["owner_id"],
            .owner_name = r["owner_name"],
            .cost_center = r["cost_center"],
            .tags = r["tags"].value_or(Json::object()),
            .status = r["status"],
            .status_since = r["status_since"],
            .outcome = r["outcome"].or_null(),
            .outcome_reason = r["outcome_reason"].or_null(),
            .lifetime = r["lifetime_seconds"],
            .max_lifetime = r["max_lifetime_seconds"],
            .hourly_rate_micros = r["hourly_rate_micros"],
            .hibernated_rate_micros = r["hibernated_rate_micros"],
            .vcpu = r["vcpu"],
            .seconds_per_hour = r["seconds_per_hour"],
            .created_at = r["created_at"],
            .ready_at = r["ready_at"].or_null(),
            .destroy_at = r["destroy_at"].or_null(),
            .destroyed_at = r["destroyed_at"].or_null(),
            .destroy_wanted_at = r["destroy_wanted_at"].or_null(),
            .destroy_wanted_by = r["destroy_wanted_by"].or_null(),
            .destroy_why = r["destroy_why"].or_null(),
            .receipt_id = r["receipt_id"].or_null()};
}

struct Cursor {
    Time created_at;
    std::string id;
};

std::string to_cursor(const Cluster& last) {
    return base64url(cat(last.created_at.time_since_epoch().count(), ' ', last.id));
}

Cursor parse_cursor(const std::string& text) {
    const auto plain = from_base64(text);
    const auto space = plain ? plain->find(' ') : std::string::npos;
    if (space != std::string::npos) {
        const auto micros = parse_int(std::string_view(*plain).substr(0, space));
        const auto id = ClusterId::parse(std::string_view(*plain).substr(space + 1));
        if (micros && id) return {Time(std::chrono::microseconds(*micros)), id->str()};
    }
    throw Error(Code::invalid, "cursor: use the value of `next` of the page before, unchanged.");
}

}  // namespace

std::optional<Cluster> find(pg::Transaction& tx, const ClusterId& id, const Reach& reach) {
    return tx.maybe(kFind, read, id, reach.all, reach.teams, reach.user);
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

Cluster get(pg::Transaction& tx, const ClusterId& id) { return required(tx.maybe(kGet, read, id), id); }
Cluster lock(pg::Transaction& tx, const ClusterId& id) { return required(tx.maybe(kLock, read, id), id); }

Page list(pg::Transaction& tx, const Reach& reach, const Filter& filter, bool count) {
    constexpr int kCountedAtMost = 10000;
    std::optional<Time> before;
    std::string before_id;
    if (!filter.cursor.empty()) {
        const Cursor cursor = parse_cursor(filter.cursor);
        before = cursor.created_at;
        before_id = cursor.id;
    }
    const auto terms = SearchTerms::parse(filter.search);
    const int limit = std::clamp(filter.limit, 1, 100);

    auto batch = tx.batch();
    const auto rows_call =
        batch.add(kList, reach.all, reach.teams, reach.user, filter.status, filter.platform, filter.owner, filter.team,
                  filter.profile, filter.cost_center, terms.wanted, terms.unwanted, filter.only_unfinished, before,
                  before_id, limit + 1, std::clamp(filter.offset, 0, 10000));
    if (count)
        batch.add(kCount, reach.all, reach.teams, reach.user, filter.status, filter.platform, filter.owner, filter.team,
                  filter.profile, filter.cost_center, terms.wanted, terms.unwanted, filter.only_unfinished);
    const auto results = batch.run();

    Page page;
    for (const pg::Row row : results[rows_call]) page.clusters.push_back(read(row));
    if (static_cast<int>(page.clusters.size()) > limit) {
        page.clusters.pop_back();
        page.next = to_cursor(page.clusters.back());
    }
    if (count) {
        const int total = results.back()[0]["total"];
        page.total = std::min(total, kCountedAtMost);
        page.total_is_floor = total > kCountedAtMost;
    }
    return page;
}

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

std::vector<Interval> timeline(pg::Transaction& tx, const ClusterId& id) {
    return tx.all(
        kIntervals,
        [](pg::Row r) {
            return Interval{r["status"], r["from_at"], r["to_at"].or_null()};
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
