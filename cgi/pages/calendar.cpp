// GET /calendar/{feed}: the deadlines of whoever this secret address was made for; and the forms that make and end one.
#include "cgi/views/calendar.hpp"

#include "cgi/notice.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "cgi/views/calendar_feed.hpp"
#include "core/base/crypto.hpp"
#include "core/base/text.hpp"

namespace desk::pages {
namespace {

constexpr std::string_view kEnding = ".ics";
constexpr int kMostRequests = 100;

}  // namespace

Response calendar(const Request& request, App& app) {
    std::string_view name = request.path_text("feed");
    if (!name.ends_with(kEnding)) return not_found();
    name.remove_suffix(kEnding.size());

    auto tx = app.db.begin();
    const auto opened = calendar::open(tx, name, !request.is_head());
    if (!opened) return not_found();
    if (opened->wait) {
        tx.commit();
        throw RetryLater(Code::too_many, "This calendar was read too often within a minute.", *opened->wait);
    }
    const auto& reader = opened->reader;
    const auto to_decide = reader.may(Permission::request_decide) ? requests::inbox(tx, reader, kMostRequests)
                                                                  : std::vector<requests::Request>{};
    const std::string file =
        to_ical("Clusterdesk", views::calendar_events(calendar::deadlines(tx, reader.user),
                                                      requests::open_of(tx, reader.user, kMostRequests), to_decide,
                                                      app.config.web.public_url));
    tx.commit();
    return unless_known(request, base64url(sha256(file).substr(0, 16)), [&] {
        return Response{.content_type = "text/calendar; charset=utf-8", .body = file}.with_header(
            "Content-Disposition", "inline; filename=\"clusterdesk.ics\"");
    });
}

Response calendar_show(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    return render(app, request, {.file = "calendar.tpl", .title = "Calendar"},
                  views::CalendarFeed::of(calendar::find(tx, request.principal().user), views::Reader::of(request)));
}

Response calendar_renew(const Request& request, App& app) {
    auto tx = app.db.begin();
    const Secret token = calendar::renew(tx, request.principal().user, request.actor());
    tx.commit();

    auto after = app.db.begin(pg::Mode::read_only);
    auto view = views::CalendarFeed::of(calendar::find(after, request.principal().user), views::Reader::of(request));
    const Secret address{cat(app.config.web.public_url, "/calendar/", token.reveal(), kEnding)};
    view.address = &address;  // in this answer only: a redirect would have to keep it somewhere
    return render(app, request, {.file = "calendar.tpl", .title = "Calendar"}, view);
}

Response calendar_revoke(const Request& request, App& app) {
    auto tx = app.db.begin();
    if (!calendar::revoke(tx, request.principal().user, request.actor())) return not_found();
    tx.commit();
    return see_other(app, "/account/calendar", Notice::CALENDAR_REVOKED);
}

}  // namespace desk::pages
