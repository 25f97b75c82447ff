// The way into a cluster's own API for a step: by the kubeconfig that its installer left.
#pragma once

#include "core/cloud/kubernetes.hpp"
#include "worker/step.hpp"

namespace desk::worker {

/// From the stored kubeconfig; its key is hidden from the job's log. Throws Error{internal} when there is none.
kube::Access access_of(StepContext& in);

}  // namespace desk::worker
