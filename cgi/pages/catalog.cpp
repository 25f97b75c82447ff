// GET /catalog and /catalog/{profile}: what can be ordered.
#include "cgi/views/catalog.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "cgi/views/profile_show.hpp"
#include "core/store/history.hpp"

namespace desk::pages {

Response catalog(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto history = history::of_profiles(tx, app.catalog.orderable());

    return render(app, request, {.file = "catalog.tpl", .title = "Catalog"},
                  views::CatalogPage::of(app.catalog, history, request.principal()));
}

Response profile_show(const Request& request, App& app) {
    const Profile* profile = app.catalog.find(request.path_text("profile"));
    if (!profile) return not_found();

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto past = history::of_profile(tx, profile->name);

    const auto view = views::ProfileShow::of(*profile, past, request.principal());
    return render(app, request, {.file = "profile_show.tpl", .title = view.title}, view);
}

}  // namespace desk::pages
