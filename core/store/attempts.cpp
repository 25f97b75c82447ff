#include "core/store/attempts.hpp"

#include "core/store/json_row.hpp"

namespace desk::attempts {
namespace {

const pg::Statement kFind{"attempts_find", R"sql(
    SELECT a.worker, a.started_at, a.ended_at, a.outcome, error.line AS error_line, error.text AS error_text,
           coalesce((SELECT max(line) FROM job_logs WHERE job_id = a.job_id AND attempt = a.attempt), 0) AS last_line,
           (SELECT jsonb_agg()sql" STEP_AS_JSON R"sql( ORDER BY s.position)
              FROM job_steps s WHERE s.job_id = a.job_id AND s.attempt = a.attempt) AS steps
      FROM job_attempts a
      LEFT JOIN LATERAL (SELECT line, text FROM job_logs
                          WHERE job_id = a.job_id AND attempt = a.attempt AND level = 'ERROR'
                          ORDER BY line LIMIT 1) error ON true
     WHERE a.job_id = $1 AND a.attempt = $2)sql"};

const pg::Statement kTail{"attempts_tail", R"sql(
    SELECT coalesce((SELECT max(line) FROM job_logs WHERE job_id = j.id AND attempt = $3), 0) AS last_line,
           j.status NOT IN ('PENDING', 'RUNNING', 'RETRYING') OR j.attempts > $3 OR a.ended_at IS NOT NULL AS is_over
      FROM jobs j
      JOIN clusters c ON c.id = j.cluster_id
      LEFT JOIN job_attempts a ON a.job_id = j.id AND a.attempt = $3
     WHERE j.id = $2 AND c.id = $1 AND ($4 OR c.team = ANY($5::text[]) OR c.owner_id = $6))sql"};

}  // namespace

std::optional<Attempt> find(pg::Transaction& tx, const JobId& job, int attempt) {
    return tx.maybe(
        kFind,
        [](pg::Row r) {
            Attempt found{.worker = r["worker"],
                          .started_at = r["started_at"],
                          .ended_at = r["ended_at"].or_null(),
                          .outcome = r["outcome"].or_null(),
                          .last_line = r["last_line"]};
            if (!r["error_line"].is_null()) found.first_error = Attempt::Error{r["error_line"], r["error_text"]};
            for (const Json& step : r["steps"].value_or(Json::array())) found.steps.push_back(step_of(step));
            return found;
        },
        job, attempt);
}

std::optional<Tail> tail(pg::Transaction& tx, const ClusterId& cluster, const JobId& job, int attempt,
                         const Reach& reach) {
    return tx.maybe(
        kTail,
        [](pg::Row r) {
            return Tail{r["last_line"], r["is_over"]};
        },
        cluster, job, attempt, reach.all, reach.teams, reach.user);
}

}  // namespace desk::attempts
