#include "core/model/scaling.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/model/names.hpp"

namespace desk {
namespace {

/// Why not this number; nothing when it may be.
Broken fault_of(int workers, const EffectiveOrder& order) {
    const auto& limits = order.workers;
    if (!has_machine_sets(order.platform))
        return cat("The machines of a cluster on platform ", text(order.platform), " are not the desk's to change.");
    if (limits.autoscaling) return cat("Clusters of profile ", order.profile, " change their workers by themselves.");
    if (limits.min_replicas == limits.most())
        return cat("Clusters of profile ", order.profile, " always have ", limits.most(), " workers.");
    if (workers < limits.min_replicas || workers > limits.most())
        return cat("Profile ", order.profile, " allows ", limits.min_replicas, " to ", limits.most(), " workers.");
    return std::nullopt;
}

}  // namespace

Size size_with(const EffectiveOrder& order, int workers) {
    const int more = workers - order.workers.replicas;
    const auto& type = order.workers.instance_type;
    const int vcpus =
        order.vcpus + more * vcpus_of(type.empty() ? order.control_plane.instance_type : type).value_or(0);
    const auto share = [&](Money hourly) {
        return order.vcpus == 0 ? hourly : Money{hourly.micros * vcpus / order.vcpus};
    };
    return {.workers = workers,
            .vcpus = vcpus,
            .rates = {.running = share(order.rates.running), .hibernated = share(order.rates.hibernated)}};
}

std::vector<int> spread(int workers, std::size_t places) {
    std::vector<int> all(places, 0);
    for (int i = 0; i < workers && places > 0; ++i) ++all[static_cast<std::size_t>(i) % places];
    return all;
}

ScalingEvaluation evaluate_scaling(const Scaling& scaling, const EffectiveOrder& order, const QuotaState& quota) {
    ScalingEvaluation out{.before = size_with(order, scaling.workers_now), .after = size_with(order, scaling.workers)};
    if (const auto fault = fault_of(scaling.workers, order)) {
        out.errors.push_back({"replicas", *fault});
        out.verdict = {.kind = VerdictKind::REFUSED, .rule = "workers:limits", .explanation = *fault};
        return out;
    }
    const auto left = std::max(scaling.destroy_at - scaling.now, Time::duration::zero());
    const auto over_the_rest = [&](Money hourly) {
        return cost_over({hourly.micros * 3600 / order.pace.seconds_per_hour}, left);
    };
    out.cost = over_the_rest(out.after.rates.running) - over_the_rest(out.before.rates.running);
    if (scaling.workers <= scaling.workers_now) {
        out.verdict = {.kind = VerdictKind::AUTO_APPROVED,
                       .rule = "workers:not-more",
                       .explanation = "As many workers as before, or fewer, need no approval."};
        return out;
    }
    const int whole = order.pace.hours_in(scaling.destroy_at - scaling.first_ready_at);
    const Demand demand{0, out.after.vcpus - out.before.vcpus, out.cost};
    out.verdict = decide(order.approval, order.profile, {whole, out.after.rates.running * whole, order.team},
                         check_quota(quota, demand, order.owner, order.team));
    return out;
}

}  // namespace desk
