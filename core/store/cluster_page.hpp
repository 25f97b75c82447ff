// What the page of a cluster tells besides the cluster and its jobs: in one query, whatever its state asks for.
#pragma once

#include <optional>
#include <vector>

#include "core/store/checks.hpp"
#include "core/store/clusters.hpp"
#include "core/store/history.hpp"
#include "core/store/jobs.hpp"
#include "core/store/prereqs.hpp"
#include "core/store/requests.hpp"

namespace desk::cluster_page {

struct Details {
    std::vector<clusters::Interval> timeline = {};  ///< oldest first
    std::vector<jobs::Step> steps = {};             ///< of the newest job, all attempts
    std::vector<checks::Made> checks = {};          ///< of the newest job, if it is one that checks
    std::optional<prereqs::Prereqs> prereqs = {};
    /// Newest first: id, kind, state, requester_name, explanation, lapses_at and effective_order are set.
    std::vector<requests::Request> requests = {};
    std::optional<history::Estimate> install_time = {};  ///< while it is being installed
};
/// Only for somebody within whose reach the cluster is found.
pg::Later<Details> details(pg::Transaction::Batch& batch, const ClusterId& cluster);

}  // namespace desk::cluster_page
