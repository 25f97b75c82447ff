// The workers of a cluster as sets of machines, whose size can be changed.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/cloud/kubernetes.hpp"
#include "worker/step.hpp"

namespace desk::worker {

/// Calls throw Error{unavailable} when it can't be asked, or refuses.
class WorkerSets {
  public:
    virtual ~WorkerSets() = default;

    /// Those that the installer made, one for each zone, by name.
    virtual std::vector<kube::MachineSet> all() = 0;
    /// Throws Error{conflict} when somebody has changed the set since it was read.
    virtual void set_replicas(const kube::MachineSet& set, int replicas) = 0;
    /// Nodes of the whole cluster that are not Ready.
    virtual std::vector<std::string> nodes_away() = 0;
};

/// Those of the step's cluster, by its own API; on platform demo by what its cloud holds. Throws Error{internal} for a
/// cluster that no attempt stored an infraID of.
std::unique_ptr<WorkerSets> worker_sets_of(StepContext& in);

}  // namespace desk::worker
