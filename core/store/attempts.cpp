#include "core/store/attempts.hpp"

namespace desk::attempts {
namespace {

const pg::Statement kFind{"attempts_find", R"sql(
    SELECT a.worker, a.started_at, a.ended_at, a.outcome, error.line AS error_line, error.text AS error_text,
           coalesce((SELECT max(line) FROM job_logs WHERE job_id = a.job_id AND attempt = a.attempt), 0) AS last_line
      FROM job_attempts a
      LEFT JOIN LATERAL (SELECT line, text FROM job_logs
                          WHERE job_id = a.job_id AND attempt = a.attempt AND level = 'ERROR'
                          ORDER BY line LIMIT 1) error ON true
     WHERE a.job_id = $1 AND a.attempt = $2)sql"};

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
            return found;
        },
        job, attempt);
}

}  // namespace desk::attempts
