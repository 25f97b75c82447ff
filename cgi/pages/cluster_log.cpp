// GET /clusters/{cluster}/logs, .../logs/lines (what a script appends to it), .../logs/raw.
#include <algorithm>

#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "cgi/views/logs.hpp"
#include "cgi/within_reach.hpp"
#include "core/base/text.hpp"
#include "core/store/attempts.hpp"
#include "core/store/history.hpp"

namespace desk::pages {
namespace {

constexpr int kJobsToChoose = 50;
constexpr int kRawLines = 200'000;
constexpr int kRefresh = 5;  // seconds, of what stands around the lines; they come by themselves, each 2 s

/// A number of the query, or `fallback` when it is not there. Throws Error{invalid}.
int number(const Request& request, std::string_view name, int fallback) {
    const auto text = request.query()[name];
    if (text.empty()) return fallback;
    const auto value = parse_int(text);
    if (!value || *value < 0 || *value > 1'000'000'000)
        throw Error(Code::invalid, cat(name, ": a whole number, 0 or more."));
    return static_cast<int>(*value);
}

/// The job that the query names, of those of the cluster. When it names none: the newest; the install, where that
/// failed and nothing of it is left. Null: there is none.
const jobs::Job* chosen_job(const Request& request, const clusters::Cluster& cluster,
                            const std::vector<jobs::Job>& jobs) {
    const auto wanted = request.query()["job"];
    if (wanted.empty() && is_final(cluster.status) && cluster.outcome == ClusterOutcome::FAILED) {
        const auto install = std::ranges::find(jobs, JobType::CREATE, &jobs::Job::type);
        if (install != jobs.end()) return &*install;
    }
    if (wanted.empty()) return jobs.empty() ? nullptr : &jobs.front();
    const auto job = std::find_if(jobs.begin(), jobs.end(), [&](const auto& one) { return one.id.str() == wanted; });
    if (job == jobs.end()) not_found();
    return &*job;
}

int chosen_attempt(const Request& request, const jobs::Job& job) {
    return number(request, "attempt", std::max(job.attempts, 1));
}

/// An attempt of a job whose log is asked for without the page around it.
struct Chosen {
    jobs::Job job;
    int attempt = 0;
    std::optional<attempts::Attempt> found = {};

    static Chosen of(pg::Transaction& tx, const Request& request) {
        const auto cluster = get_cluster(tx, request);
        const auto jobs = jobs::of_cluster(tx, cluster.id, kJobsToChoose);
        const auto* job = chosen_job(request, cluster, jobs);
        if (!job) not_found();
        const int attempt = chosen_attempt(request, *job);
        return {*job, attempt, attempts::find(tx, job->id, attempt)};
    }
};

}  // namespace

Response cluster_log(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto cluster = get_cluster(tx, request);
    const auto jobs = jobs::of_cluster(tx, cluster.id, kJobsToChoose);
    views::LogsPage::Source source{.cluster = cluster,
                                   .principal = request.principal(),
                                   .catalog = app.catalog,
                                   .jobs = jobs,
                                   .job = chosen_job(request, cluster, jobs),
                                   .search = std::string(trim(request.query()["q"]))};
    if (source.job) {
        const auto& job = *source.job;
        source.attempt = chosen_attempt(request, job);
        source.found = attempts::find(tx, job.id, source.attempt);
        const int last_line = source.found ? source.found->last_line : 0;
        source.after =
            number(request, "after", std::max(0, (last_line - 1) / views::kLogPageLines * views::kLogPageLines));
        if (source.found && source.found->ended_at)
            source.story = failures::story(tx, job.id, source.attempt);
        else if (job.type == JobType::CREATE && job.status == JobStatus::RUNNING)
            source.install_time = history::of_profile(tx, cluster.profile).install_time;
        source.lines_stay =
            request.is_for_part() && request.query()["after"].empty() && source.search.empty() && !source.is_over();
        if (!source.lines_stay)
            source.lines = source.search.empty()
                               ? jobs::log(tx, job.id, source.attempt, source.after, views::kLogPageLines)
                               : jobs::search_log(tx, job.id, source.attempt, SearchTerms::parse(source.search),
                                                  views::kLogPageLines);
    }

    const auto view = views::LogsPage::of(source, views::Reader::of(request));
    const bool goes_on = !source.job || !view.live.empty() || !is_final(cluster.status);
    const int refresh = goes_on && source.search.empty() ? kRefresh : 0;
    return render(app, request, {.file = "logs.tpl", .title = cluster.name + ": log", .refresh_seconds = refresh},
                  view);
}

Response cluster_log_lines(const Request& request, App& app) {
    const int after = number(request, "after", 0), attempt = number(request, "attempt", 1);
    const auto job = JobId::parse(request.query()["job"]);
    if (!job) return not_found();
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto tail = attempts::tail(tx, request.path_id<ClusterId>("cluster"), *job, attempt, request.reach());
    if (!tail) return not_found();
    if (tail->is_over && after >= tail->last_line) return no_content();

    return unless_known(request, cat(*job, '.', attempt, '.', tail->last_line), [&] {
        const auto lines = jobs::log(tx, *job, attempt, after, views::kLogPageLines);
        return fragment(app, request, views::LogLines::kFile, views::LogLines::of(lines, views::Reader::of(request)));
    });
}

Response cluster_log_raw(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto chosen = Chosen::of(tx, request);

    std::string text;
    for (const auto& line : jobs::log(tx, chosen.job.id, chosen.attempt, 0, kRawLines))
        text += cat(to_rfc3339(line.at), ' ', line.level, ' ', line.source, ' ', line.step.empty() ? "-" : line.step,
                    ' ', line.text, '\n');
    return plain(std::move(text))
        .with_header("Content-Disposition", cat("inline; filename=\"", chosen.job.id, "-", chosen.attempt, ".log\""));
}

}  // namespace desk::pages
