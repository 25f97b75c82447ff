#include "worker/outcomes.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/model/failure_rules.hpp"
#include "core/store/deadlines.hpp"
#include "core/store/jobs.hpp"

namespace desk::worker {
namespace {

using std::chrono::hours;

constexpr int kFailuresUntilPerson = 3;
constexpr seconds kLongestBackoff = hours(24);

/// What the audit says of a job that proved what it was for.
struct TypeRow {
    JobType type;
    const char* proven;
};
constexpr std::array kTypes = {
    TypeRow{JobType::CREATE, "cluster.ready"},         TypeRow{JobType::DESTROY, "cluster.gone"},
    TypeRow{JobType::JANITOR_DESTROY, "cluster.gone"}, TypeRow{JobType::HIBERNATE, "cluster.hibernated"},
    TypeRow{JobType::RESUME, "cluster.resumed"},       TypeRow{JobType::SCALE_WORKERS, "cluster.scaled"},
};
const TypeRow* find_row(JobType type) {
    const auto row = std::ranges::find(kTypes, type, &TypeRow::type);
    return row == kTypes.end() ? nullptr : &*row;
}

Actor actor(const Ended& ended) { return Actor::desk("worker", ended.correlation_id); }

/// Locked; nothing for a job of the desk itself.
std::optional<clusters::Cluster> lock_cluster(pg::Transaction& tx, const Ended& ended) {
    return ended.cluster ? std::optional(clusters::lock(tx, *ended.cluster)) : std::nullopt;
}

void audit_outcome(pg::Transaction& tx, const Ended& ended, const clusters::Cluster& before, std::string action,
                   const Json& details) {
    audit(tx, actor(ended),
          {.action = std::move(action),
           .target = before.id.str(),
           .team = before.team,
           .before = {{"status", text(before.status)}},
           .after = details});
}

/// A create gives up: the cluster is FAILED, and destroyed at once unless somebody wants to look at it first.
void give_up_create(pg::Transaction& tx, const Ended& ended, const clusters::Cluster& before,
                    const runs::Failure& failure) {
    runs::close(tx, ended.job, JobStatus::FAILED, failure);
    clusters::advance(tx, before.id, ClusterEvent::FAIL,
                      {.outcome = ClusterOutcome::FAILED, .outcome_reason = failure.message, .receipt_id = {}});
    audit_outcome(tx, ended, before, "cluster.fail", {{"reason", failure.code}});
    if (before.destroy_wanted_at)
        jobs::follow_with_destroy(tx, before.id);
    else if (!deadlines::is_preserved(tx, before.id))
        jobs::want_destroy(tx, clusters::lock(tx, before.id), Actor::desk("failure", ended.correlation_id),
                           failure.message);
}

void fail_destroy(pg::Transaction& tx, const Ended& ended, const Config::Worker& config,
                  const clusters::Cluster& before, const runs::Failure& failure, int failures) {
    runs::retry(tx, ended.job,
                destroy_backoff(seconds(config.destroy_backoff_seconds), failures, before.seconds_per_hour), failure,
                runs::Counted::failure);
    if (failures >= kFailuresUntilPerson)
        clusters::advance(tx, before.id, ClusterEvent::DESTROY_GAVE_UP);
    else if (before.status == ClusterStatus::DESTROY_VERIFYING)
        clusters::advance(tx, before.id, ClusterEvent::DESTROY);
}

/// The job ends without what it was for. What another job proved stays as it is.
void give_up(pg::Transaction& tx, const Ended& ended, const std::optional<clusters::Cluster>& before,
             const runs::Failure& failure) {
    if (ended.type == JobType::CREATE) return give_up_create(tx, ended, *before, failure);
    runs::close(tx, ended.job, JobStatus::FAILED, failure);
    if (before) jobs::fall_back(tx, *before, ended.type, ended.correlation_id);
}

}  // namespace

seconds destroy_backoff(seconds first, int failures, int seconds_per_hour) {
    seconds delay = first;
    for (int i = 1; i < failures && delay < kLongestBackoff; ++i) delay *= 2;
    return std::max(std::min(delay, kLongestBackoff) * seconds_per_hour / 3600, seconds(1));
}

bool begin(pg::Transaction& tx, const Ended& begun, const clusters::Cluster& cluster) {
    if (begun.type == JobType::CREATE && cluster.status == ClusterStatus::PENDING)
        return clusters::advance(tx, cluster.id, ClusterEvent::START).has_value();
    // A wait goes on where it was; everything else starts from the first step again.
    if (is_destroy(begun.type) && is_ending(cluster.status) && runs::done_steps(tx, begun.job, begun.attempt).empty())
        return clusters::advance(tx, cluster.id, ClusterEvent::DESTROY).has_value();
    return false;
}

void succeed(pg::Transaction& tx, const Ended& ended, const std::function<void(pg::Transaction&)>& proven) {
    const auto before = lock_cluster(tx, ended);
    runs::close_attempt(tx, ended.job, ended.attempt, AttemptOutcome::SUCCEEDED);
    runs::close(tx, ended.job, JobStatus::SUCCEEDED, std::nullopt);
    if (proven) proven(tx);
    if (!before) return;
    jobs::follow_with_destroy(tx, before->id);
    if (const auto* row = find_row(ended.type))
        audit_outcome(tx, ended, *before, row->proven, {{"job", ended.job.str()}});
}

void fail(pg::Transaction& tx, const Ended& ended, const Config::Worker& config, const runs::Failure& failure,
          seconds delay, bool may_retry) {
    const auto before = lock_cluster(tx, ended);
    const auto counts = runs::lock_counts(tx, ended.job);
    if (counts.is_cancelled && !is_destroy(ended.type)) return cancel(tx, ended);  // nobody waits for another attempt
    const int failures = counts.failures + 1;
    const bool retried =
        is_destroy(ended.type) || (may_retry && is_retried(failure.error_class, failures, attempt_limit(ended.type)));
    runs::close_attempt(tx, ended.job, ended.attempt, retried ? AttemptOutcome::RETRY : AttemptOutcome::FAILED,
                        failure);
    if (is_destroy(ended.type))
        fail_destroy(tx, ended, config, *before, failure, failures);
    else if (retried)
        runs::retry(tx, ended.job, delay, failure, runs::Counted::failure);
    else
        give_up(tx, ended, before, failure);
    runs::notify(tx, ended.job);
}

void cancel(pg::Transaction& tx, const Ended& ended) {
    const auto before = lock_cluster(tx, ended);
    runs::stop_steps(tx, ended.job, ended.attempt, "stopped");
    runs::close_attempt(tx, ended.job, ended.attempt, AttemptOutcome::CANCELLED);
    runs::close(tx, ended.job, JobStatus::CANCELLED, std::nullopt);
    if (!before) return;
    if (!jobs::follow_with_destroy(tx, before->id)) jobs::fall_back(tx, *before, ended.type, ended.correlation_id);
}

void lose(pg::Transaction& tx, const Ended& ended, const Config::Worker& config, bool host_lost, bool counted) {
    const auto before = lock_cluster(tx, ended);
    const auto counts = runs::lock_counts(tx, ended.job);
    if (counts.is_cancelled && !is_destroy(ended.type)) return cancel(tx, ended);

    const runs::Failure failure{
        .error_class = FailureClass::transient,
        .code = "worker-lost",
        .message = counted ? "The worker that did this job vanished." : "The worker that did this job was stopped.",
        .hint = "The job goes on with a new attempt.",
        .turn = Turn::NOBODY};
    runs::stop_steps(tx, ended.job, ended.attempt, "the worker vanished");
    runs::close_attempt(tx, ended.job, ended.attempt, AttemptOutcome::WORKER_LOST, failure, host_lost);
    const bool too_often = counted && counts.workers_lost + 1 > kWorkerLostLimit;
    if (too_often && is_destroy(ended.type))
        fail_destroy(tx, ended, config, *before, failure, counts.failures + 1);
    else if (too_often)
        give_up(tx, ended, before, failure);
    else
        runs::retry(tx, ended.job, 0s, failure, counted ? runs::Counted::worker_lost : runs::Counted::nothing);
    runs::notify(tx, ended.job);
}

}  // namespace desk::worker
