// The tick: what cron starts every minute, and all that drives the desk.
#pragma once

#include "core/base/config.hpp"
#include "core/base/file.hpp"

namespace desk::worker {

/// Ends strays, sweeps, starts runners, waits for news or the next deadline, and again, until worker.tick_seconds are
/// over or a stop signal comes. Overlapping ticks do no harm. `config_file` is what runners are started with. Throws
/// when the database can't be reached at all. Needs block_stop_signals() before.
void tick(const Config& config, const fs::path& config_file);

}  // namespace desk::worker
