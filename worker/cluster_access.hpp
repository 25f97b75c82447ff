// The way into a cluster's own API: by the kubeconfig that its installer left.
#pragma once

#include "core/cloud/kubernetes.hpp"
#include "core/store/artifacts.hpp"
#include "worker/step.hpp"

namespace desk::worker {

/// What the stored kubeconfig says. Throws as ObjectStore::get and parse_kubeconfig do.
kube::Access read_access(const ObjectStore& objects, const artifacts::Artifact& kubeconfig);

/// The same of the cluster of a step; its key is hidden from the job's log. Throws Error{internal} when there is none.
kube::Access access_of(StepContext& in);

}  // namespace desk::worker
