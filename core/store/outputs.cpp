#include "core/store/outputs.hpp"

namespace desk::outputs {
namespace {

const pg::Statement kFind{"outputs_find", R"sql(
    SELECT cluster_id, api_url, console_url, kubeconfig_artifact_id, kubeadmin_secret_id, infra_id, metadata, created_at
      FROM cluster_outputs WHERE cluster_id = $1)sql"};
const pg::Statement kStore{"outputs_store", R"sql(
    INSERT INTO cluster_outputs (cluster_id, api_url, console_url, kubeconfig_artifact_id, kubeadmin_secret_id, infra_id,
                                 metadata)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (cluster_id) DO UPDATE
       SET api_url = excluded.api_url, console_url = excluded.console_url,
           kubeconfig_artifact_id = excluded.kubeconfig_artifact_id,
           kubeadmin_secret_id = excluded.kubeadmin_secret_id, infra_id = excluded.infra_id,
           metadata = excluded.metadata, created_at = clock_timestamp())sql"};

Outputs read(pg::Row r) {
    return {.cluster_id = r["cluster_id"],
            .api_url = r["api_url"],
            .console_url = r["console_url"],
            .kubeconfig = r["kubeconfig_artifact_id"],
            .kubeadmin_password = r["kubeadmin_secret_id"],
            .infra_id = r["infra_id"],
            .metadata = r["metadata"].as<Json>(),
            .created_at = r["created_at"]};
}

}  // namespace

std::optional<Outputs> find(pg::Transaction& tx, const ClusterId& cluster) { return tx.maybe(kFind, read, cluster); }

void store(pg::Transaction& tx, const Outputs& outputs) {
    tx.execute(kStore, outputs.cluster_id, outputs.api_url, outputs.console_url, outputs.kubeconfig,
               outputs.kubeadmin_password, outputs.infra_id, outputs.metadata);
}

}  // namespace desk::outputs
