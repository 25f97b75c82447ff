// What every tick does beside starting jobs. Each kind works in short transactions, one for each cluster, and one tick
// at a time: another one that comes meanwhile passes it over.
#pragma once

#include "core/base/config.hpp"
#include "core/pg/transaction.hpp"
#include "worker/host.hpp"

namespace desk::worker {

/// All kinds, each on its own: a fault in one is logged and does not keep the others from their work.
void sweep_all(pg::Database& database, const Config& config, const Host& host);

/// Leases whose holder is gone: the attempt is closed as WORKER_LOST and the job goes on. Own host: as soon as the
/// process and everything it started are gone; after a restart of the host when the lease is over. Other hosts: when
/// the lease is over and the host has been silent for a lease and worker.silence_seconds.
void rescue_leases(pg::Database& database, const Config& config, const Host& host);

}  // namespace desk::worker
