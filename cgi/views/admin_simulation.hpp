// templates/admin_simulation.tpl
#pragma once

#include "cgi/approval_rule.hpp"
#include "cgi/views/parts.hpp"
#include "core/model/rule_simulation.hpp"

namespace desk::views {

struct AdminSimulation {
    struct Row {
        std::string id = {}, name = {}, requester = {}, team = {}, lifetime = {}, cost = {}, then = {}, now = {},
                    why = {};
        State state = {};
        Moment asked = {};
    };
    std::string profile = {}, title = {}, rule_now = {};
    std::optional<ErrorSummary> errors = {};
    Field at_once = {}, max_ttl = {}, max_cost = {}, teams = {}, approvals = {};
    std::string summary = {}, rejected = {}, yaml = {};  ///< "" while the form has errors
    std::vector<Row> rows = {};
    bool has_orders = false;

    static AdminSimulation of(const Profile& profile, const RuleFields& typed, const Result<Approval, FormErrors>& rule,
                              const std::vector<DecidedOrder>& orders, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
