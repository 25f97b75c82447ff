// What a cluster's life leaves in the tables: the same for every life in which nothing happened.
#pragma once

#include <string>
#include <vector>

#include "tests/worker/running_desk.hpp"

namespace desk {

/// Without ids, times and names: jobs with their attempts, steps, artifacts, sweeps, receipts, states, audit, log.
std::string traces_of(RunningDesk& desk, const ClusterId& cluster);

/// Expects that each of them, all clusters of this desk, lived for an hour as if nothing had happened: no attempt more,
/// nothing counted or done twice, no line of a log missing, nothing left in the cloud.
void expect_undisturbed_lives(RunningDesk& desk, const std::vector<ClusterId>& clusters);

}  // namespace desk
