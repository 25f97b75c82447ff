// Hibernation as it is asked for: machines stop, and start again, while the cluster and its disks stay.
#pragma once

#include <string>
#include <string_view>

#include "core/base/time.hpp"
#include "core/store/jobs.hpp"

namespace desk::power {

/// Whether the cluster's machines could be stopped or started now, for a page: its state allows it, and no destroy is
/// wanted.
bool may_hibernate(const clusters::Cluster& cluster);
bool may_resume(const clusters::Cluster& cluster);

/// Queues HIBERNATE, and the cluster is HIBERNATING; or RESUME, and it is RESUMING. Throws Error{conflict} when its
/// state forbids it, when another job is open, or for a platform whose machines can't be stopped. `cluster` must be
/// locked by this transaction. Audit row included.
jobs::Wish hibernate(pg::Transaction& tx, const clusters::Cluster& cluster, const Actor& actor);
jobs::Wish resume(pg::Transaction& tx, const clusters::Cluster& cluster, const Actor& actor);

/// How long a step of an attempt has been under way, its waits included.
seconds time_in_step(pg::Transaction& tx, const JobId& job, int attempt, std::string_view step);
/// The moment that is `delay` from now by the clock that jobs wait by.
Time moment_in(pg::Transaction& tx, seconds delay);

}  // namespace desk::power
