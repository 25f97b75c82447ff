#include "core/store/held_jobs.hpp"

#include "core/base/error.hpp"

namespace desk::jobs {
namespace {

const pg::Statement kHold{"jobs_hold_after", R"sql(
    UPDATE jobs SET params = params || jsonb_build_object('until', $2::text)
     WHERE id = $1 AND status IN ('PENDING', 'RUNNING', 'RETRYING'))sql"};
const pg::Statement kLetGo{"jobs_let_go", R"sql(
    UPDATE jobs SET params = params - 'until' WHERE id = $1 AND status IN ('PENDING', 'RUNNING', 'RETRYING'))sql"};
const pg::Statement kMakeDue{"jobs_make_due", R"sql(
    WITH due AS (UPDATE jobs SET run_after = clock_timestamp()
                  WHERE id = $1 AND status IN ('PENDING', 'RETRYING') AND run_after > clock_timestamp() RETURNING id)
    SELECT pg_notify('jobs', id) FROM due)sql"};
const pg::Statement kStanding{"jobs_standing", R"sql(
    SELECT j.type, j.status, coalesce(a.attempt, 0) AS attempt,
           greatest(ceil(extract(epoch FROM j.run_after - clock_timestamp())), 0)::bigint AS due_in,
           coalesce(j.params ? 'until' AND s.outcome = 'WAITING' AND h.outcome = 'DONE', false) AS is_held,
           CASE WHEN s.outcome = 'WAITING' THEN s.detail ELSE coalesce(j.error_message, '') END AS why,
           CASE WHEN s.outcome = 'WAITING' THEN '' ELSE coalesce(j.error_hint, '') END AS hint
      FROM jobs j
      LEFT JOIN LATERAL (SELECT attempt FROM job_attempts WHERE job_id = j.id ORDER BY attempt DESC LIMIT 1) a ON true
      LEFT JOIN LATERAL (SELECT outcome, detail FROM job_steps WHERE job_id = j.id AND attempt = a.attempt
                          ORDER BY position DESC LIMIT 1) s ON true
      LEFT JOIN job_steps h ON h.job_id = j.id AND h.attempt = a.attempt AND h.step = j.params ->> 'until'
     WHERE j.id = $1)sql"};
const pg::Statement kFindOpen{"jobs_find_open", R"sql(
    SELECT id FROM jobs WHERE subject = $1 AND status IN ('PENDING', 'RUNNING', 'RETRYING'))sql"};

}  // namespace

void hold_after(pg::Transaction& tx, const JobId& job, std::string_view step) {
    tx.execute(kHold, job, std::string(step));
}

void let_go(pg::Transaction& tx, const JobId& job) { tx.execute(kLetGo, job); }

void make_due(pg::Transaction& tx, const JobId& job) { tx.execute(kMakeDue, job); }

Standing standing(pg::Transaction& tx, const JobId& job) {
    const auto found = tx.maybe(
        kStanding,
        [](pg::Row r) {
            return Standing{.type = r["type"],
                            .status = r["status"],
                            .attempt = r["attempt"],
                            .due_in = r["due_in"],
                            .is_held = r["is_held"],
                            .why = r["why"],
                            .hint = r["hint"]};
        },
        job);
    if (!found) throw Error(Code::not_found, "There is no such job.", job.str());
    return *found;
}

std::optional<JobId> find_open(pg::Transaction& tx, const ClusterId& cluster) {
    return tx.maybe(
        kFindOpen, [](pg::Row r) { return JobId(r["id"]); }, subject_of(cluster));
}

}  // namespace desk::jobs
