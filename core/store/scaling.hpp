// Another number of workers, as it is carried out: the job for it, and what the cluster comes to from then on.
#pragma once

#include "core/model/scaling.hpp"
#include "core/store/jobs.hpp"

namespace desk::scaling {

/// Whether the number of its workers could be changed now: it is READY and stays, and its workers are machines that it
/// makes by itself.
bool may_scale(const clusters::Cluster& cluster);

/// What the desk last recorded, or, of a cluster whose workers never changed, what was ordered.
int workers_of(const clusters::Cluster& cluster, const EffectiveOrder& order);

/// What a request stores and the job's parameters are: the wanted number, and what it adds while the job is open, so
/// that quotas count it.
Json wish_of(const clusters::Cluster& cluster, const ScalingEvaluation& evaluation);

/// Queues SCALE_WORKERS for `wish`. Throws Error{conflict} when the cluster's state forbids it or another job is open.
/// `cluster` must be locked by this transaction. No audit row: the request has one.
JobId begin(pg::Transaction& tx, const clusters::Cluster& cluster, const Json& wish, const std::string& correlation_id);

/// From now on the cluster has this many workers and their price; the open state interval ends and a new one begins
/// when the price is another. For the worker, under its fence.
void record(pg::Transaction& tx, const ClusterId& cluster, const EffectiveOrder& order, int workers);

}  // namespace desk::scaling
