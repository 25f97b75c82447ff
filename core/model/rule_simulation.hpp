// What an approval rule would have decided on orders of the past: for whoever is about to change one.
#pragma once

#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/model/policy.hpp"
#include "core/model/request.hpp"

namespace desk {

/// An order as it was stored, with what became of it.
struct DecidedOrder {
    RequestId request = {};
    std::string name = {}, requester = {}, team = {};
    int ttl_hours = 0;
    Money cost = {};  ///< to expiry
    Time at = {};
    std::string rule = {};  ///< that fired then; "quota:..." fires whatever the approval rule says
    int approvals_needed = 0;
    RequestState state = RequestState::OPEN;
};

struct Simulation {
    struct Difference {
        DecidedOrder order = {};
        int approvals_then = 0, approvals_now = 0;  ///< people who have to agree; 0 = approved at once
        std::string rule_now = {}, explanation = {};
    };
    int orders = 0;
    int at_once_then = 0, at_once_now = 0;
    int rejected_then = 0;                     ///< of those that would be approved at once now: people said no
    std::vector<Difference> differences = {};  ///< in the order of the orders
};

/// On how many of a profile's newest orders a rule is tried.
inline constexpr int kSimulatedOrders = 60;

/// Decides each of `orders` by `rule`, as a rule of `profile`. What a quota decided then stays decided by it: a
/// simulation knows the quotas of the past only by that.
Simulation simulate(const Approval& rule, const std::string& profile, const std::vector<DecidedOrder>& orders);

}  // namespace desk
