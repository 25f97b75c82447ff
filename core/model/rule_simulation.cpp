#include "core/model/rule_simulation.hpp"

namespace desk {

Simulation simulate(const Approval& rule, const std::string& profile, const std::vector<DecidedOrder>& orders) {
    Simulation out{.orders = static_cast<int>(orders.size())};
    for (const auto& order : orders) {
        Verdict now{
            .kind = VerdictKind::NEEDS_APPROVAL, .rule = order.rule, .approvals_needed = order.approvals_needed};
        if (!order.rule.starts_with("quota:")) now = verdict_of(rule, profile, order.ttl_hours, order.cost, order.team);
        if (order.approvals_needed == 0) ++out.at_once_then;
        if (now.approvals_needed == 0) ++out.at_once_now;
        if (now.approvals_needed == order.approvals_needed) continue;
        if (now.approvals_needed == 0 && order.state == RequestState::REJECTED) ++out.rejected_then;
        out.differences.push_back({.order = order,
                                   .approvals_then = order.approvals_needed,
                                   .approvals_now = now.approvals_needed,
                                   .rule_now = now.rule,
                                   .explanation = now.explanation});
    }
    return out;
}

}  // namespace desk
