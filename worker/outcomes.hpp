// How an attempt ends and what follows: one transaction each, called with the lease held (the runner) or taken away
// (rescue). The cluster is locked first, then the job, as everywhere.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/base/config.hpp"
#include "core/store/audit.hpp"
#include "core/store/clusters.hpp"
#include "core/store/runs.hpp"

namespace desk::worker {

/// The job whose attempt ends.
struct Ended {
    JobId job = {};
    JobType type = JobType::CREATE;
    int attempt = 0;
    std::optional<ClusterId> cluster = {};  ///< nothing: a sweep, which changes no cluster
    std::string correlation_id = {};
};

/// The job proved what it was for; `proven` writes it. A destroy that was wanted meanwhile follows.
void succeed(pg::Transaction& tx, const Ended& ended, const std::function<void(pg::Transaction&)>& proven);

/// The attempt failed. A new attempt follows after `delay`, or the job gives up: a failed create ends in a destroy,
/// unless somebody wants to look at it first; a destroy never gives up, but asks for a person from the third failure
/// on.
void fail(pg::Transaction& tx, const Ended& ended, const Config::Worker& config, const runs::Failure& failure,
          seconds delay, bool may_retry);

/// A person, or a wish to destroy, stopped it.
void cancel(pg::Transaction& tx, const Ended& ended);

/// The worker vanished (`host_lost`: with its whole host), or was told to stop (`counted` false). The job goes on with
/// a new attempt, a limited number of times.
void lose(pg::Transaction& tx, const Ended& ended, const Config::Worker& config, bool host_lost, bool counted);

/// Before the first step of an attempt: the cluster's state says that the job is under way. False when it did already,
/// or has no words for it: nothing was written.
bool begin(pg::Transaction& tx, const Ended& begun, const clusters::Cluster& cluster);

/// Delay before the next attempt of a destroy: `first`, doubled for each failure, up to 24 h; scaled on platform demo.
seconds destroy_backoff(seconds first, int failures, int seconds_per_hour);

}  // namespace desk::worker
