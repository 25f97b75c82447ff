#include "core/store/orphans.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace desk::orphans {
namespace {

#define ORPHAN_COLUMNS                                                                                   \
    "o.id, o.provider, o.account, o.region, o.type, o.resource_id, o.name, coalesce(o.infra_id, '') AS " \
    "infra_id, o.cluster_id, coalesce(c.name, '') AS cluster_name, coalesce(c.base_domain, '') AS "      \
    "base_domain, coalesce(c.team, '') AS team, o.owner, o.is_ours, o.first_seen_at, o.last_seen_at, "   \
    "o.hourly_rate_micros, o.ignored, "                                                                  \
    "o.state, o.note, o.closed_at, coalesce(u.username, o.closed_by, '') AS closed_by, o.adopted_as "
#define FROM_ORPHANS \
    "FROM orphans o LEFT JOIN clusters c ON c.id = o.cluster_id LEFT JOIN users u ON u.id = o.closed_by "

const pg::Statement kList{"orphans_list", "SELECT " ORPHAN_COLUMNS FROM_ORPHANS
                                          "WHERE ($1::text IS NULL OR o.state = $1) "
                                          "AND ($2::text IS NULL OR o.cluster_id = $2) "
                                          "ORDER BY o.state DESC, o.first_seen_at DESC, o.id DESC LIMIT $3 OFFSET $4"};
const pg::Statement kFind{"orphans_find", "SELECT " ORPHAN_COLUMNS FROM_ORPHANS "WHERE o.id = $1"};
const pg::Statement kFindLocked{"orphans_find_locked",
                                "SELECT " ORPHAN_COLUMNS FROM_ORPHANS "WHERE o.id = $1 FOR UPDATE OF o"};
const pg::Statement kCountOpen{"orphans_count_open", R"sql(
    SELECT count(*) AS open FROM (SELECT 1 FROM orphans WHERE state = 'OPEN' LIMIT 1000) counted)sql"};
const pg::Statement kOpen{"orphans_open", R"sql(
    INSERT INTO orphans (id, provider, account, region, type, resource_id, name, infra_id, cluster_id, first_seen_at,
                         last_seen_at, is_ours)
    VALUES ($1, $2, $3, $4, $5, $6, $7, nullif($8, ''), $9, $10, $11, $8 <> '')
    ON CONFLICT (provider, account, region, type, resource_id) DO UPDATE
       SET state = 'OPEN', ignored = false, is_ours = excluded.is_ours, note = '', closed_at = NULL, closed_by = NULL, adopted_as = NULL,
           cluster_id = excluded.cluster_id,
           first_seen_at = least(orphans.first_seen_at, excluded.first_seen_at),
           last_seen_at = greatest(orphans.last_seen_at, excluded.last_seen_at))sql"};
// The cluster first, like everybody else who locks both.
const pg::Statement kLockCluster{"orphans_lock_cluster", R"sql(
    SELECT 1 FROM clusters WHERE id = (SELECT cluster_id FROM orphans WHERE id = $1) FOR UPDATE)sql"};
const pg::Statement kClose{"orphans_close", R"sql(
    UPDATE orphans SET state = 'CLOSED', note = $2, closed_at = clock_timestamp(), closed_by = $3, ignored = $4
     WHERE id = $1 AND state = 'OPEN')sql"};

Orphan read(pg::Row r) {
    Orphan orphan{.id = r["id"],
                  .provider = r["provider"],
                  .account = r["account"],
                  .resource = {.region = r["region"], .type = r["type"], .id = r["resource_id"], .name = r["name"]},
                  .infra_id = r["infra_id"],
                  .cluster_id = r["cluster_id"].or_null(),
                  .cluster_name = r["cluster_name"],
                  .base_domain = r["base_domain"],
                  .team = r["team"],
                  .owner = r["owner"],
                  .is_ours = r["is_ours"],
                  .first_seen_at = r["first_seen_at"],
                  .last_seen_at = r["last_seen_at"],
                  .state = r["state"],
                  .ignored = r["ignored"],
                  .note = r["note"],
                  .closed_at = r["closed_at"].or_null(),
                  .closed_by = r["closed_by"],
                  .adopted_as = r["adopted_as"].or_null()};
    if (!r["hourly_rate_micros"].is_null()) orphan.hourly = Money{r["hourly_rate_micros"]};
    return orphan;
}

}  // namespace

std::vector<Orphan> list(pg::Transaction& tx, const Filter& filter) {
    return tx.all(kList, read, filter.state, filter.cluster, std::clamp(filter.limit, 1, 500),
                  std::clamp(filter.offset, 0, 10000));
}

int count_open(pg::Transaction& tx) { return tx.run(kCountOpen)[0]["open"]; }

std::optional<Orphan> find(pg::Transaction& tx, const OrphanId& id) { return tx.maybe(kFind, read, id); }

std::optional<Orphan> find_locked(pg::Transaction& tx, const OrphanId& id) { return tx.maybe(kFindLocked, read, id); }

void open(pg::Transaction& tx, const Seen& seen) {
    tx.execute(kOpen, OrphanId::make(), seen.provider, seen.account, seen.resource.region, seen.resource.type,
               seen.resource.id, seen.resource.name, seen.infra_id, seen.cluster, seen.first_seen_at,
               seen.last_seen_at);
}

namespace {

Orphan close(pg::Transaction& tx, const OrphanId& id, const std::string& note, const Actor& actor, bool for_good) {
    tx.run(kLockCluster, id);
    const auto before = find(tx, id);
    if (!before) throw Error(Code::not_found, "There is no such orphan.", id.str());
    if (tx.execute(kClose, id, note, actor.id, for_good) == 0)
        throw Error(Code::conflict, cat("This orphan was closed already, by ", before->closed_by, "."));
    const auto after = find(tx, id);
    audit(tx, actor,
          {.action = for_good ? "orphan.ignore" : "orphan.close",
           .target = id.str(),
           .team = before->team.empty() ? std::nullopt : std::optional(before->team),
           .before = {{"state", text(OrphanState::OPEN)}},
           .after = {{"state", text(OrphanState::CLOSED)},
                     {"note", note},
                     {"resource", cat(before->resource.type, ' ', before->resource.id)},
                     {"cluster", before->cluster_id ? Json(before->cluster_id->str()) : Json(nullptr)}}});
    return *after;
}

}  // namespace

Orphan close(pg::Transaction& tx, const OrphanId& id, const std::string& note, const Actor& actor) {
    return close(tx, id, note, actor, false);
}

Orphan ignore(pg::Transaction& tx, const OrphanId& id, const std::string& reason, const Actor& actor) {
    return close(tx, id, reason, actor, true);
}

}  // namespace desk::orphans
