// GET /healthz, /readyz, /version, /metrics: for load balancers and monitoring. None of them names a cluster or a
// person.
#include "cgi/pages/pages.hpp"
#include "core/base/text.hpp"
#include "core/store/counters.hpp"
#include "core/store/desk_state.hpp"

namespace desk::pages {
namespace {

/// A tick begins every minute; three missed ones are no coincidence.
constexpr seconds kSilentAfter = 3min;

Json seconds_or_null(const std::optional<seconds>& duration) {
    return duration ? Json(duration->count()) : Json(nullptr);
}

std::string sample(std::string_view name, std::string_view labels, double value) {
    return labels.empty() ? cat(name, ' ', value, '\n') : cat(name, '{', labels, "} ", value, '\n');
}

std::string gauge(std::string_view name, std::string_view help, double value) {
    return cat("# HELP ", name, ' ', help, "\n# TYPE ", name, " gauge\n", sample(name, "", value));
}

/// The family of a counter: a histogram's parts belong to one.
std::string_view family_of(std::string_view name) {
    for (const std::string_view part : {"_bucket", "_sum", "_count"})
        if (name.ends_with(part)) return name.substr(0, name.size() - part.size());
    return name;
}

std::string counter_lines(const std::vector<counters::Counter>& counters) {
    std::string lines;
    std::string_view family;
    for (const auto& counter : counters) {
        if (const auto next = family_of(counter.name); next != family) {
            family = next;
            lines += cat("# TYPE ", family, next == counter.name ? " counter\n" : " histogram\n");
        }
        lines += sample(counter.name, counter.labels, counter.value);
    }
    return lines;
}

}  // namespace

Response health(const Request&, App&) { return plain("ok\n"); }

Response version(const Request&, App&) { return json({{"name", "clusterdesk"}, {"version", DESK_VERSION}}); }

Response ready(const Request&, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);  // without a database: 503 by itself
    const auto state = desk_state(tx);
    const bool is_ready = state.since_tick && *state.since_tick < kSilentAfter;
    return json({{"ready", is_ready},
                 {"database", "ok"},
                 {"lastTickSecondsAgo", seconds_or_null(state.since_tick)},
                 {"oldestDueJobSeconds", seconds_or_null(state.oldest_due)},
                 {"workers", state.workers}},
                is_ready ? 200 : 503);
}

Response metrics(const Request&, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto state = desk_state(tx);
    const auto clusters = count_clusters(tx);
    const auto counters = counters::all(tx);

    std::string text = counter_lines(counters);
    text +=
        "# HELP clusterdesk_clusters_total Clusters that have not ended.\n# TYPE clusterdesk_clusters_total gauge\n";
    for (const auto& row : clusters)
        text += sample("clusterdesk_clusters_total",
                       cat("platform=\"", desk::text(row.platform), "\",status=\"", desk::text(row.status), '"'),
                       row.count);
    text += gauge("clusterdesk_jobs_running", "Jobs that a worker has.", state.running);
    text += gauge("clusterdesk_jobs_waiting", "Jobs that wait for a worker, a retry or a time.", state.waiting);
    text += gauge("clusterdesk_workers_alive", "Hosts whose tick was alive within three minutes.", state.workers);
    if (state.since_tick)
        text += gauge("clusterdesk_last_tick_seconds", "Seconds since the newest tick.",
                      static_cast<double>(state.since_tick->count()));
    text += gauge("clusterdesk_oldest_due_job_seconds", "How long the job that is due longest has waited.",
                  state.oldest_due ? static_cast<double>(state.oldest_due->count()) : 0);
    auto answer = plain(std::move(text));
    answer.content_type = "text/plain; version=0.0.4; charset=utf-8";
    return answer;
}

}  // namespace desk::pages
