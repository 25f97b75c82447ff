// GET /admin/profiles/{profile}/simulation: what another approval rule would have decided on the last orders. A GET
// with its rule in the query, so that a result can be sent to somebody.
#include "cgi/views/admin_simulation.hpp"
#include "cgi/approval_rule.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "core/store/requests.hpp"

namespace desk::pages {

Response admin_simulation(const Request& request, App& app) {
    const Profile* profile = app.catalog.find(request.path_text("profile"));
    if (!profile) return not_found();
    const auto fields = RuleFields::read(request.query(), profile->approval);
    const auto rule = fields.parse(profile->approval);

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto orders = requests::last_orders(tx, profile->name, kSimulatedOrders);

    const auto view = views::AdminSimulation::of(*profile, fields, rule, orders, views::Reader::of(request));
    return render(app, request,
                  {.file = "admin_simulation.tpl", .title = "Try a rule: " + profile->name, .status = rule ? 200 : 422},
                  view);
}

}  // namespace desk::pages
