#include "cgi/views/approvals.hpp"

#include <ctemplate/template.h>

#include "core/base/text.hpp"
#include "keys/approvals.tpl.hpp"

namespace desk::views {

Approvals Approvals::of(const std::vector<requests::Request>& inbox, const Reader& reader) {
    Approvals page;
    for (const auto& request : inbox)
        page.rows.push_back({.id = request.id.str(),
                             .what = what_is_asked(request),
                             .requester = request.requester_name,
                             .team = request.team,
                             .cost = amount({request.cost_micros}),
                             .reason = request.reason,
                             .explanation = request.explanation,
                             .rule = request.rule,
                             .decisions = cat(request.approvals_given, " of ", request.approvals_needed, " approvals"),
                             .asked = Moment::of(request.created_at, reader),
                             .lapses = Moment::of(request.lapses_at, reader, "never"),
                             .facts = order_facts(request),
                             .form = {.id = request.id.str(), .digest = request.digest}});
    return page;
}

void Approvals::fill(Dictionary& out) const {
    for (const auto& row : rows) {
        auto* item = out.AddSectionDictionary(ka_REQUEST);
        item->SetValue(ka_ID, row.id);
        item->SetValue(ka_WHAT, row.what);
        item->SetValue(ka_REQUESTER, row.requester);
        item->SetValue(ka_TEAM, row.team);
        item->SetValue(ka_COST, row.cost);
        item->SetValue(ka_EXPLANATION, row.explanation);
        item->SetValue(ka_RULE, row.rule);
        item->SetValue(ka_DECISIONS, row.decisions);
        show_if(*item, ka_REASON, ka_TEXT, row.reason);
        if (row.reason.empty()) item->ShowSection(ka_NO_REASON);
        fill_facts(*item, ka_FACT, ka_LABEL, ka_VALUE, row.facts);
        include(*item, ka_ASKED, row.asked);
        include(*item, ka_LAPSES, row.lapses);
        include(*item, ka_DECISION_FORM, row.form);
    }
    if (rows.empty()) out.ShowSection(ka_EMPTY);
}

}  // namespace desk::views
