// What a runner writes of its job: attempts with the keys of what they created, steps, and how the job goes on. Every
// function expects the caller's fence (core/store/leases.hpp) or a lease that was taken away in the same transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/json.hpp"
#include "core/base/time.hpp"
#include "core/model/job.hpp"
#include "core/pg/transaction.hpp"

namespace desk::runs {

/// One attempt that may have left something in a cloud, with what finds it again.
struct Attempt {
    JobId job_id = {};
    int attempt = 0;
    Phase phase = Phase::local;
    std::string region = {}, account = {};  ///< where its keys hold; "" = a platform without accounts
    std::optional<std::string> infra_id = {}, tf_state_key = {}, ccoctl_name = {};
    Json metadata = {};      ///< the installer's metadata.json; null when there is none
    bool host_lost = false;  ///< its host was given up on: what it started may still run there
    Time started_at = {};
};

/// Attempts of all jobs of `cluster` that stored a key and are not proven clean, oldest first.
std::vector<Attempt> unclean(pg::Transaction& tx, const ClusterId& cluster);

/// Only forward; an earlier phase changes nothing.
void set_phase(pg::Transaction& tx, const JobId& job, int attempt, Phase phase);
/// Once for each attempt (a trigger holds that).
void store_infra(pg::Transaction& tx, const JobId& job, int attempt, const std::string& infra_id, const Json& metadata);
/// Before anything is created there; once.
void store_account(pg::Transaction& tx, const JobId& job, int attempt, const std::string& account);
/// `ccoctl --name`, before it runs; once.
void store_ccoctl_name(pg::Transaction& tx, const JobId& job, int attempt, const std::string& name);
/// Two sweeps found nothing of them.
void mark_clean(pg::Transaction& tx, const std::vector<Attempt>& attempts, Time clean_at);

/// Begins a step, or begins it again.
void begin_step(pg::Transaction& tx, const JobId& job, int attempt, std::string_view step, int position);
/// What a step is at, while it runs ("58 % complete").
void note_step(pg::Transaction& tx, const JobId& job, int attempt, std::string_view step, const std::string& detail);
/// An empty detail keeps the one that stands.
void end_step(pg::Transaction& tx, const JobId& job, int attempt, std::string_view step, StepOutcome outcome,
              const std::string& detail);
/// Closes whatever step is open as STOPPED.
void stop_steps(pg::Transaction& tx, const JobId& job, int attempt, const std::string& detail);
/// Names of the steps that are done in this attempt.
std::vector<std::string> done_steps(pg::Transaction& tx, const JobId& job, int attempt);

/// A redacted line that shows why an attempt failed.
struct EvidenceLine {
    int line = 0;  ///< its number in the log of the attempt; 0 = the log does not hold it
    std::string text = {};

    bool operator==(const EvidenceLine&) const = default;
};

/// Why an attempt or a job failed: for the page of the job.
struct Failure {
    FailureClass error_class = FailureClass::internal;
    std::string code = {};  ///< name of the rule that recognised it
    std::string message = {}, hint = {};
    Turn turn = Turn::NOBODY;
    std::vector<EvidenceLine> evidence = {};

    bool operator==(const Failure&) const = default;
};

/// With why it failed, if it did.
void close_attempt(pg::Transaction& tx, const JobId& job, int attempt, AttemptOutcome outcome,
                   const std::optional<Failure>& failure = std::nullopt, bool host_lost = false);

struct Counts {
    int failures = 0, workers_lost = 0;
    bool is_cancelled = false;
};
/// The job's counters, its row locked.
Counts lock_counts(pg::Transaction& tx, const JobId& job);

/// RUNNING -> PENDING: the same attempt goes on at `until`.
void wait(pg::Transaction& tx, const JobId& job, Time until);
/// What a lost or failed attempt adds to the counters.
enum class Counted { nothing, failure, worker_lost };
/// RUNNING -> RETRYING: a new attempt in `delay`. A failure, if given, is shown meanwhile.
void retry(pg::Transaction& tx, const JobId& job, seconds delay, const std::optional<Failure>& failure,
           Counted counted);
/// RUNNING -> SUCCEEDED, FAILED or CANCELLED, and the counters of closed jobs.
void close(pg::Transaction& tx, const JobId& job, JobStatus status, const std::optional<Failure>& failure);
/// Wakes ticks and waiting pages.
void notify(pg::Transaction& tx, const JobId& job);

}  // namespace desk::runs
