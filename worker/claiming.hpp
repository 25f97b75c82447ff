// How a runner gets its job: the claim, and what the desk knows of it from then on.
#pragma once

#include <optional>

#include "core/base/config.hpp"
#include "core/base/id.hpp"
#include "core/pg/transaction.hpp"
#include "core/store/clusters.hpp"
#include "core/store/leases.hpp"
#include "worker/host.hpp"
#include "worker/outcomes.hpp"

namespace desk::worker {

/// A claim with the cluster as it is from then on; a sweep has none.
struct Claimed {
    leases::Claim claim = {};
    std::optional<clusters::Cluster> cluster = {};

    Ended ended() const;
};

/// One transaction: the cluster is locked, the job claimed, and the cluster's state says that it is under way. What
/// this process claimed before is found again. Nothing when the job is gone (see leases::claim).
std::optional<Claimed> try_to_claim(pg::Database& database, const Config& config, const Host& host, const JobId& job);

/// The same on a connection of its own, and until it is known whether a COMMIT without an answer took effect.
std::optional<Claimed> claim_job(const Config& config, const Host& host, const JobId& job);

}  // namespace desk::worker
