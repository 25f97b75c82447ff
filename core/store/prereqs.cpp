#include "core/store/prereqs.hpp"

#include "core/base/text.hpp"

namespace desk::prereqs {
namespace {

const pg::Statement kFind{"prereqs_find", R"sql(
    SELECT state_key, variables, planned, outputs, applied_at, destroyed_at, coalesce(delete_zone, '') AS delete_zone
      FROM prereqs WHERE cluster_id = $1)sql"};
const pg::Statement kBegin{"prereqs_begin", R"sql(
    INSERT INTO prereqs (cluster_id, state_key, variables) VALUES ($1, $2, $3)
    ON CONFLICT (cluster_id) DO UPDATE SET destroyed_at = NULL)sql"};
const pg::Statement kStoreKey{"prereqs_store_key", R"sql(
    UPDATE job_attempts SET tf_state_key = (SELECT state_key FROM prereqs WHERE cluster_id = $3)
     WHERE job_id = $1 AND attempt = $2 AND tf_state_key IS NULL)sql"};
const pg::Statement kPlanned{"prereqs_planned", "UPDATE prereqs SET planned = $2 WHERE cluster_id = $1"};
const pg::Statement kApplied{"prereqs_applied", R"sql(
    UPDATE prereqs SET outputs = $2, applied_at = clock_timestamp() WHERE cluster_id = $1)sql"};
const pg::Statement kDestroyed{"prereqs_destroyed", R"sql(
    UPDATE prereqs SET destroyed_at = clock_timestamp() WHERE cluster_id = $1)sql"};

const pg::Statement kZone{"prereqs_delete_zone", "UPDATE prereqs SET delete_zone = $2 WHERE cluster_id = $1"};
const pg::Statement kNeighbours{"prereqs_neighbours", R"sql(
    SELECT coalesce(string_agg(name, ', ' ORDER BY name), '') AS names FROM clusters
     WHERE id <> $1 AND platform = $2 AND base_domain = $3
       AND status NOT IN ('DESTROYED', 'ABANDONED', 'REJECTED', 'WITHDRAWN', 'LAPSED', 'CANCELLED'))sql"};

}  // namespace

std::string Prereqs::own_zone() const {
    // chosen before anything was made: "" is a zone that terraform was told to make
    const bool is_ours = !destroyed_at && variables.is_object() && variables.value("hosted_zone_id", "-").empty();
    return is_ours ? variables.value("base_domain", "") : "";
}

std::optional<Prereqs> find(pg::Transaction& tx, const ClusterId& cluster) {
    return tx.maybe(
        kFind,
        [](pg::Row r) {
            return Prereqs{.state_key = r["state_key"],
                           .variables = r["variables"].as<Json>(),
                           .planned = r["planned"].as<Json>(),
                           .outputs = r["outputs"].as<Json>(),
                           .applied_at = r["applied_at"].or_null(),
                           .destroyed_at = r["destroyed_at"].or_null(),
                           .delete_zone = r["delete_zone"]};
        },
        cluster);
}

Prereqs begin(pg::Transaction& tx, const ClusterId& cluster, const JobId& job, int attempt,
              const std::string& state_key, const Json& variables) {
    tx.execute(kBegin, cluster, state_key, variables);
    tx.execute(kStoreKey, job, attempt, cluster);
    return find(tx, cluster).value();
}

void set_planned(pg::Transaction& tx, const ClusterId& cluster, const Json& planned) {
    tx.execute(kPlanned, cluster, planned);
}

void set_applied(pg::Transaction& tx, const ClusterId& cluster, const Json& outputs) {
    tx.execute(kApplied, cluster, outputs);
}

void set_destroyed(pg::Transaction& tx, const ClusterId& cluster) { tx.execute(kDestroyed, cluster); }

std::optional<std::string> confirm_zone(pg::Transaction& tx, const clusters::Cluster& cluster, const std::string& typed,
                                        const Actor& actor) {
    const auto prereqs = find(tx, cluster.id);
    const auto zone = prereqs ? prereqs->own_zone() : "";
    if (zone.empty()) return cat("No hosted zone was made for ", cluster.name, ". Leave it empty.");
    if (typed != zone) return cat("Type ", zone, " to have the zone deleted, or leave it empty.");
    const std::string others = tx.run(kNeighbours, cluster.id, cluster.platform, cluster.base_domain)[0]["names"];
    if (!others.empty()) return cat("Other clusters stand in the zone ", zone, ": ", others, ". It has to stay.");
    tx.execute(kZone, cluster.id, zone);
    audit(tx, actor,
          {.action = "cluster.delete_zone",
           .target = cluster.id.str(),
           .team = cluster.team,
           .before = nullptr,
           .after = {{"zone", zone}}});
    return std::nullopt;
}

}  // namespace desk::prereqs
