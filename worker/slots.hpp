// Starts runners for due jobs, as many as this host has free slots for.
#pragma once

#include "core/base/config.hpp"
#include "core/pg/transaction.hpp"
#include "worker/host.hpp"

namespace desk::worker {

/// Starts a process of its own for each due job there is room for; ticks of one host take turns by a file lock. The
/// runners outlive the tick. Returns whether a due job found no slot.
bool start_runners(pg::Database& database, const Config& config, const fs::path& config_file, const Host& host);

/// Starts one for this job, whether a slot is free or not; nothing happens when it has a runner on this host.
void start_runner(const JobId& job, const fs::path& config_file, const Host& host);

/// Directories of jobs that nobody works on any more, and logs of runners older than two weeks.
void tidy(const Host& host);

}  // namespace desk::worker
