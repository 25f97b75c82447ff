// Leases: a worker's right to act on a subject. Claim, renewal, fence and takeover; times are the database's
// clock_timestamp().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/enum.hpp"
#include "core/base/id.hpp"
#include "core/base/json.hpp"
#include "core/base/time.hpp"
#include "core/model/job.hpp"
#include "core/pg/transaction.hpp"

namespace desk::leases {

/// The right to act on `subject` for one attempt of a job. Whoever has not the token has not the right.
struct Lease {
    std::string subject = {};
    JobId job = {};
    int attempt = 0;
    std::string token = {};
};

/// The lease is not held any more: somebody else may act on the subject. Nothing may be written after this.
class LeaseLost : public Error {
  public:
    explicit LeaseLost(const Lease& lease);
};

/// Ids of jobs that are due, that no brake holds back and whose subject nobody has a lease of; longest due first.
std::vector<JobId> due(pg::Transaction& tx, int limit);

struct Claim {
    Lease lease = {};
    JobType type = JobType::CREATE;
    std::optional<ClusterId> cluster_id = {};
    Json params = {};  ///< of the job
    std::string correlation_id = {};
    bool is_cancelled = false;  ///< a stop was asked for before anybody claimed it
};

/// Claims one job, or nothing when it is gone: closed, held, not due or held back by a brake; nor does a host that
/// drains get one. One statement: the job's row lock, its state, its attempt and its lease change together. The attempt
/// is a new one, except after a wait.
std::optional<Claim> claim(pg::Transaction& tx, const JobId& job, const std::string& host, const std::string& holder,
                           seconds life);

/// The claim that `holder` made when the answer to its COMMIT was lost; nothing when it did not take effect. Needs the
/// job's cluster locked, if it has one, so that a claim under way has ended.
std::optional<Claim> find_claim(pg::Transaction& tx, const JobId& job, const std::string& holder);

/// The job's cluster, for locking it first: clusters are locked before jobs. Nothing for a job of the desk itself.
std::optional<ClusterId> find_cluster(pg::Transaction& tx, const JobId& job);

/// What the job's row says at a renewal.
struct Pulse {
    bool is_cancelled = false;
};
/// From now on `life` more. Nothing when the lease is not held any more: an expired one is never revived.
std::optional<Pulse> renew(pg::Transaction& tx, const Lease& lease, seconds life);

/// Who writes under a lease: the job itself, and the thread that stores its log. Each does one transaction at a time.
DESK_ENUM(Writer, JOB, LOG)

/// First in every transaction of a runner: holds the lease until the transaction ends, and notes that this is the
/// writer's transaction number `number` (1, 2, ...: the same again when it is repeated). False when that one took
/// effect before: the answer to its COMMIT was lost. Waits for it while it may still come to that. Throws LeaseLost.
bool fence(pg::Transaction& tx, const Lease& lease, Writer writer, std::int64_t number);

/// Gives the lease back, in the transaction that closes or parks the job.
void release(pg::Transaction& tx, const Lease& lease);

/// A lease as seen from outside.
struct Held {
    Lease lease = {};
    std::string host = {}, holder = {};
    JobType type = JobType::CREATE;
    std::optional<ClusterId> cluster_id = {};
    bool is_expired = false;
};
/// Leases that `host` has to look after: all of its own, and expired ones of hosts whose last tick was longer ago than
/// `silence`.
std::vector<Held> to_look_after(pg::Transaction& tx, const std::string& host, seconds silence);

/// Takes a lease away, waiting for transactions that hold its fence. False when it was renewed (`even_if_live` false)
/// or is gone.
bool take_away(pg::Transaction& tx, const Lease& lease, bool even_if_live);

}  // namespace desk::leases
