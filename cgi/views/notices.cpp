#include "cgi/views/notices.hpp"

#include <algorithm>
#include <array>

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "core/model/lifetime.hpp"
#include "keys/notices.tpl.hpp"

namespace desk::views {
namespace {

/// What a notice says after the cluster's name, and where one acts on it: a page of the cluster, or its request.
struct Telling {
    Phrase phrase;
    std::string_view title;
    std::string_view path;  ///< below /clusters/<id>; "request" = the request
    std::string_view link;
};
constexpr std::array<Telling, all_texts<NoticeKind>().size()> kTellings = {{
    {{"wait", "Ends soon"}, " ends soon", "#lifetime", "Extend it"},
    {{"good", "Ready"}, " is ready", "/outputs", "Use it"},
    {{"bad", "Failed"}, " could not be installed", "", "See why"},
    {{"off", "Destroyed"}, " is destroyed; nothing of it is left", "/receipt", "The proof of deletion"},
    {{"bad", "Destroy failed"}, " could not be destroyed yet", "", "See why"},
    {{"bad", "Given up"}, " was given up", "/receipt", "What is left of it"},
    {{"good", "Approved"}, " was approved", "request", "The request"},
    {{"bad", "Rejected"}, " was rejected", "request", "The request"},
    {{"off", "Lapsed"}, ": nobody decided in time, the request has lapsed", "request", "The request"},
    {{"wait", "Question"}, ": an approver asks something", "request", "Answer it"},
    {{"wait", "Answer"}, ": your question was answered", "request", "Decide on it"},
    {{"wait", "Adopted"}, " is yours now", "", "See what it is"},
}};

const Telling& telling(NoticeKind kind) { return kTellings[static_cast<std::size_t>(kind)]; }

bool lives(ClusterStatus status) { return may_exist(status) && !is_ending(status) && status != ClusterStatus::FAILED; }

/// What the request was for, in front of the cluster's name.
std::string subject(const notices::Notice& notice) {
    const std::string kind = notice.payload.value("request", "");
    if (kind == text(RequestKind::EXTEND)) return "More time for " + notice.cluster_name;
    if (kind == text(RequestKind::SCALE)) return "Other workers for " + notice.cluster_name;
    return notice.cluster_name;
}

/// A warning of an end that has come.
bool is_past(const notices::Notice& notice) {
    return notice.kind == NoticeKind::EXPIRES && (!lives(notice.status) || !notice.destroy_at);
}

std::string words(const notices::Notice& notice, const Reader& reader) {
    if (is_past(notice)) return "It has ended meanwhile.";
    if (notice.kind == NoticeKind::EXPIRES) {
        const std::string when = cat("It is destroyed ", relative(*notice.destroy_at, reader.now), ", on ",
                                     to_local(*notice.destroy_at, reader.time_zone), ". ");
        const auto more = price_of_more(notice);
        return when + (more.empty() ? "Its profile lets it live no longer." : more);
    }
    if (notice.kind == NoticeKind::ADOPTED)
        return cat(notice.payload.at("by").get<std::string>(),
                   " adopted the cluster for you: it was left in the cloud and had no owner any more.");
    for (const char* member : {"said", "reason"})
        if (notice.payload.contains(member)) return notice.payload.at(member).get<std::string>();
    return "";
}

}  // namespace

std::string price_of_more(const notices::Notice& notice) {
    const Pace pace{notice.seconds_per_hour};
    struct More {
        int hours;
        std::string_view words;
    };
    for (const auto& more : {More{24, "One more day costs "}, More{1, "One more hour costs "}})
        if (notice.may_grow_by >= pace.wall(more.hours))
            return cat(more.words, amount(cost_over(notice.hourly, pace.wall(more.hours))), '.');
    return "";
}

Notices::Item Notices::item(const notices::Notice& notice, const Reader& reader) {
    const Telling& tells = telling(notice.kind);
    const bool is_request = tells.path == "request" && notice.request;
    return {.id = notice.id.str(),
            .title = subject(notice) + std::string(tells.title),
            .text = words(notice, reader),
            .href = is_request ? "/requests/" + notice.request->str()
                               : cat("/clusters/", notice.cluster, tells.path == "request" ? "" : tells.path),
            .link = is_past(notice) ? "See it" : std::string(tells.link),
            .state = {tells.phrase},
            .at = Moment::of(notice.at, reader),
            .is_new = !notice.read_at};
}

void Notices::fill(Dictionary& out) const {
    out.ShowSection(only_unread ? kn_ONLY_NEW : kn_ALL);
    show_if(out, kn_MARK_ALL, kn_NEWEST, newest);
    show_if(out, kn_OLDER, kn_HREF, older);
    if (items.empty()) return out.ShowSection(only_unread ? kn_NOTHING_NEW : kn_NONE);
    auto* list = out.AddSectionDictionary(kn_LIST);
    for (const auto& notice : items) {
        auto* entry = list->AddSectionDictionary(kn_NOTICE);
        entry->SetValue(kn_TITLE, notice.title);
        entry->SetValue(kn_HREF, notice.href);
        entry->SetValue(kn_LINK, notice.link);
        include(*entry, kn_STATE, notice.state);
        include(*entry, kn_AT, notice.at);
        show_if(*entry, kn_WORDS, kn_TEXT, notice.text);
        if (notice.is_new) entry->AddSectionDictionary(kn_NEW)->SetValue(kn_ID, notice.id);
    }
}

}  // namespace desk::views
