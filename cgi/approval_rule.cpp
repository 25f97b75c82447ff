#include "cgi/approval_rule.hpp"

#include "core/base/text.hpp"

namespace desk {

RuleFields RuleFields::of(const Approval& rule) {
    const auto limits = rule.auto_approve.value_or(AutoApprove{});
    return {.at_once = rule.auto_approve ? "yes" : "no",
            .max_ttl_hours = limits.max_ttl_hours ? std::to_string(*limits.max_ttl_hours) : "",
            .max_cost = limits.max_cost_to_expiry ? limits.max_cost_to_expiry->decimal() : "",
            .teams = join(limits.teams, ", "),
            .approvals = std::to_string(rule.approvals)};
}

RuleFields RuleFields::read(const Form& query, const Approval& rule) {
    RuleFields fields = of(rule);
    const auto take = [&](std::string_view name, std::string& value) {
        if (query.has(name)) value = trim(query[name]);
    };
    take("atOnce", fields.at_once);
    take("maxTtlHours", fields.max_ttl_hours);
    take("maxCostToExpiry", fields.max_cost);
    take("teams", fields.teams);
    take("approvals", fields.approvals);
    return fields;
}

Result<Approval, FormErrors> RuleFields::parse(const Approval& rule) const {
    Approval wanted = rule;
    AutoApprove limits;
    FormErrors errors;
    if (at_once != "yes" && at_once != "no") errors.push_back({"atOnce", "Choose yes or no."});
    if (!max_ttl_hours.empty()) {
        const auto hours = parse_int(max_ttl_hours);
        if (hours && *hours >= 1 && *hours <= kMaxTtlHours)
            limits.max_ttl_hours = static_cast<int>(*hours);
        else
            errors.push_back({"maxTtlHours", cat("Use a whole number of hours, from 1 to ", kMaxTtlHours, '.')});
    }
    if (!max_cost.empty()) {
        limits.max_cost_to_expiry = Money::parse(max_cost);
        if (!limits.max_cost_to_expiry || *limits.max_cost_to_expiry < Money{})
            errors.push_back({"maxCostToExpiry", "Use an amount in dollars, such as 25 or 12.50."});
    }
    for (const auto part : split(teams, ','))
        if (const auto team = trim(part); !team.empty()) limits.teams.emplace_back(team);
    const auto people = parse_int(approvals);
    if (people && *people >= 0 && *people <= 10)
        wanted.approvals = static_cast<int>(*people);
    else
        errors.push_back({"approvals", "Use a whole number, from 0 to 10."});
    if (!errors.empty()) return Failure{std::move(errors)};
    wanted.auto_approve = at_once == "yes" ? std::optional(limits) : std::nullopt;
    return wanted;
}

std::string yaml_of(const Approval& rule) {
    std::vector<std::string> limits;
    if (rule.auto_approve) {
        const auto& at_once = *rule.auto_approve;
        if (at_once.max_ttl_hours) limits.push_back(cat("maxTTLHours: ", *at_once.max_ttl_hours));
        if (at_once.max_cost_to_expiry) limits.push_back("maxCostToExpiry: " + at_once.max_cost_to_expiry->decimal());
        if (!at_once.teams.empty()) limits.push_back(cat("teams: [", join(at_once.teams, ", "), ']'));
    }
    return cat("approval:\n", rule.auto_approve ? cat("  autoApprove: {", join(limits, ", "), "}\n") : "",
               "  approvals: ", rule.approvals, '\n');
}

}  // namespace desk
