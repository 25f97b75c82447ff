#include "cgi/views/calendar.hpp"

#include "core/base/text.hpp"

namespace desk::views {
namespace {

/// "desk.example.com" of "https://desk.example.com:8443/x".
std::string host_of(const std::string& url) {
    const auto scheme = url.find("://");
    const auto begin = scheme == std::string::npos ? 0 : scheme + 3;
    return url.substr(begin, url.find_first_of(":/", begin) - begin);
}

}  // namespace

std::vector<CalendarEvent> calendar_events(const std::vector<calendar::Deadline>& deadlines,
                                           const std::vector<requests::Request>& mine,
                                           const std::vector<requests::Request>& to_decide,
                                           const std::string& public_url) {
    std::vector<CalendarEvent> events;
    const std::string host = host_of(public_url);
    for (const auto& one : deadlines) {
        const std::string url = cat(public_url, "/clusters/", one.cluster);
        const auto add = [&](const std::string& id, Time at, const std::string& summary, const std::string& what) {
            events.push_back({.uid = cat(one.cluster, '-', id, '@', host),
                              .sequence = one.moved,
                              .stamp = one.changed_at,
                              .at = at,
                              .summary = summary,
                              .description = what,
                              .url = url});
        };
        for (const Time at : warning_times(one.began_at, one.destroy_at, one.warn_hours, one.pace)) {
            const int hours = one.pace.hours_in(one.destroy_at - at);
            add(cat("warning-", hours), at, cat(one.name, " ends in ", hours, hours == 1 ? " hour" : " hours"),
                cat("Extend it if you still need it: ", url, "#lifetime"));
        }
        add("end", one.destroy_at, cat(one.name, " is destroyed"),
            cat("Its lifetime is over. Until then it can be extended, as far as its profile allows: ", url));
    }
    const auto add_request = [&](const requests::Request& request, const std::string& summary) {
        if (!request.lapses_at) return;
        const std::string url = cat(public_url, "/requests/", request.id);
        events.push_back({.uid = cat(request.id, "-lapses@", host),
                          .stamp = request.created_at,
                          .at = *request.lapses_at,
                          .summary = summary,
                          .description = cat("Unless somebody decides before: ", url),
                          .url = url});
    };
    for (const auto& request : mine) add_request(request, cat("Your request for ", request.cluster_name, " lapses"));
    for (const auto& request : to_decide)
        add_request(request, cat("The request of ", request.requester_name, " for ", request.cluster_name, " lapses"));
    return events;
}

}  // namespace desk::views
