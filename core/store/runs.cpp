#include "core/store/runs.hpp"

#include "core/base/text.hpp"
#include "core/store/counters.hpp"

namespace desk::runs {
namespace {

const pg::Statement kUnclean{"runs_unclean", R"sql(
    SELECT job_id, attempt, phase, coalesce(region, '') AS region,
           coalesce(account, '') AS account, infra_id, tf_state_key, ccoctl_name, metadata,
           host_lost, started_at
      FROM job_attempts
     WHERE cluster_id = $1 AND clean_at IS NULL
       AND (infra_id IS NOT NULL OR tf_state_key IS NOT NULL OR ccoctl_name IS NOT NULL)
     ORDER BY started_at, job_id, attempt)sql"};
const pg::Statement kSetPhase{"runs_set_phase", R"sql(
    UPDATE job_attempts SET phase = $3
     WHERE job_id = $1 AND attempt = $2 AND array_position($4::text[], phase) < array_position($4::text[], $3))sql"};
const pg::Statement kStoreInfra{"runs_store_infra", R"sql(
    UPDATE job_attempts SET infra_id = $3, metadata = $4 WHERE job_id = $1 AND attempt = $2)sql"};
const pg::Statement kStoreAccount{"runs_store_account", R"sql(
    UPDATE job_attempts SET account = $3 WHERE job_id = $1 AND attempt = $2)sql"};
const pg::Statement kStoreCcoctlName{"runs_store_ccoctl_name", R"sql(
    UPDATE job_attempts SET ccoctl_name = $3 WHERE job_id = $1 AND attempt = $2)sql"};
const pg::Statement kMarkClean{"runs_mark_clean", R"sql(
    UPDATE job_attempts SET clean_at = $3 WHERE job_id = $1 AND attempt = $2)sql"};

const pg::Statement kBeginStep{"runs_begin_step", R"sql(
    INSERT INTO job_steps (job_id, attempt, step, position) VALUES ($1, $2, $3, $4)
    ON CONFLICT (job_id, attempt, step) DO UPDATE SET ended_at = NULL, outcome = NULL)sql"};
const pg::Statement kNoteStep{"runs_note_step", R"sql(
    UPDATE job_steps SET detail = $4 WHERE job_id = $1 AND attempt = $2 AND step = $3)sql"};
const pg::Statement kEndStep{"runs_end_step", R"sql(
    UPDATE job_steps SET ended_at = clock_timestamp(), outcome = $4,
                         detail = CASE WHEN $5 = '' THEN detail ELSE $5 END
     WHERE job_id = $1 AND attempt = $2 AND step = $3)sql"};
const pg::Statement kStopSteps{"runs_stop_steps", R"sql(
    UPDATE job_steps SET ended_at = clock_timestamp(), outcome = 'STOPPED', detail = $3
     WHERE job_id = $1 AND attempt = $2 AND ended_at IS NULL)sql"};
const pg::Statement kDoneSteps{"runs_done_steps", R"sql(
    SELECT step FROM job_steps WHERE job_id = $1 AND attempt = $2 AND outcome = 'DONE' ORDER BY position)sql"};

const pg::Statement kCloseAttempt{"runs_close_attempt", R"sql(
    UPDATE job_attempts SET ended_at = clock_timestamp(), outcome = $3, host_lost = $4, error_class = $5,
                            error_code = $6, error_message = $7, error_hint = $8, error_turn = $9, evidence = $10
     WHERE job_id = $1 AND attempt = $2 AND ended_at IS NULL)sql"};
const pg::Statement kLockCounts{"runs_lock_counts", R"sql(
    SELECT failures, workers_lost, cancel_requested_at IS NOT NULL AS cancelled FROM jobs WHERE id = $1 FOR UPDATE)sql"};

const pg::Statement kWait{"runs_wait", R"sql(
    UPDATE jobs SET status = 'PENDING', run_after = $2 WHERE id = $1 AND status = 'RUNNING')sql"};
const pg::Statement kRetry{"runs_retry", R"sql(
    UPDATE jobs SET status = 'RETRYING', run_after = clock_timestamp() + $2::interval,
                    failures = failures + $3, workers_lost = workers_lost + $4,
                    error_class = $5, error_code = $6, error_message = $7, error_hint = $8, error_turn = $9
     WHERE id = $1 AND status = 'RUNNING')sql"};
const pg::Statement kClose{"runs_close", R"sql(
    UPDATE jobs SET status = $2, ended_at = clock_timestamp(),
                    error_class = $3, error_code = $4, error_message = $5, error_hint = $6, error_turn = $7
     WHERE id = $1 AND status = 'RUNNING'
    RETURNING type, extract(epoch FROM clock_timestamp() - coalesce(started_at, created_at))::float8 AS took)sql"};
const pg::Statement kNotify{"runs_notify", "SELECT pg_notify('jobs', $1)"};

/// The columns of a failure, all NULL without one.
struct Columns {
    explicit Columns(const std::optional<Failure>& failure) {
        if (!failure) return;
        error_class = failure->error_class;
        code = failure->code;
        message = failure->message;
        hint = failure->hint;
        turn = failure->turn;
        for (const auto& shown : failure->evidence) evidence.push_back({{"line", shown.line}, {"text", shown.text}});
    }
    std::optional<FailureClass> error_class;
    std::optional<std::string> code, message, hint;
    std::optional<Turn> turn;
    Json evidence = Json::array();
};

/// Under a fence nobody else moves the job, so that a missing row is a fault of ours.
void must_hit(int rows, const JobId& job, std::string_view what) {
    if (rows != 1) throw Error(Code::conflict, "The job is not running any more.", cat(job, ": ", what));
}

}  // namespace

std::vector<Attempt> unclean(pg::Transaction& tx, const ClusterId& cluster) {
    return tx.all(
        kUnclean,
        [](pg::Row r) {
            return Attempt{.job_id = r["job_id"],
                           .attempt = r["attempt"],
                           .phase = r["phase"],
                           .region = r["region"],
                           .account = r["account"],
                           .infra_id = r["infra_id"].or_null(),
                           .tf_state_key = r["tf_state_key"].or_null(),
                           .ccoctl_name = r["ccoctl_name"].or_null(),
                           .metadata = r["metadata"].value_or(Json(nullptr)),
                           .host_lost = r["host_lost"],
                           .started_at = r["started_at"]};
        },
        cluster);
}

void set_phase(pg::Transaction& tx, const JobId& job, int attempt, Phase phase) {
    const auto texts = all_texts<Phase>();
    tx.execute(kSetPhase, job, attempt, phase, std::vector<std::string>(texts.begin(), texts.end()));
}

void store_infra(pg::Transaction& tx, const JobId& job, int attempt, const std::string& infra_id,
                 const Json& metadata) {
    must_hit(tx.execute(kStoreInfra, job, attempt, infra_id, metadata), job, "no attempt to store its infraID");
}

void store_account(pg::Transaction& tx, const JobId& job, int attempt, const std::string& account) {
    must_hit(tx.execute(kStoreAccount, job, attempt, account), job, "no attempt to store its account");
}

void store_ccoctl_name(pg::Transaction& tx, const JobId& job, int attempt, const std::string& name) {
    must_hit(tx.execute(kStoreCcoctlName, job, attempt, name), job, "no attempt to store its ccoctl name");
}

void mark_clean(pg::Transaction& tx, const std::vector<Attempt>& attempts, Time clean_at) {
    for (const auto& attempt : attempts) tx.execute(kMarkClean, attempt.job_id, attempt.attempt, clean_at);
}

void begin_step(pg::Transaction& tx, const JobId& job, int attempt, std::string_view step, int position) {
    tx.execute(kBeginStep, job, attempt, step, position);
}

void note_step(pg::Transaction& tx, const JobId& job, int attempt, std::string_view step, const std::string& detail) {
    tx.execute(kNoteStep, job, attempt, step, detail);
}

void end_step(pg::Transaction& tx, const JobId& job, int attempt, std::string_view step, StepOutcome outcome,
              const std::string& detail) {
    tx.execute(kEndStep, job, attempt, step, outcome, detail);
}

void stop_steps(pg::Transaction& tx, const JobId& job, int attempt, const std::string& detail) {
    tx.execute(kStopSteps, job, attempt, detail);
}

std::vector<std::string> done_steps(pg::Transaction& tx, const JobId& job, int attempt) {
    return tx.all(
        kDoneSteps, [](pg::Row r) { return r["step"].as<std::string>(); }, job, attempt);
}

void close_attempt(pg::Transaction& tx, const JobId& job, int attempt, AttemptOutcome outcome,
                   const std::optional<Failure>& failure, bool host_lost) {
    const Columns error(failure);
    tx.execute(kCloseAttempt, job, attempt, outcome, host_lost, error.error_class, error.code, error.message,
               error.hint, error.turn, error.evidence);
}

Counts lock_counts(pg::Transaction& tx, const JobId& job) {
    const pg::Rows rows = tx.run(kLockCounts, job);
    must_hit(rows.size(), job, "no such job");
    return {
        .failures = rows[0]["failures"], .workers_lost = rows[0]["workers_lost"], .is_cancelled = rows[0]["cancelled"]};
}

void wait(pg::Transaction& tx, const JobId& job, Time until) { must_hit(tx.execute(kWait, job, until), job, "wait"); }

void retry(pg::Transaction& tx, const JobId& job, seconds delay, const std::optional<Failure>& failure,
           Counted counted) {
    const Columns error(failure);
    must_hit(
        tx.execute(kRetry, job, delay, counted == Counted::failure ? 1 : 0, counted == Counted::worker_lost ? 1 : 0,
                   error.error_class, error.code, error.message, error.hint, error.turn),
        job, "retry");
}

void close(pg::Transaction& tx, const JobId& job, JobStatus status, const std::optional<Failure>& failure) {
    const Columns error(failure);
    auto batch = tx.batch();
    const auto close_call =
        batch.add(kClose, job, status, error.error_class, error.code, error.message, error.hint, error.turn);
    batch.add(kNotify, job.str());
    const auto answers = batch.run();
    const pg::Rows& closed = answers[close_call];
    must_hit(closed.size(), job, "close");
    const JobType type = closed[0]["type"];
    counters::count_job(tx, type, status, closed[0]["took"]);  // last: every job of the type that ends waits for it
}

void notify(pg::Transaction& tx, const JobId& job) { tx.run(kNotify, job.str()); }

}  // namespace desk::runs
