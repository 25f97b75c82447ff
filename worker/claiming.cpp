#include "worker/claiming.hpp"

#include <chrono>
#include <thread>
#include <utility>

#include "core/base/fault_point.hpp"
#include "core/base/log.hpp"
#include "worker/fenced.hpp"

namespace desk::worker {
namespace {

constexpr std::chrono::milliseconds kPauseInDoubt = 200ms;

}  // namespace

Ended Claimed::ended() const {
    return {claim.lease.job, claim.type, claim.lease.attempt, cluster ? std::optional(cluster->id) : std::nullopt,
            claim.correlation_id};
}

std::optional<Claimed> try_to_claim(pg::Database& database, const Config& config, const Host& host, const JobId& job) {
    auto tx = database.begin();
    std::optional<clusters::Cluster> cluster;
    if (const auto id = leases::find_cluster(tx, job)) cluster = clusters::lock(tx, *id);  // before jobs, as everywhere
    if (cluster) fault_subject(cluster->name);
    if (auto claim = leases::find_claim(tx, job, host.holder())) return Claimed{std::move(*claim), cluster};
    auto claim = leases::claim(tx, job, host.name, host.holder(), seconds(config.worker.lease_seconds));
    if (!claim) return std::nullopt;
    Claimed claimed{std::move(*claim), std::move(cluster)};
    if (claimed.cluster && begin(tx, claimed.ended(), *claimed.cluster))
        claimed.cluster = clusters::get(tx, claimed.cluster->id);
    tx.commit();
    return claimed;
}

/// A claim whose COMMIT got no answer may be ours: then nobody else does the job, and the next try finds it.
std::optional<Claimed> claim_job(const Config& config, const Host& host, const JobId& job) {
    const seconds starve(config.worker.starve_seconds);
    pg::Database database(runner_options(config.database.url, starve));
    const auto give_up = std::chrono::steady_clock::now() + starve;
    bool is_in_doubt = false;
    for (;;) {
        try {
            return try_to_claim(database, config, host, job);
        } catch (const Error& error) {
            is_in_doubt = is_in_doubt || dynamic_cast<const pg::CommitInDoubt*>(&error) != nullptr;
            if (!is_in_doubt || std::chrono::steady_clock::now() > give_up) throw;
            log::warning("claim_in_doubt", {{"why", error.for_log()}});
        }
        std::this_thread::sleep_for(kPauseInDoubt);
    }
}

}  // namespace desk::worker
