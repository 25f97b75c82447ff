#include "core/store/counters.hpp"

#include <array>

#include "core/base/text.hpp"

namespace desk::counters {
namespace {

const pg::Statement kAll{"counters_all",
                         "SELECT name, labels, value FROM metrics_counters "
                         "ORDER BY name, regexp_replace(labels, ',le=\"[^\"]*\"', ''), "
                         "substring(labels FROM 'le=\"([0-9.]+)')::numeric NULLS LAST"};

// Rows in one order, so that two jobs that end at the same time do not wait for each other in a circle.
const pg::Statement kBump{"counters_bump", R"sql(
    INSERT INTO metrics_counters AS m (name, labels, value)
    SELECT n.name, n.labels, n.by FROM unnest($1::text[], $2::text[], $3::float8[]) AS n(name, labels, by)
     ORDER BY n.name, n.labels
    ON CONFLICT (name, labels) DO UPDATE SET value = m.value + excluded.value)sql"};

/// Upper bounds in seconds, as in docs of the metric.
constexpr std::array kBuckets = {60, 300, 600, 1800, 3600};

struct Bumps {
    std::vector<std::string> names = {}, labels = {};
    std::vector<double> by = {};

    void add(std::string name, std::string label, double value) {
        names.push_back(std::move(name));
        labels.push_back(std::move(label));
        by.push_back(value);
    }
    void store(pg::Transaction& tx) const { tx.execute(kBump, names, labels, by); }
};

}  // namespace

std::vector<Counter> all(pg::Transaction& tx) {
    return tx.all(kAll, [](pg::Row r) { return Counter{r["name"], r["labels"], r["value"]}; });
}

void bump(pg::Transaction& tx, const std::string& name, const std::string& labels, double by) {
    Bumps bumps;
    bumps.add(name, labels, by);
    bumps.store(tx);
}

void count_job(pg::Transaction& tx, JobType type, JobStatus status, double seconds) {
    const std::string duration = "clusterdesk_job_duration_seconds";
    const std::string label = cat("type=\"", text(type), '"');
    Bumps bumps;
    bumps.add("clusterdesk_jobs_total", cat(label, ",status=\"", text(status), '"'), 1);
    for (const int bucket : kBuckets)
        bumps.add(duration + "_bucket", cat(label, ",le=\"", bucket, '"'), seconds <= bucket ? 1 : 0);
    bumps.add(duration + "_bucket", cat(label, ",le=\"+Inf\""), 1);
    bumps.add(duration + "_sum", label, seconds);
    bumps.add(duration + "_count", label, 1);
    bumps.store(tx);
}

}  // namespace desk::counters
