// The queue: jobs as people and pages see them, and how one is asked for, cancelled or followed by a destroy.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/model/access.hpp"
#include "core/model/job.hpp"
#include "core/model/search_terms.hpp"
#include "core/store/audit.hpp"
#include "core/store/clusters.hpp"

namespace desk::jobs {

struct Job {
    JobId id = {};
    JobType type = JobType::CREATE;
    std::string subject = {};
    std::optional<ClusterId> cluster_id = {};
    std::string cluster_name = {};
    JobStatus status = JobStatus::PENDING;
    Time run_after = {};
    int attempts = 0, failures = 0, workers_lost = 0;
    std::optional<Time> cancel_requested_at = {};
    std::optional<FailureClass> error_class = {};
    std::optional<std::string> error_code = {}, error_message = {}, error_hint = {};
    std::optional<Turn> error_turn = {};
    Json params = {};
    std::string correlation_id = {};
    Time created_at = {};
    std::optional<Time> started_at = {}, ended_at = {};
};

struct Step {
    int attempt = 1;
    std::string step = {};
    int position = 0;
    Time started_at = {};
    std::optional<Time> ended_at = {};
    std::optional<StepOutcome> outcome = {};
    std::string detail = {};
};

std::optional<Job> find(pg::Transaction& tx, const JobId& id, const Reach& reach);
/// Newest first.
std::vector<Job> of_cluster(pg::Transaction& tx, const ClusterId& cluster, int limit);
pg::Later<std::vector<Job>> of_cluster(pg::Transaction::Batch& batch, const ClusterId& cluster, int limit);
std::vector<Step> steps(pg::Transaction& tx, const JobId& id);
/// All open jobs and the newest closed ones, for the queue page.
std::vector<Job> queue(pg::Transaction& tx, int limit);

/// Inserts a PENDING job, due at once, and notifies the ticks (channel `jobs`). Throws SqlError (unique) when one is
/// open.
JobId enqueue(pg::Transaction& tx, JobType type, const ClusterId& cluster, const std::string& correlation_id,
              const Json& params = Json::object());

/// What became of a wish to destroy.
struct Wish {
    DestroyMeaning meaning = DestroyMeaning::DESTROY;
    std::optional<JobId> job = {};  ///< the DESTROY job, once nothing else is open; the job that was hurried
    ClusterStatus status = ClusterStatus::READY;
};
/// Destroy as an intent (docs: lifecycle). REQUESTED is withdrawn, PENDING cancelled; else the intent is stored, an
/// open job gets its cancel flag or, without a live lease, is closed at once, and then DESTROY (JANITOR_DESTROY for the
/// TTL) is queued. Throws Error{conflict} in a final state; a cluster that is ending already is answered as it is
/// (a destroy that failed and waits gets its next attempt at once). Its open requests are withdrawn. `cluster` must be
/// locked by this transaction. Audit rows included: its own, and one for each of those requests.
Wish want_destroy(pg::Transaction& tx, const clusters::Cluster& cluster, const Actor& actor, const std::string& why);

/// Closes the open job of `cluster`, if there is one. Throws Error{conflict} when a worker has a lease of it, alive or
/// not. `cluster` must be locked by this transaction. No audit row: the caller's action has one.
void close_unheld(pg::Transaction& tx, const clusters::Cluster& cluster, const Actor& actor);

/// To be called by whoever closes a job of `cluster`, in the same transaction: queues DESTROY if one is wanted and
/// nothing is open. Returns its id.
std::optional<JobId> follow_with_destroy(pg::Transaction& tx, const ClusterId& cluster);

/// To be called by whoever closes a job of this type without what it was for, in the same transaction: the state says
/// so, and machines that a resume may have started are stopped again by a HIBERNATE job (with its audit row). Returns
/// the state; nothing where it stays. `cluster` must be locked by this transaction, and no destroy wanted.
std::optional<ClusterStatus> fall_back(pg::Transaction& tx, const clusters::Cluster& cluster, JobType type,
                                       const std::string& correlation_id);

/// Asks the open job to stop. CREATE: the same as want_destroy. DESTROY: Error{conflict}. Others: the flag.
Wish cancel(pg::Transaction& tx, const clusters::Cluster& cluster, const Actor& actor);

/// Asks a READY cluster, on which no job is open, how it is. Throws Error{conflict} for another one, and for one that
/// has no API. `cluster` must be locked by this transaction. Audit row included.
Wish verify(pg::Transaction& tx, const clusters::Cluster& cluster, const Actor& actor);

/// The open job, which waits for its next try, gets it at once. Throws Error{conflict} when there is none that waits.
/// `cluster` must be locked by this transaction. Audit row included.
Wish hurry(pg::Transaction& tx, const clusters::Cluster& cluster, const Actor& actor);

/// The newest log lines behind `after` (a line number; 0 = from the first).
struct LogLine {
    int line = 0;
    Time at = {};
    std::string step = {}, source = {}, level = {}, text = {};
};
std::vector<LogLine> log(pg::Transaction& tx, const JobId& id, int attempt, int after, int limit);
/// The first `limit` lines that hold all wanted terms and none of the unwanted ones, upper and lower case alike.
std::vector<LogLine> search_log(pg::Transaction& tx, const JobId& id, int attempt, const SearchTerms& terms, int limit);

}  // namespace desk::jobs
