// A row of `clusters` in SQL and as a struct: for the files that select clusters.
#pragma once

#include "core/store/clusters.hpp"

#define CLUSTER_COLUMNS                                                                                            \
    "c.id, c.name, c.platform, c.profile, c.region, c.base_domain, c.version, c.team, c.owner_id, "                \
    "u.username AS owner_name, c.cost_center, c.tags, c.status, c.status_since, c.outcome, c.outcome_reason, "     \
    "c.lifetime_seconds, c.max_lifetime_seconds, c.hourly_rate_micros, c.hibernated_rate_micros, c.vcpu, "         \
    "c.workers, c.seconds_per_hour, c.created_at, c.ready_at, c.destroy_at, c.destroyed_at, c.destroy_wanted_at, " \
    "c.destroy_wanted_by, c.destroy_why, c.receipt_id "
#define FROM_CLUSTERS "FROM clusters c JOIN users u ON u.id = c.owner_id "

namespace desk::clusters {

inline Cluster read(pg::Row r) {
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
            .workers = r["workers"].or_null(),
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

}  // namespace desk::clusters
