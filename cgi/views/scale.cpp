#include "cgi/views/scale.hpp"

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "core/store/scaling.hpp"
#include "keys/parts/scale.tpl.hpp"

namespace desk::views {

std::optional<Scale> Scale::of(const clusters::Cluster& cluster, const std::vector<requests::Request>& requests,
                               bool may_change) {
    if (!scaling::may_scale(cluster)) return std::nullopt;
    const requests::Request *made = nullptr, *open = nullptr;
    for (const auto& request : requests) {
        if (request.kind == RequestKind::CREATE) made = &request;
        if (request.kind == RequestKind::SCALE && request.state == RequestState::OPEN) open = &request;
    }
    if (made == nullptr) return std::nullopt;
    const auto order = EffectiveOrder::from_json(made->effective_order);
    const auto& pool = order.workers;
    if (pool.autoscaling || pool.min_replicas == pool.most()) return std::nullopt;

    const int count = scaling::workers_of(cluster, order);
    const Money each =
        size_with(order, pool.replicas + 1).rates.running - size_with(order, pool.replicas).rates.running;
    return Scale{.id = cluster.id.str(),
                 .now = cat("It has ", counted(count, "worker", "workers"),
                            pool.instance_type.empty() ? "" : cat(" (", pool.instance_type, ')'), '.'),
                 .help = cat(pool.min_replicas, " to ", pool.most(), ". Each one more costs about ", amount(each),
                             " an hour. What runs on a machine that goes moves to the others first."),
                 .least = pool.min_replicas,
                 .most = pool.most(),
                 .chosen = count,
                 .open_request = open == nullptr ? "" : open->id.str(),
                 .may_ask = may_change && open == nullptr};
}

void Scale::fill(Dictionary& out) const {
    out.SetValue(ks_ID, id);
    out.SetValue(ks_NOW, now);
    if (!open_request.empty()) out.AddSectionDictionary(ks_WAITS)->SetValue(ks_ID, open_request);
    if (!may_ask) return;
    out.ShowSection(ks_MAY);
    out.SetIntValue(ks_LEAST, least);
    out.SetIntValue(ks_MOST, most);
    out.SetIntValue(ks_CHOSEN, chosen);
    out.SetValue(ks_HELP, help);
    out.SetValue(ks_REASON, reason);
}

}  // namespace desk::views
