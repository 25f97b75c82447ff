#include "cgi/views/admin_simulation.hpp"

#include "cgi/dictionary.hpp"
#include "cgi/views/profile_words.hpp"
#include "core/base/text.hpp"
#include "keys/admin_simulation.tpl.hpp"

namespace desk::views {
namespace {

const ErrorSummary::Labels kLabels = {{"atOnce", "Approve at once"},
                                      {"maxTtlHours", "Up to hours"},
                                      {"maxCostToExpiry", "Up to dollars"},
                                      {"teams", "Teams"},
                                      {"approvals", "Approvals"}};

std::string decision_words(int approvals) {
    return approvals == 0 ? "approved at once" : counted(approvals, "approval", "approvals");
}

std::string summary_of(const Simulation& found) {
    const auto orders = found.orders == 1 ? std::string("order") : cat(found.orders, " orders");
    return cat("Of the last ", orders, " this rule approves ", found.at_once_now,
               " at once; the rule of that time approved ", found.at_once_then, ". ",
               found.differences.empty() ? std::string("Nothing would have been decided otherwise.")
                                         : cat(found.differences.size(), " would have been decided otherwise."));
}

void fill_form(AdminSimulation& page, const RuleFields& typed, const FormErrors& errors) {
    const auto error = [&](const char* field) { return error_of(errors, field); };
    page.at_once = {.name = "atOnce",
                    .label = "Orders within the limits are approved at once",
                    .value = typed.at_once,
                    .error = error("atOnce"),
                    .kind = Field::Kind::select,
                    .options = {{"yes", "Yes"}, {"no", "No, people decide"}}};
    page.max_ttl = {.name = "maxTtlHours",
                    .label = "Up to so many hours",
                    .value = typed.max_ttl_hours,
                    .hint = "Empty: however long.",
                    .error = error("maxTtlHours"),
                    .type = "number",
                    .minimum = 1,
                    .maximum = kMaxTtlHours};
    page.max_cost = {.name = "maxCostToExpiry",
                     .label = "Up to so many dollars to expiry",
                     .value = typed.max_cost,
                     .hint = "Empty: whatever it costs.",
                     .error = error("maxCostToExpiry")};
    page.teams = {.name = "teams",
                  .label = "For these teams",
                  .value = typed.teams,
                  .hint = "Separated by commas. Empty: for every team.",
                  .error = error("teams")};
    page.approvals = {.name = "approvals",
                      .label = "Approvals for everything else",
                      .value = typed.approvals,
                      .hint = "0: nobody is asked, and every order is approved at once.",
                      .error = error("approvals"),
                      .type = "number",
                      .required = true,
                      .minimum = 0,
                      .maximum = 10};
}

}  // namespace

AdminSimulation AdminSimulation::of(const Profile& profile, const RuleFields& typed,
                                    const Result<Approval, FormErrors>& rule, const std::vector<DecidedOrder>& orders,
                                    const Reader& reader) {
    AdminSimulation page{.profile = profile.name,
                         .title = profile.display_name.empty() ? profile.name : profile.display_name,
                         .rule_now = approval_words(profile),
                         .has_orders = !orders.empty()};
    fill_form(page, typed, rule ? FormErrors{} : rule.error());
    if (!rule) {
        page.errors = ErrorSummary::of(rule.error(), "This is no rule yet", kLabels);
        return page;
    }
    const auto found = simulate(*rule, profile.name, orders);
    page.summary = summary_of(found);
    if (found.rejected_then > 0)
        page.rejected = cat(counted(found.rejected_then, "order", "orders"),
                            " that people rejected would have been approved at once.");
    if (auto yaml = yaml_of(*rule); yaml != yaml_of(profile.approval)) page.yaml = std::move(yaml);
    for (const auto& [order, then, now, rule_now, why] : found.differences)
        page.rows.push_back({.id = order.request.str(),
                             .name = order.name,
                             .requester = order.requester,
                             .team = order.team,
                             .lifetime = cat(order.ttl_hours, " h"),
                             .cost = amount(order.cost),
                             .then = decision_words(then),
                             .now = decision_words(now),
                             .why = why,
                             .state = {phrase(order.state)},
                             .asked = Moment::of(order.at, reader)});
    return page;
}

void AdminSimulation::fill(Dictionary& out) const {
    out.SetValue(kas_PROFILE, profile);
    out.SetValue(kas_TITLE, title);
    out.SetValue(kas_RULE_NOW, rule_now);
    include(out, kas_ERRORS, errors);
    include(out, kas_AT_ONCE, at_once);
    include(out, kas_MAX_TTL, max_ttl);
    include(out, kas_MAX_COST, max_cost);
    include(out, kas_TEAMS, teams);
    include(out, kas_APPROVALS, approvals);
    if (!has_orders) return out.ShowSection(kas_NO_ORDERS);
    if (summary.empty()) return;
    auto* result = out.AddSectionDictionary(kas_RESULT);
    result->SetValue(kas_SUMMARY, summary);
    show_if(*result, kas_MAKE_IT_SO, kas_YAML, yaml);
    show_if(*result, kas_REJECTED, kas_TEXT, rejected);
    if (rows.empty()) return;
    auto* table = result->AddSectionDictionary(kas_DIFFERENCES);
    for (const auto& row : rows) {
        auto* item = table->AddSectionDictionary(kas_ORDER);
        item->SetValue(kas_ID, row.id);
        item->SetValue(kas_NAME, row.name);
        item->SetValue(kas_REQUESTER, row.requester);
        item->SetValue(kas_TEAM, row.team);
        item->SetValue(kas_LIFETIME, row.lifetime);
        item->SetValue(kas_COST, row.cost);
        item->SetValue(kas_THEN, row.then);
        item->SetValue(kas_NOW, row.now);
        item->SetValue(kas_WHY, row.why);
        include(*item, kas_STATE, row.state);
        include(*item, kas_ASKED, row.asked);
    }
}

}  // namespace desk::views
