#include "core/store/prereqs.hpp"

namespace desk::prereqs {
namespace {

const pg::Statement kFind{"prereqs_find", R"sql(
    SELECT state_key, variables, planned, outputs, applied_at, destroyed_at FROM prereqs WHERE cluster_id = $1)sql"};
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

}  // namespace

std::optional<Prereqs> find(pg::Transaction& tx, const ClusterId& cluster) {
    return tx.maybe(
        kFind,
        [](pg::Row r) {
            return Prereqs{.state_key = r["state_key"],
                           .variables = r["variables"].as<Json>(),
                           .planned = r["planned"].as<Json>(),
                           .outputs = r["outputs"].as<Json>(),
                           .applied_at = r["applied_at"].or_null(),
                           .destroyed_at = r["destroyed_at"].or_null()};
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

}  // namespace desk::prereqs
