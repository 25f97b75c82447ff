#include "cgi/views/request_list.hpp"

#include "cgi/dictionary.hpp"
#include "cgi/form.hpp"
#include "core/base/text.hpp"
#include "keys/request_list.tpl.hpp"

namespace desk::views {

namespace {

std::string href_of(std::optional<RequestState> state, const std::string& cursor) {
    return "/requests" + query_string({{"state", state ? std::string(text(*state)) : ""}, {"cursor", cursor}});
}

}  // namespace

RequestList RequestList::of(const Source& in, const Reader& reader) {
    RequestList page{.may_order = in.may_order, .is_filtered = in.state.has_value()};
    page.tabs.push_back({.href = "/requests", .text = "All", .is_current = !in.state});
    for (const auto name : all_texts<RequestState>()) {
        const auto value = *parse_enum<RequestState>(name);
        page.tabs.push_back(
            {.href = href_of(value, ""), .text = std::string(phrase(value).word), .is_current = in.state == value});
    }
    for (const auto& request : in.page.requests)
        page.rows.push_back({.id = request.id.str(),
                             .what = what_is_asked(request),
                             .profile = request.profile,
                             .requester = request.requester_name,
                             .team = request.team,
                             .cost = amount({request.cost_micros}),
                             .asked_something = is_asked(request) ? "waits for an answer" : "",
                             .state = {phrase(request.state)},
                             .asked = Moment::of(request.created_at, reader)});
    if (!in.is_first) page.first = href_of(in.state, "");
    if (!in.page.next.empty()) page.next = href_of(in.state, in.page.next);
    return page;
}

void RequestList::fill(Dictionary& out) const {
    if (may_order) out.ShowSection(krl_MAY_ORDER);
    for (const auto& tab : tabs) {
        auto* item = out.AddSectionDictionary(krl_TAB);
        item->SetValue(krl_HREF, tab.href);
        item->SetValue(krl_TEXT, tab.text);
        if (tab.is_current) item->ShowSection(krl_CURRENT);
    }
    show_if(out, krl_BACK, krl_HREF, first);
    show_if(out, krl_FURTHER, krl_HREF, next);
    if (rows.empty()) {
        auto* none = out.AddSectionDictionary(krl_NONE);
        none->SetValue(krl_TITLE, is_filtered ? "No request is in this state." : "Nobody has asked for anything yet.");
        none->SetValue(krl_NEXT_STEP,
                       is_filtered
                           ? "Look at all of them."
                           : "An order from the catalog becomes a request, which policy or an approver decides.");
        return;
    }
    auto* table = out.AddSectionDictionary(krl_HAVE);
    for (const auto& row : rows) {
        auto* item = table->AddSectionDictionary(krl_REQUEST);
        item->SetValue(krl_ID, row.id);
        item->SetValue(krl_WHAT, row.what);
        item->SetValue(krl_PROFILE, row.profile);
        item->SetValue(krl_REQUESTER, row.requester);
        item->SetValue(krl_TEAM, row.team);
        item->SetValue(krl_COST, row.cost);
        show_if(*item, krl_ASKED_SOMETHING, krl_TEXT, row.asked_something);
        include(*item, krl_STATE, row.state);
        include(*item, krl_ASKED, row.asked);
    }
}

}  // namespace desk::views
