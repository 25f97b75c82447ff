#include "core/store/failures.hpp"

namespace desk::failures {
namespace {

const pg::Statement kStory{"failures_story", R"sql(
    WITH failed AS (
        SELECT attempt, ended_at, error_class, error_code, error_message, error_hint, error_turn, evidence
          FROM job_attempts
         WHERE job_id = $1 AND attempt <= $2 AND error_code IS NOT NULL
         ORDER BY attempt DESC LIMIT $3),
    others AS (
        SELECT a.ended_at,
               CASE WHEN next.outcome = 'SUCCEEDED' THEN 'SUCCEEDED'
                    WHEN next.outcome IN ('FAILED', 'RETRY') THEN 'FAILED_AGAIN'
                    WHEN j.status = 'SUCCEEDED' THEN 'SUCCEEDED'
                    WHEN j.status = 'FAILED' THEN 'GAVE_UP'
                    WHEN j.status = 'CANCELLED' THEN 'STOPPED'
                    ELSE 'OPEN' END AS sequel
          FROM job_attempts a
          JOIN jobs j ON j.id = a.job_id
          LEFT JOIN job_attempts next ON next.job_id = a.job_id AND next.attempt = a.attempt + 1
         WHERE a.error_code = (SELECT error_code FROM failed LIMIT 1) AND a.job_id <> $1
         ORDER BY a.ended_at DESC LIMIT $4)
    SELECT attempt, ended_at, error_class, error_code, error_message, error_hint, error_turn, evidence,
           (SELECT jsonb_agg(jsonb_build_object('ended_at', ended_at, 'sequel', sequel) ORDER BY ended_at DESC)
              FROM others) AS others
      FROM failed ORDER BY attempt DESC)sql"};

Attempt read(pg::Row r) {
    Attempt attempt{.attempt = r["attempt"],
                    .ended_at = r["ended_at"],
                    .failure = {.error_class = r["error_class"],
                                .code = r["error_code"],
                                .message = r["error_message"],
                                .hint = r["error_hint"],
                                .turn = r["error_turn"]}};
    for (const auto& line : r["evidence"].as<Json>())
        attempt.failure.evidence.push_back({.line = line.at("line"), .text = line.at("text")});
    return attempt;
}

}  // namespace

Story story(pg::Transaction& tx, const JobId& job, int last_attempt) {
    const pg::Rows rows = tx.run(kStory, job, last_attempt, kMostAttempts, kLastTimes);
    Story story{.job = job};
    for (const pg::Row r : rows) story.attempts.push_back(read(r));
    if (rows.empty()) return story;
    for (const Json& other : rows[0]["others"].value_or(Json::array()))
        story.last_times.push_back({.ended_at = pg::Type<Time>::from_text(other.at("ended_at").get<std::string>()),
                                    .sequel = pg::Type<Sequel>::from_text(other.at("sequel").get<std::string>())});
    return story;
}

const jobs::Job* find_troubled(const std::vector<jobs::Job>& newest_first) {
    for (auto job = newest_first.begin(); job != newest_first.end(); ++job) {
        if (job->error_message && (job->status == JobStatus::FAILED || is_open(job->status))) return &*job;
        const auto before = std::next(job);
        const bool stops_again =  // what a resume has started
            job->type == JobType::HIBERNATE && before != newest_first.end() && before->type == JobType::RESUME;
        if (!is_destroy(job->type) && !stops_again) break;
    }
    return nullptr;
}

}  // namespace desk::failures
