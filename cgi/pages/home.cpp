// GET /: my clusters, what needs me, what ends soon, and how the desk is doing.
#include "cgi/views/home.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "core/store/blocked.hpp"

namespace desk::pages {

Response home(const Request& request, App& app) {
    constexpr seconds kSoon = std::chrono::hours(6);
    const Principal& me = request.principal();
    const Reach reach = reach_of(me, Permission::cluster_read, Scope::team);

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto view = views::Home::of(
        {.principal = me,
         .on_tour = request.identity()->on_tour,
         .counts = clusters::counts(tx, reach),
         .mine =
             clusters::list(tx, reach, {.owner = me.username, .only_unfinished = true, .limit = 20}, false).clusters,
         .open_requests =
             me.may(Permission::request_create) ? requests::open_of(tx, me.user, 20) : std::vector<requests::Request>{},
         .ending_soon = clusters::ending_soon(tx, reach, kSoon, 5),
         .horizon = kSoon,
         .inbox = request.inbox(),
         .blocked = me.may(Permission::admin_write) ? blocked::count(tx) : 0,
         .desk = desk_state(tx),
         .brakes = request.brakes()},
        views::Reader::of(request));

    return render(app, request, {.file = "home.tpl", .title = "Home", .refresh_seconds = kRefreshSeconds}, view);
}

}  // namespace desk::pages
