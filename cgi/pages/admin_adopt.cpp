// GET and POST /admin/orphans/{orphan}/adopt.
#include "cgi/notice.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "cgi/views/adoption.hpp"
#include "core/base/text.hpp"
#include "core/store/teams.hpp"

namespace desk::pages {
namespace {

orphans::Orphan get_orphan(pg::Transaction& tx, const Request& request) {
    auto orphan = orphans::find(tx, request.path_id<OrphanId>("orphan"));
    if (!orphan) not_found();
    return *std::move(orphan);
}

Response show(pg::Transaction& tx, const Request& request, App& app, views::Adoption::Source source, int status) {
    for (const auto& team : teams::list(tx, {.all = true, .teams = {}, .user = request.principal().user}))
        source.teams.push_back(team.name);
    return render(app, request, {.file = "admin_adopt.tpl", .title = "Adopt", .status = status},
                  views::Adoption::of(source));
}

}  // namespace

Response admin_adoption(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto found = orphans::get_adoptable(tx, get_orphan(tx, request));

    return show(tx, request, app, {.found = found, .catalog = app.catalog, .home = views::Adoption::first_guess(found)},
                200);
}

Response admin_adopt(const Request& request, App& app) {
    const Form& form = request.form();
    const auto typed = [&](const char* field) { return std::string(trim(form[field])); };
    const auto hours = parse_int(typed("ttlHours"));
    const bool is_number = hours && *hours >= 1 && *hours <= kMaxTtlHours;
    const orphans::Home home{.owner = typed("owner"),
                             .team = typed("team"),
                             .profile = typed("profile"),
                             .cost_center = typed("costCenter"),
                             .ttl_hours = is_number ? static_cast<int>(*hours) : 0,
                             .base_domain = typed("baseDomain"),
                             .version = typed("version")};

    auto tx = app.db.begin();
    const auto orphan = get_orphan(tx, request);
    const auto adopted = orphans::adopt(tx, app.catalog, request.principal(), orphan.id, home, request.actor());
    if (adopted) {
        tx.commit();
        return see_other(app, cat("/clusters/", adopted->cluster), Notice::ORPHAN_ADOPTED);
    }
    return show(tx, request, app,
                {.found = orphans::get_adoptable(tx, orphan),
                 .catalog = app.catalog,
                 .home = home,
                 .ttl_hours = typed("ttlHours"),
                 .errors = adopted.error()},
                422);
}

}  // namespace desk::pages
