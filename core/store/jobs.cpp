#include "core/store/jobs.hpp"

#include "core/base/text.hpp"
#include "core/model/platform.hpp"
#include "core/model/request.hpp"

namespace desk::jobs {
namespace {

#define JOB_COLUMNS                                                                                                    \
    "j.id, j.type, j.subject, j.cluster_id, coalesce(c.name, '') AS cluster_name, j.status, j.run_after, j.attempts, " \
    "j.failures, j.workers_lost, j.cancel_requested_at, j.error_class, j.error_code, j.error_message, j.error_hint, "  \
    "j.error_turn, j.params, j.correlation_id, j.created_at, j.started_at, j.ended_at "
#define FROM_JOBS "FROM jobs j LEFT JOIN clusters c ON c.id = j.cluster_id "

const pg::Statement kFind{"jobs_find", "SELECT " JOB_COLUMNS FROM_JOBS
                                       "WHERE j.id = $1 AND ($2 OR c.team = ANY($3::text[]) OR c.owner_id = $4)"};
const pg::Statement kOfCluster{"jobs_of_cluster",
                               "SELECT " JOB_COLUMNS FROM_JOBS
                               "WHERE j.cluster_id = $1 ORDER BY j.created_at DESC, j.id DESC LIMIT $2"};
const pg::Statement kQueue{"jobs_queue",
                           "(SELECT " JOB_COLUMNS FROM_JOBS
                           "WHERE j.status IN ('PENDING', 'RUNNING', 'RETRYING') ORDER BY j.run_after, j.id LIMIT $1) "
                           "UNION ALL (SELECT " JOB_COLUMNS FROM_JOBS
                           "WHERE j.status IN ('SUCCEEDED', 'FAILED', 'CANCELLED') ORDER BY j.ended_at DESC LIMIT $1)"};
const pg::Statement kSteps{"jobs_steps", R"sql(
    SELECT attempt, step, position, started_at, ended_at, outcome, detail
      FROM job_steps WHERE job_id = $1 ORDER BY attempt, position)sql"};

const pg::Statement kEnqueue{"jobs_enqueue", R"sql(
    INSERT INTO jobs (id, type, subject, cluster_id, status, correlation_id, params)
    VALUES ($1, $2, $3, $4, 'PENDING', $5, $6))sql"};
const pg::Statement kNotify{"jobs_notify", "SELECT pg_notify($1, $2)"};

const pg::Statement kOpenJob{"jobs_open_of_subject", R"sql(
    SELECT j.id, j.type, j.status, EXISTS (SELECT 1 FROM job_locks l WHERE l.subject = j.subject) AS leased
      FROM jobs j
     WHERE j.subject = $1 AND j.status IN ('PENDING', 'RUNNING', 'RETRYING')
       FOR UPDATE OF j)sql"};
const pg::Statement kCloseJob{"jobs_close_unleased", R"sql(
    UPDATE jobs SET status = 'CANCELLED', ended_at = clock_timestamp(), cancel_requested_at = clock_timestamp(),
                    cancel_requested_by = $2
     WHERE id = $1 AND status IN ('PENDING', 'RETRYING'))sql"};
const pg::Statement kCloseAttempt{"jobs_close_attempt", R"sql(
    UPDATE job_attempts SET ended_at = clock_timestamp(), outcome = 'CANCELLED'
     WHERE job_id = $1 AND ended_at IS NULL)sql"};
const pg::Statement kFlag{"jobs_flag_cancel", R"sql(
    UPDATE jobs SET cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp()),
                    cancel_requested_by = coalesce(cancel_requested_by, $2)
     WHERE id = $1)sql"};
const pg::Statement kHurry{"jobs_hurry", R"sql(
    UPDATE jobs SET run_after = clock_timestamp() WHERE id = $1 AND status IN ('PENDING', 'RETRYING') AND run_after > clock_timestamp())sql"};

const pg::Statement kWant{"clusters_want_destroy", R"sql(
    UPDATE clusters SET destroy_wanted_at = desk_now(), destroy_wanted_by = $2, destroy_why = $3
     WHERE id = $1 AND destroy_wanted_at IS NULL)sql"};
const pg::Statement kWithdraw{"requests_withdraw_of_cluster", R"sql(
    UPDATE requests SET state = 'WITHDRAWN', decided_at = desk_now() WHERE cluster_id = $1 AND state = 'OPEN'
    RETURNING id)sql"};
const pg::Statement kFollow{"clusters_destroy_due", R"sql(
    SELECT c.destroy_wanted_by, coalesce(r.correlation_id, '') AS correlation_id
      FROM clusters c LEFT JOIN requests r ON r.cluster_id = c.id AND r.kind = 'CREATE'
     WHERE c.id = $1 AND c.destroy_wanted_at IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.subject = c.id AND j.status IN ('PENDING', 'RUNNING', 'RETRYING')))sql"};

const pg::Statement kLog{"job_logs_after", R"sql(
    SELECT line, at, step, source, level, text FROM job_logs
     WHERE job_id = $1 AND attempt = $2 AND line > $3 ORDER BY line LIMIT $4)sql"};

const pg::Statement kSearchLog{"job_logs_search", R"sql(
    SELECT line, at, step, source, level, text FROM job_logs
     WHERE job_id = $1 AND attempt = $2 AND lower(text) LIKE ALL ($3::text[])
       AND (cardinality($4::text[]) = 0 OR NOT lower(text) LIKE ANY ($4::text[]))
     ORDER BY line LIMIT $5)sql"};

Job read(pg::Row r) {
    return {.id = r["id"],
            .type = r["type"],
            .subject = r["subject"],
            .cluster_id = r["cluster_id"].or_null(),
            .cluster_name = r["cluster_name"],
            .status = r["status"],
            .run_after = r["run_after"],
            .attempts = r["attempts"],
            .failures = r["failures"],
            .workers_lost = r["workers_lost"],
            .cancel_requested_at = r["cancel_requested_at"].or_null(),
            .error_class = r["error_class"].or_null(),
            .error_code = r["error_code"].or_null(),
            .error_message = r["error_message"].or_null(),
            .error_hint = r["error_hint"].or_null(),
            .error_turn = r["error_turn"].or_null(),
            .params = r["params"].as<Json>(),
            .correlation_id = r["correlation_id"],
            .created_at = r["created_at"],
            .started_at = r["started_at"].or_null(),
            .ended_at = r["ended_at"].or_null()};
}

struct OpenJob {
    JobId id;
    JobType type;
    JobStatus status;
    bool leased;
};

std::optional<OpenJob> lock_open_job(pg::Transaction& tx, const ClusterId& cluster) {
    return tx.maybe(
        kOpenJob,
        [](pg::Row r) {
            return OpenJob{r["id"], r["type"], r["status"], r["leased"]};
        },
        subject_of(cluster));
}

/// Ends a job that no runner holds, and says so; one that is held gets the flag, and its runner ends it.
bool stop(pg::Transaction& tx, const OpenJob& job, const Actor& actor) {
    if (!job.leased && tx.execute(kCloseJob, job.id, actor.id) == 1) {
        tx.execute(kCloseAttempt, job.id);
        return true;
    }
    tx.execute(kFlag, job.id, actor.id);
    tx.run(kNotify, "cancel", job.id.str());
    return false;
}

/// Ends the requests of `cluster` that are open; which.
std::vector<RequestId> withdraw_requests(pg::Transaction& tx, const clusters::Cluster& cluster) {
    return tx.all(
        kWithdraw, [](pg::Row r) { return RequestId(r["id"]); }, cluster.id);
}

[[noreturn]] void changed_meanwhile(const clusters::Cluster& cluster) {
    throw Error(Code::conflict, cat("The state of ", cluster.name, " changed at this moment. Look again and repeat."));
}

/// Whether it waited for a time that had not come.
bool run_now(pg::Transaction& tx, const JobId& job) {
    if (tx.execute(kHurry, job) != 1) return false;
    tx.run(kNotify, "jobs", job.str());
    return true;
}

}  // namespace

std::optional<Job> find(pg::Transaction& tx, const JobId& id, const Reach& reach) {
    return tx.maybe(kFind, read, id, reach.all, reach.teams, reach.user);
}

std::vector<Job> of_cluster(pg::Transaction& tx, const ClusterId& cluster, int limit) {
    return tx.all(kOfCluster, read, cluster, limit);
}

pg::Later<std::vector<Job>> of_cluster(pg::Transaction::Batch& batch, const ClusterId& cluster, int limit) {
    return {batch.add(kOfCluster, cluster, limit), [](const pg::Rows& rows) { return pg::all(rows, read); }};
}

std::vector<Step> steps(pg::Transaction& tx, const JobId& id) {
    return tx.all(
        kSteps,
        [](pg::Row r) {
            return Step{.attempt = r["attempt"],
                        .step = r["step"],
                        .position = r["position"],
                        .started_at = r["started_at"],
                        .ended_at = r["ended_at"].or_null(),
                        .outcome = r["outcome"].or_null(),
                        .detail = r["detail"]};
        },
        id);
}

std::vector<Job> queue(pg::Transaction& tx, int limit) { return tx.all(kQueue, read, limit); }

JobId enqueue(pg::Transaction& tx, JobType type, const ClusterId& cluster, const std::string& correlation_id,
              const Json& params) {
    const auto id = JobId::make();
    tx.execute(kEnqueue, id, type, subject_of(cluster), cluster, correlation_id, params);
    tx.run(kNotify, "jobs", id.str());
    return id;
}

std::optional<JobId> follow_with_destroy(pg::Transaction& tx, const ClusterId& cluster) {
    const pg::Rows due = tx.run(kFollow, cluster);
    if (due.empty() || !clusters::advance(tx, cluster, ClusterEvent::DESTROY)) return std::nullopt;
    const std::string wanted_by = due[0]["destroy_wanted_by"];
    return enqueue(tx, wanted_by == "ttl" ? JobType::JANITOR_DESTROY : JobType::DESTROY, cluster,
                   due[0]["correlation_id"]);
}

std::optional<ClusterStatus> fall_back(pg::Transaction& tx, const clusters::Cluster& cluster, JobType type,
                                       const std::string& correlation_id) {
    const auto event = gave_up(type);
    const auto status = event ? clusters::advance(tx, cluster.id, *event) : std::nullopt;
    if (status != ClusterStatus::HIBERNATING) return status;
    const auto job = enqueue(tx, JobType::HIBERNATE, cluster.id, correlation_id);
    audit(tx, Actor::desk("resume", correlation_id),
          {.action = "cluster.hibernate",
           .target = cluster.id.str(),
           .team = cluster.team,
           .before = {{"status", text(cluster.status)}},
           .after = {{"status", text(*status)}, {"job", job.str()}}});
    return status;
}

Wish want_destroy(pg::Transaction& tx, const clusters::Cluster& cluster, const Actor& actor, const std::string& why) {
    Wish wish{.meaning = meaning_of_destroy(cluster.status), .job = {}, .status = cluster.status};
    std::vector<RequestId> withdrawn;
    const auto open_job = lock_open_job(tx, cluster.id);
    // claimed at this very moment: it is no longer as if nothing had begun
    if (wish.meaning == DestroyMeaning::CANCEL && open_job && open_job->leased) wish.meaning = DestroyMeaning::DESTROY;

    switch (wish.meaning) {
        case DestroyMeaning::IMPOSSIBLE:
            throw Error(Code::conflict,
                        cat("There is nothing to destroy: ", cluster.name, " is ", lower(text(cluster.status)), "."));
        case DestroyMeaning::ALREADY:
            if (open_job) {
                wish.job = open_job->id;
                if (open_job->status == JobStatus::RETRYING) run_now(tx, open_job->id);
            }
            break;
        case DestroyMeaning::WITHDRAW: {
            withdrawn = withdraw_requests(tx, cluster);
            const auto status = clusters::advance(tx, cluster.id, ClusterEvent::WITHDRAW);
            if (!status) changed_meanwhile(cluster);
            wish.status = *status;
            break;
        }
        case DestroyMeaning::CANCEL: {
            if (open_job) stop(tx, *open_job, actor);
            const auto status = clusters::advance(tx, cluster.id, ClusterEvent::CANCEL);
            if (!status) changed_meanwhile(cluster);
            wish.status = *status;
            break;
        }
        case DestroyMeaning::DESTROY:
            tx.execute(kWant, cluster.id, actor.id, why);
            withdrawn = withdraw_requests(tx, cluster);  // a wish for more time is over
            if (open_job) stop(tx, *open_job, actor);
            wish.job = follow_with_destroy(tx, cluster.id);
            if (wish.job) wish.status = ClusterStatus::DESTROYING;
            break;
    }
    for (const auto& request : withdrawn)
        audit(tx, actor,
              {.action = "request.withdrawn",
               .target = request.str(),
               .team = cluster.team,
               .before = {{"state", text(RequestState::OPEN)}},
               .after = {{"cluster", cluster.id.str()}, {"why", why}}});
    audit(tx, actor,
          {.action = "cluster.destroy",
           .target = cluster.id.str(),
           .team = cluster.team,
           .before = {{"status", text(cluster.status)}},
           .after = {{"status", text(wish.status)}, {"meaning", text(wish.meaning)}, {"why", why}}});
    return wish;
}

Wish verify(pg::Transaction& tx, const clusters::Cluster& cluster, const Actor& actor) {
    if (!has_api(cluster.platform))
        throw Error(Code::conflict, cat("Clusters of platform ", text(cluster.platform), " have no API to ask."));
    if (cluster.status != ClusterStatus::READY || cluster.destroy_wanted_at)
        throw Error(Code::conflict,
                    cat(cluster.name, " is not ready for that: it is ", lower(text(cluster.status)), '.'));
    if (lock_open_job(tx, cluster.id))
        throw Error(Code::conflict, cat("Another job is open on ", cluster.name, ": wait until it is done."));
    const auto job = enqueue(tx, JobType::VERIFY, cluster.id, actor.correlation_id);
    audit(tx, actor,
          {.action = "job.verify",
           .target = job.str(),
           .team = cluster.team,
           .before = nullptr,
           .after = {{"cluster", cluster.id.str()}}});
    return {.job = job, .status = cluster.status};
}

Wish hurry(pg::Transaction& tx, const clusters::Cluster& cluster, const Actor& actor) {
    const auto open_job = lock_open_job(tx, cluster.id);
    if (!open_job || !run_now(tx, open_job->id))
        throw Error(Code::conflict, cat("Nothing that is done to ", cluster.name, " waits for its next try."));
    audit(tx, actor,
          {.action = "job.hurry",
           .target = open_job->id.str(),
           .team = cluster.team,
           .before = nullptr,
           .after = {{"type", text(open_job->type)}}});
    return {.job = open_job->id, .status = cluster.status};
}

Wish cancel(pg::Transaction& tx, const clusters::Cluster& cluster, const Actor& actor) {
    const auto open_job = lock_open_job(tx, cluster.id);
    if (!open_job) {
        if (cluster.status == ClusterStatus::REQUESTED || cluster.status == ClusterStatus::PENDING)
            return want_destroy(tx, cluster, actor, "cancelled");
        throw Error(Code::conflict, cat("Nothing is being done to ", cluster.name, " that could be cancelled."));
    }
    if (is_destroy(open_job->type))
        throw Error(Code::conflict, "A destroy can't be cancelled: parts of the cluster are gone already.");
    if (open_job->type == JobType::CREATE) return want_destroy(tx, cluster, actor, "cancelled");

    Wish wish{.meaning = DestroyMeaning::CANCEL, .job = open_job->id, .status = cluster.status};
    if (stop(tx, *open_job, actor))
        wish.status = fall_back(tx, cluster, open_job->type, actor.correlation_id).value_or(cluster.status);
    audit(tx, actor,
          {.action = "job.cancel",
           .target = open_job->id.str(),
           .team = cluster.team,
           .before = nullptr,
           .after = {{"type", text(open_job->type)}}});
    return wish;
}

void close_unheld(pg::Transaction& tx, const clusters::Cluster& cluster, const Actor& actor) {
    const auto open_job = lock_open_job(tx, cluster.id);
    if (!open_job) return;
    if (open_job->leased || open_job->status == JobStatus::RUNNING)
        throw Error(Code::conflict, cat("A worker is at ", cluster.name,
                                        " at this moment. Wait until this try has ended, then do it again."));
    stop(tx, *open_job, actor);
}

namespace {
LogLine read_line(pg::Row r) { return {r["line"], r["at"], r["step"], r["source"], r["level"], r["text"]}; }
}  // namespace

std::vector<LogLine> log(pg::Transaction& tx, const JobId& id, int attempt, int after, int limit) {
    return tx.all(kLog, read_line, id, attempt, after, limit);
}

std::vector<LogLine> search_log(pg::Transaction& tx, const JobId& id, int attempt, const SearchTerms& terms,
                                int limit) {
    return tx.all(kSearchLog, read_line, id, attempt, like_patterns(terms.wanted), like_patterns(terms.unwanted),
                  limit);
}

}  // namespace desk::jobs
