#include "cgi/views/approvals.hpp"

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/approvals.tpl.hpp"

namespace desk::views {
namespace {

std::string waits_words(std::optional<CommentKind> last) {
    if (!last) return "";
    return *last == CommentKind::QUESTION ? "a question waits for its answer" : "the question was answered";
}

}  // namespace

Approvals Approvals::of(const Source& in, const Reader& reader) {
    Approvals page{.total = in.total, .lapsed_days = in.lapsed_days};
    for (const auto& request : in.inbox)
        page.rows.push_back(
            {.id = request.id.str(),
             .what = what_is_asked(request),
             .requester = request.requester_name,
             .team = request.team,
             .cost = amount({request.cost_micros}),
             .reason = request.reason,
             .decisions = cat(request.approvals_given, " of ", request.approvals_needed, " approvals"),
             .waits = waits_words(request.last_comment),
             .asked = Moment::of(request.created_at, reader),
             .lapses = Moment::of(request.lapses_at, reader, "never"),
             .evidence = EvidencePart::of(request, in.evidence, in.catalog),
             .facts = order_facts(request),
             .form = {.id = request.id.str(), .what = what_is_asked(request), .digest = request.digest}});
    for (const auto& request : in.lapsed)
        page.lapsed.push_back({.id = request.id.str(),
                               .what = what_is_asked(request),
                               .requester = request.requester_name,
                               .team = request.team,
                               .asked = Moment::of(request.created_at, reader),
                               .ended = Moment::of(request.decided_at, reader, "")});
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
        item->SetValue(ka_DECISIONS, row.decisions);
        show_if(*item, ka_WAITS, ka_WORDS, row.waits);
        show_if(*item, ka_REASON, ka_TEXT, row.reason);
        if (row.reason.empty()) item->ShowSection(ka_NO_REASON);
        fill_facts(*item, ka_FACT, ka_LABEL, ka_VALUE, row.facts);
        include(*item, ka_ASKED, row.asked);
        include(*item, ka_LAPSES, row.lapses);
        include(*item, ka_EVIDENCE, row.evidence);
        include(*item, ka_DECISION_FORM, row.form);
    }
    if (rows.empty()) out.ShowSection(ka_EMPTY);
    if (total > static_cast<int>(rows.size())) {
        auto* more = out.AddSectionDictionary(ka_MORE);
        more->SetIntValue(ka_SHOWN, static_cast<long>(rows.size()));
        more->SetIntValue(ka_TOTAL, total);
    }
    if (lapsed.empty()) return;
    auto* section = out.AddSectionDictionary(ka_LAPSED);
    section->SetIntValue(ka_DAYS, lapsed_days);
    for (const auto& row : lapsed) {
        auto* item = section->AddSectionDictionary(ka_LAPSED_REQUEST);
        item->SetValue(ka_ID, row.id);
        item->SetValue(ka_WHAT, row.what);
        item->SetValue(ka_REQUESTER, row.requester);
        item->SetValue(ka_TEAM, row.team);
        include(*item, ka_ASKED, row.asked);
        include(*item, ka_ENDED, row.ended);
    }
}

}  // namespace desk::views
