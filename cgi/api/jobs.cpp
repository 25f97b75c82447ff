// Jobs with their steps, and the logs of a cluster's jobs.
#include "core/store/jobs.hpp"

#include <algorithm>

#include "cgi/api/api.hpp"
#include "cgi/api/documents.hpp"
#include "cgi/api/input.hpp"
#include "cgi/within_reach.hpp"
#include "core/store/attempts.hpp"

namespace desk::api {
namespace {

constexpr int kLastLines = 50;
constexpr int kLinesPerCall = 1000;

/// The job that `?job=` names, or else the newest of the cluster; nothing if it has none yet.
std::optional<jobs::Job> choose_job(pg::Transaction& tx, const clusters::Cluster& cluster, const std::string& wanted,
                                    const Reach& reach) {
    if (wanted.empty()) {
        const auto newest = jobs::of_cluster(tx, cluster.id, 1);
        return newest.empty() ? std::nullopt : std::optional(newest.front());
    }
    const auto id = JobId::parse(wanted);
    auto job = id ? jobs::find(tx, *id, reach) : std::nullopt;
    if (!job || job->cluster_id != cluster.id) not_found();
    return job;
}

}  // namespace

Response job_list(const Request& request, App& app) {
    Query query(request, {"limit"});
    const int limit = query.number("limit", 1, 100, 50);
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    return json({{"jobs", list_of(jobs::queue(tx, limit))}, {"limit", limit}});
}

Response job_get(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto job = jobs::find(tx, request.path_id<JobId>("job"), request.reach());
    if (!job) return not_found();

    Json answer = document(*job);
    const auto story = failures::story(tx, job->id, job->attempts);
    answer["failure"] = story.attempts.empty() ? Json(nullptr) : document(story, *job);
    answer["checks"] = list_of(checks::newest(tx, job->id));
    answer["steps"] = list_of(jobs::steps(tx, job->id));
    const auto attempt = attempts::find(tx, job->id, job->attempts);
    const int from = std::max(0, (attempt ? attempt->last_line : 0) - kLastLines);
    answer["log"] = list_of(jobs::log(tx, job->id, job->attempts, from, kLastLines));
    return json(answer);
}

Response cluster_logs(const Request& request, App& app) {
    Query query(request, {"job", "attempt", "after"});
    const auto wanted = query.text("job");
    const int wanted_attempt = query.number("attempt", 1, 1'000'000, 0);
    const int after = query.number("after", 0, 2'000'000'000, 0);
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto cluster = get_cluster(tx, request);
    const auto job = choose_job(tx, cluster, wanted, request.reach());
    Json answer = {{"clusterId", cluster.id.str()}, {"jobId", nullptr}, {"attempt", nullptr},
                   {"lines", Json::array()},        {"next", after},    {"isComplete", false}};
    if (!job) return json(answer);

    const int attempt = wanted_attempt == 0 ? job->attempts : wanted_attempt;
    if (attempt > job->attempts) return not_found();
    const auto lines = jobs::log(tx, job->id, attempt, after, kLinesPerCall);
    const bool has_ended = attempt < job->attempts || !is_open(job->status);
    answer["jobId"] = job->id.str();
    answer["attempt"] = attempt;
    answer["lines"] = list_of(lines);
    answer["next"] = lines.empty() ? after : lines.back().line;
    answer["isComplete"] = has_ended && lines.size() < static_cast<std::size_t>(kLinesPerCall);
    return json(answer);
}

}  // namespace desk::api
