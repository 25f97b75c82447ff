// A worker that can be killed at any of its points: `worker_tests tick|run-job ...` is that worker.
#pragma once

#include <string>
#include <vector>

#include "core/base/file.hpp"
#include "core/base/id.hpp"

namespace desk {

/// Names the directory in which the worker finds its orders and notes where it has been.
inline constexpr const char* kKillDir = "DESK_KILL_DIR";

/// The worker's main.
int killable_worker_main(int argc, char** argv);

/// The runner of a job on `cluster` dies (SIGKILL) when it reaches the first of `points`, its successor at the
/// second... At a point "stop POINT" it is frozen (SIGSTOP) instead, and goes on from there when somebody thaws it.
void kill_at(const fs::path& dir, const std::string& cluster, const std::vector<std::string>& points);
/// Points where nobody has died yet.
std::vector<std::string> still_to_die_at(const fs::path& dir, const std::string& cluster);
/// Every point that runners of `cluster` have reached, in order.
std::vector<std::string> points_of(const fs::path& dir, const std::string& cluster);

}  // namespace desk
