#include "core/store/artifacts.hpp"

#include "core/base/text.hpp"

namespace desk::artifacts {
namespace {

#define ARTIFACT_COLUMNS                                                                                           \
    "a.id, a.cluster_id, a.job_id, a.attempt, a.type, a.object_key, a.bytes, a.sha256, a.is_public, a.file_name, " \
    "a.created_at "

const pg::Statement kAdd{"artifacts_add", R"sql(
    INSERT INTO cluster_artifacts (id, cluster_id, job_id, attempt, type, object_key, bytes, sha256, is_public, file_name)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql"};
const pg::Statement kOfCluster{"artifacts_of_cluster",
                               "SELECT " ARTIFACT_COLUMNS
                               "FROM cluster_artifacts a WHERE a.cluster_id = $1 AND a.deleted_at IS NULL "
                               "ORDER BY a.created_at, a.id"};
const pg::Statement kPrivate{"artifacts_private", R"sql(
    SELECT object_key FROM cluster_artifacts WHERE NOT is_public AND deleted_at IS NULL ORDER BY id)sql"};
const pg::Statement kFind{"artifacts_find", "SELECT " ARTIFACT_COLUMNS
                                            "FROM cluster_artifacts a JOIN clusters c ON c.id = a.cluster_id "
                                            "WHERE a.id = $1 AND a.deleted_at IS NULL "
                                            "AND ($2 OR c.team = ANY($3::text[]) OR c.owner_id = $4)"};
const pg::Statement kGet{
    "artifacts_get", "SELECT " ARTIFACT_COLUMNS "FROM cluster_artifacts a WHERE a.id = $1 AND a.deleted_at IS NULL"};
const pg::Statement kNewest{"artifacts_newest",
                            "SELECT " ARTIFACT_COLUMNS
                            "FROM cluster_artifacts a "
                            "WHERE a.cluster_id = (SELECT cluster_id FROM jobs WHERE id = $1) "
                            "AND a.job_id = $1 AND a.attempt = $2 AND a.type = $3 AND a.deleted_at IS NULL "
                            "ORDER BY a.created_at DESC, a.id DESC LIMIT 1"};

Artifact read(pg::Row r) {
    return {.id = r["id"],
            .cluster_id = r["cluster_id"],
            .job_id = r["job_id"].or_null(),
            .attempt = r["attempt"].or_null(),
            .type = r["type"],
            .object_key = r["object_key"],
            .bytes = r["bytes"],
            .sha256 = r["sha256"],
            .is_public = r["is_public"],
            .file_name = r["file_name"],
            .created_at = r["created_at"]};
}

}  // namespace

std::string object_key(const ClusterId& cluster, const ArtifactId& artifact, const std::string& file_name) {
    return cat("clusters/", cluster, '/', artifact, '/', file_name);
}

void add(pg::Transaction& tx, const Artifact& artifact) {
    tx.execute(kAdd, artifact.id, artifact.cluster_id, artifact.job_id, artifact.attempt, artifact.type,
               artifact.object_key, artifact.bytes, artifact.sha256, artifact.is_public, artifact.file_name);
}

std::vector<Artifact> of_cluster(pg::Transaction& tx, const ClusterId& cluster) {
    return tx.all(kOfCluster, read, cluster);
}

std::vector<std::string> private_objects(pg::Transaction& tx) {
    return tx.all(kPrivate, [](pg::Row r) { return std::string(r["object_key"]); });
}

std::optional<Artifact> find(pg::Transaction& tx, const ArtifactId& id, const Reach& reach) {
    return tx.maybe(kFind, read, id, reach.all, reach.teams, reach.user);
}

Artifact get(pg::Transaction& tx, const ArtifactId& id) {
    auto artifact = tx.maybe(kGet, read, id);
    if (!artifact) throw Error(Code::not_found, "There is no such artifact.", id.str());
    return std::move(*artifact);
}

std::optional<Artifact> newest(pg::Transaction& tx, const JobId& job, int attempt, ArtifactType type) {
    return tx.maybe(kNewest, read, job, attempt, type);
}

}  // namespace desk::artifacts
