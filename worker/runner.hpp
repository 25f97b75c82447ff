// One job from its claim to its end: the process behind `clusterdesk-worker run-job ID`.
#pragma once

#include "core/base/config.hpp"
#include "core/base/id.hpp"

namespace desk::worker {

/// Claims the job and does it until it is closed, waits, or is to be tried again. Returns at once when it is gone.
/// Throws what kept it from its work (the database, a missing key): the lease then ends by itself and rescue follows.
/// Needs block_stop_signals() before.
void run_job(const Config& config, const JobId& job);

}  // namespace desk::worker
