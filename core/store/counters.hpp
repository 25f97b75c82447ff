// Counters and histograms of /metrics that outlive processes: bumped in the transaction of what they count.
#pragma once

#include <string>
#include <vector>

#include "core/model/job.hpp"
#include "core/pg/transaction.hpp"

namespace desk::counters {

struct Counter {
    std::string name = {};    ///< "clusterdesk_jobs_total"
    std::string labels = {};  ///< `type="CREATE",status="SUCCEEDED"`
    double value = 0;
};
/// By name and labels.
std::vector<Counter> all(pg::Transaction& tx);

void bump(pg::Transaction& tx, const std::string& name, const std::string& labels, double by = 1);

/// clusterdesk_jobs_total{type,status} and clusterdesk_job_duration_seconds{type} of a job that ended after `seconds`.
void count_job(pg::Transaction& tx, JobType type, JobStatus status, double seconds);

}  // namespace desk::counters
