#include "tests/worker/life_traces.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/text.hpp"

namespace desk {
namespace {

/// The first words of a log line: behind them come names, ids, times and numbers.
constexpr std::string_view kFirstWords = "regexp_replace(t.text, '(alpha|[0-9:/=(]).*', '')";
/// What differs from life to life: which resources a destroy finds at its first look, and how often a runner goes on
/// with an attempt (it says so before its first step).
constexpr std::string_view kHowOften =
    "CASE WHEN min(t.text) LIKE 'Deleted%' OR min(t.step) = '' THEN '' ELSE count(*)::text END";

const std::string& undisturbed_traces() {
    static const std::string traces = [] {
        RunningDesk desk;
        const auto cluster = desk.order({.ttl_hours = 1});
        desk.start_tick();
        EXPECT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
        return traces_of(desk, cluster);
    }();
    return traces;
}

}  // namespace

std::string traces_of(RunningDesk& desk, const ClusterId& cluster) {
    const std::string of = cat("cluster_id = '", cluster, "'");
    const auto lines = [&](std::string_view title, std::string_view what, const std::string& from) {
        return cat(title, ":\n",
                   desk.db.value(cat("SELECT coalesce(string_agg(line, E'\\n'), '') FROM (SELECT concat_ws(' ', ", what,
                                     ") FROM ", from, ") AS lines(line)")),
                   '\n');
    };
    const std::string jobs = "JOIN jobs j ON j.id = t.job_id WHERE j." + of;
    const std::string log = cat("j.type, t.attempt, t.step, t.source, t.level, ", kFirstWords);
    return lines("jobs", "type, status, attempts, failures, workers_lost",
                 "jobs WHERE " + of + " ORDER BY created_at") +
           lines("steps", "j.type, t.attempt, t.step, t.outcome",
                 "job_steps t " + jobs + " ORDER BY j.created_at, t.attempt, t.position") +
           lines("artifacts", "type, count(*)", "cluster_artifacts WHERE " + of + " GROUP BY type ORDER BY type") +
           lines("sweeps", "sweep, count(*)", "receipt_sweeps WHERE " + of + " GROUP BY sweep ORDER BY sweep") +
           lines("receipts", "count(*)", "receipts WHERE " + of) +
           lines("secrets", "purpose, version", "secrets WHERE owner = '" + cluster.str() + "'") +
           lines("states", "status", "state_intervals WHERE " + of + " ORDER BY id") +
           lines("audit", "action", "audit_events WHERE target = '" + cluster.str() + "' ORDER BY id") +
           lines("log", cat(log, ", ", kHowOften), cat("job_logs t ", jobs, " GROUP BY ", log, " ORDER BY ", log)) +
           lines("deleted twice", "t.text",
                 cat("job_logs t ", jobs, " AND t.text LIKE 'Deleted id=%' GROUP BY t.text HAVING count(*) > 1")) +
           lines("gaps in the log", "gap",
                 cat("(SELECT t.line - row_number() OVER (PARTITION BY t.job_id, t.attempt ORDER BY t.line) AS gap "
                     "FROM job_logs t ",
                     jobs, ") AS lines WHERE gap <> 0"));
}

void expect_undisturbed_lives(RunningDesk& desk, const std::vector<ClusterId>& clusters) {
    for (const auto& cluster : clusters)
        EXPECT_EQ(traces_of(desk, cluster), undisturbed_traces()) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT string_agg(value::int::text, ' ') FROM metrics_counters "
                            "WHERE name = 'clusterdesk_jobs_total'"),
              cat(clusters.size(), ' ', clusters.size()))
        << "jobs were counted twice, or not at all";
    EXPECT_THAT(desk.leftovers(), testing::IsEmpty());
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_locks"), "0");
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_writes"), "0");
}

}  // namespace desk
