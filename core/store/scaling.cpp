#include "core/store/scaling.hpp"

#include "core/base/text.hpp"

namespace desk::scaling {
namespace {

const pg::Statement kOpen{"scaling_open_job", R"sql(
    SELECT EXISTS (SELECT 1 FROM jobs WHERE subject = $1 AND status IN ('PENDING', 'RUNNING', 'RETRYING')) AS is_open)sql"};
const pg::Statement kRecord{"scaling_record", R"sql(
    UPDATE clusters SET workers = $2, vcpu = $3, hourly_rate_micros = $4, hibernated_rate_micros = $5 WHERE id = $1
    RETURNING status)sql"};
const pg::Statement kCloseInterval{"scaling_close_interval", R"sql(
    UPDATE state_intervals SET to_at = greatest(desk_now(), from_at)
     WHERE cluster_id = $1 AND to_at IS NULL AND hourly_rate_micros <> $2)sql"};
const pg::Statement kOpenInterval{"scaling_open_interval", R"sql(
    INSERT INTO state_intervals (cluster_id, status, from_at, hourly_rate_micros) VALUES ($1, $2, desk_now(), $3))sql"};

/// As effective orders say it, by the wall's clock.
Money by_the_wall(Money hourly, const EffectiveOrder& order) {
    return {hourly.micros * 3600 / order.pace.seconds_per_hour};
}

}  // namespace

bool may_scale(const clusters::Cluster& cluster) {
    return has_machine_sets(cluster.platform) && cluster.status == ClusterStatus::READY && !cluster.destroy_wanted_at;
}

int workers_of(const clusters::Cluster& cluster, const EffectiveOrder& order) {
    return cluster.workers.value_or(order.workers.replicas);
}

Json wish_of(const clusters::Cluster& cluster, const ScalingEvaluation& evaluation) {
    const Size &before = evaluation.before, &after = evaluation.after;
    const auto more = after.rates.running - before.rates.running;
    return {{"cluster", cluster.id.str()},
            {"workers", after.workers},
            {"from", before.workers},
            {"moreVcpus", after.vcpus - before.vcpus},
            {"moreMicros", more.micros * 3600 / cluster.seconds_per_hour}};
}

JobId begin(pg::Transaction& tx, const clusters::Cluster& cluster, const Json& wish,
            const std::string& correlation_id) {
    if (!may_scale(cluster))
        throw Error(Code::conflict, cat("The workers of ", cluster.name, " can't be changed: it is ",
                                        lower(text(cluster.status)), cluster.destroy_wanted_at ? " and ends." : "."));
    if (tx.run(kOpen, subject_of(cluster.id))[0]["is_open"])
        throw Error(Code::conflict, cat("Another job is open on ", cluster.name, ": wait until it is done."));
    return jobs::enqueue(tx, JobType::SCALE_WORKERS, cluster.id, correlation_id, wish);
}

void record(pg::Transaction& tx, const ClusterId& cluster, const EffectiveOrder& order, int workers) {
    const Size size = size_with(order, workers);
    const Rates rates{by_the_wall(size.rates.running, order), by_the_wall(size.rates.hibernated, order)};
    const pg::Rows rows = tx.run(kRecord, cluster, workers, size.vcpus, rates.running.micros, rates.hibernated.micros);
    const ClusterStatus status = rows[0]["status"];
    const Money now = hourly_rate(status, rates);
    if (tx.execute(kCloseInterval, cluster, now.micros) == 1) tx.execute(kOpenInterval, cluster, status, now.micros);
}

}  // namespace desk::scaling
