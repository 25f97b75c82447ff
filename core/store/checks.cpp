#include "core/store/checks.hpp"

namespace desk::checks {
namespace {

const pg::Statement kForget{"checks_forget", "DELETE FROM job_checks WHERE job_id = $1 AND attempt = $2"};
const pg::Statement kAdd{"checks_add", R"sql(
    INSERT INTO job_checks (job_id, attempt, position, check_id, level, detail, remedy)
    VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};
const pg::Statement kWhen{"checks_when", R"sql(
    SELECT clock_timestamp() AS at, extract(epoch FROM clock_timestamp() - started_at)::bigint AS since_start
      FROM job_attempts WHERE job_id = $1 AND attempt = $2)sql"};
const pg::Statement kNewest{"checks_newest", R"sql(
    SELECT check_id, level, detail, remedy, checked_at FROM job_checks
     WHERE job_id = $1 AND attempt = (SELECT max(attempt) FROM job_checks WHERE job_id = $1)
     ORDER BY position)sql"};

}  // namespace

When replace(pg::Transaction& tx, const JobId& job, int attempt, const std::vector<Check>& checks) {
    tx.execute(kForget, job, attempt);
    int position = 0;
    for (const auto& check : checks)
        tx.execute(kAdd, job, attempt, ++position, check.id, check.level, check.detail, check.remedy);
    const pg::Rows when = tx.run(kWhen, job, attempt);
    return {.at = when[0]["at"], .since_start = seconds(when[0]["since_start"].as<std::int64_t>())};
}

std::vector<Made> newest(pg::Transaction& tx, const JobId& job) {
    return tx.all(
        kNewest,
        [](pg::Row r) {
            return Made{
                .check = {.id = r["check_id"], .level = r["level"], .detail = r["detail"], .remedy = r["remedy"]},
                .at = r["checked_at"]};
        },
        job);
}

}  // namespace desk::checks
