// An approval rule as people and programs type it to try it: the fields of the simulator's form and of its API call.
#pragma once

#include <string>
#include <vector>

#include "cgi/form.hpp"
#include "core/base/result.hpp"
#include "core/model/order.hpp"
#include "core/model/profile.hpp"

namespace desk {

/// As typed. Names of the fields: atOnce, maxTtlHours, maxCostToExpiry, teams, approvals.
struct RuleFields {
    std::string at_once = {};                       ///< "yes": orders within the limits are approved by the rule
    std::string max_ttl_hours = {}, max_cost = {};  ///< "" = no limit
    std::string teams = {};                         ///< separated by commas; "" = any
    std::string approvals = {};                     ///< people, for everything else

    static RuleFields of(const Approval& rule);
    /// `rule` with what `query` names.
    static RuleFields read(const Form& query, const Approval& rule);

    /// The rule, with what has no field (who approves, when it lapses) as in `rule`; or every fault by its field.
    Result<Approval, FormErrors> parse(const Approval& rule) const;
};

/// The keys of the profile file that make `rule`.
std::string yaml_of(const Approval& rule);

}  // namespace desk
