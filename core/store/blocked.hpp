// Deletions that do not come to an end: what still exists, since when, and what was tried.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/time.hpp"
#include "core/model/cluster.hpp"
#include "core/model/job.hpp"
#include "core/model/orphan.hpp"
#include "core/pg/transaction.hpp"

namespace desk::blocked {

struct Left {
    CloudResource resource = {};
    Time first_seen_at = {};  ///< by a sweep of this desk
};

/// The newest look at what exists.
struct Look {
    Time at = {};
    std::vector<Left> left = {};
};

/// A line that the installer wrote at warning or error.
struct Warning {
    int attempt = 0, line = 0;
    std::string text = {};
};

/// A cluster whose destroy failed at least once and is not over.
struct Deletion {
    ClusterId cluster_id = {};
    std::string name = {}, base_domain = {}, team = {}, owner_name = {};
    Platform platform = Platform::demo;
    ClusterStatus status = ClusterStatus::DESTROY_FAILED;
    JobId job = {};
    JobStatus job_status = JobStatus::RETRYING;
    int attempts = 0, failures = 0;
    Time next_try = {};              ///< means something while the job is RETRYING or PENDING
    std::optional<Time> since = {};  ///< end of the first try that failed
    std::optional<FailureClass> error_class = {};
    std::string error_code = {}, error_message = {}, error_hint = {};
    bool is_held = false;                ///< a worker has a lease of it, alive or not
    std::optional<Look> last_look = {};  ///< nothing: no sweep came so far
    std::vector<Warning> warnings = {};  ///< of the newest tries, each text once, newest first
};

/// Blocked longest first.
std::vector<Deletion> list(pg::Transaction& tx, int limit);
/// Nothing when the destroy of this cluster is not blocked.
std::optional<Deletion> find(pg::Transaction& tx, const ClusterId& cluster);
/// How many there are; counted up to 1,000.
int count(pg::Transaction& tx);

}  // namespace desk::blocked
