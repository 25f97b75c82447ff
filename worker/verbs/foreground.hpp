// A job before the eyes of an operator: a runner is started for it, its log is told on stderr.
#pragma once

#include "core/base/config.hpp"
#include "core/store/held_jobs.hpp"
#include "worker/verbs/arguments.hpp"

namespace desk::worker::verbs {

/// Until the job is closed, is held, or waits for longer than a minute; how it stands then. Who stops listening stops
/// nothing: the runner is a process of its own, as those that a tick starts.
jobs::Standing follow(pg::Database& database, const Config& config, const Arguments& arguments, const JobId& job);

/// The log of a job as it was told, with the steps' names.
std::string log_of(pg::Transaction& tx, const JobId& job);

/// Tells on stderr why it stands where it stands; nothing where all is well.
void tell(const jobs::Standing& standing);

}  // namespace desk::worker::verbs
