// How a cluster is, by its own word: nodes, operators, version.
#pragma once

#include <string>
#include <vector>

#include "core/cloud/kubernetes.hpp"
#include "core/model/check.hpp"

namespace desk::worker {

/// What the answers mean: every node Ready, every operator Available and not Degraded, the version that was ordered.
/// One that makes progress is a warning.
std::vector<Check> health_of(const std::vector<kube::Node>& nodes, const std::vector<kube::Operator>& operators,
                             const std::string& version, const std::string& ordered_version);

/// Asks, and judges. An API that does not answer is a check that failed.
std::vector<Check> ask_health(kube::Api& api, const std::string& ordered_version);

}  // namespace desk::worker
