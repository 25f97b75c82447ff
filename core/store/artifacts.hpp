// What the object store holds of each cluster: one row for each object, with its hash.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/time.hpp"
#include "core/cloud/object_store.hpp"
#include "core/model/access.hpp"
#include "core/model/artifact.hpp"
#include "core/pg/transaction.hpp"

namespace desk::artifacts {

struct Artifact {
    ArtifactId id = {};
    ClusterId cluster_id = {};
    std::optional<JobId> job_id = {};
    std::optional<int> attempt = {};
    ArtifactType type = ArtifactType::LOG;
    std::string object_key = {};
    std::int64_t bytes = 0;
    std::string sha256 = {};     ///< of the stored bytes: the sealed ones of a private artifact
    bool is_public = false;      ///< false: sealed, no route leads to it
    std::string file_name = {};  ///< for downloads
    Time created_at = {};

    Visibility visibility() const { return is_public ? Visibility::public_ : Visibility::private_; }
};

/// The key of a new object: "clusters/<cluster>/<artifact>/<file name>".
std::string object_key(const ClusterId& cluster, const ArtifactId& artifact, const std::string& file_name);

/// Stores the row; `created_at` is the database's.
void add(pg::Transaction& tx, const Artifact& artifact);

/// Oldest first; without those that retention deleted.
std::vector<Artifact> of_cluster(pg::Transaction& tx, const ClusterId& cluster);
/// Object keys of everything that is kept sealed.
std::vector<std::string> private_objects(pg::Transaction& tx);
/// Nothing if it is not there, deleted, or out of reach.
std::optional<Artifact> find(pg::Transaction& tx, const ArtifactId& id, const Reach& reach);
/// Throws Error{not_found}. For the worker.
Artifact get(pg::Transaction& tx, const ArtifactId& id);
/// The newest of its kind that this attempt stored.
std::optional<Artifact> newest(pg::Transaction& tx, const JobId& job, int attempt, ArtifactType type);

}  // namespace desk::artifacts
