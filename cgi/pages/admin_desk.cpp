// GET /admin/profiles; GET /admin/queue with its POSTs: brakes, and hosts that drain or resume.
#include "cgi/notice.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "cgi/views/admin_profiles.hpp"
#include "cgi/views/admin_queue.hpp"
#include "core/base/text.hpp"
#include "core/model/names.hpp"
#include "core/store/blocked.hpp"
#include "core/store/orphans.hpp"
#include "core/store/worker_faults.hpp"

namespace desk::pages {
namespace {

constexpr int kQueueShown = 50;

views::AdminQueue load_queue(pg::Transaction& tx, const Request& request) {
    auto page = views::AdminQueue::of({.brakes = brakes::all(tx),
                                       .workers = workers::all(tx),
                                       .jobs = jobs::queue(tx, kQueueShown),
                                       .blocked = blocked::count(tx),
                                       .orphans = orphans::count_open(tx),
                                       .may_write = request.principal().may(Permission::admin_write)},
                                      views::Reader::of(request));
    for (const auto& [host, faults] : worker_faults::all(tx))
        for (const auto& fault : faults) page.faults.push_back({.host = host, .text = fault});
    return page;
}

Response set_draining(const Request& request, App& app, bool draining) {
    auto tx = app.db.begin();
    workers::set_draining(tx, request.path_text("host"), draining, request.actor());
    tx.commit();
    return see_other(app, "/admin/queue", draining ? Notice::WORKER_DRAINING : Notice::WORKER_RESUMED);
}

}  // namespace

Response admin_profiles(const Request& request, App& app) {
    return render(app, request, {.file = "admin_profiles.tpl", .title = "Profiles"},
                  views::AdminProfiles::of(app.catalog, app.config.profiles.dir));
}

Response admin_queue(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    return render(app, request, {.file = "admin_queue.tpl", .title = "Queue", .refresh_seconds = kRefreshSeconds},
                  load_queue(tx, request));
}

Response admin_brake(const Request& request, App& app) {
    const Form& form = request.form();
    const auto brake = parse_enum<Brake>(form["brake"]);
    if (!brake) throw Error(Code::invalid, cat("brake: there is no brake ", form["brake"], '.'));
    const bool releases = form["action"] == "release";
    const std::string reason(trim(form["reason"]));

    auto tx = app.db.begin();
    const auto fault = reason.empty() ? std::optional<std::string>("Say why: everybody reads it.")
                                      : text_fault(reason, brakes::kLongestReason);
    if (!releases && fault) {
        auto view = load_queue(tx, request);
        view.errors = views::ErrorSummary{.title = "No brake was pulled",
                                          .lines = {{.field = cat("reason-", text(*brake)), .text = *fault}}};
        for (auto& shown : view.brakes) shown.is_wrong = shown.name == text(*brake);
        return render(app, request, {.file = "admin_queue.tpl", .title = "Queue", .status = 422}, view);
    }
    if (releases)
        brakes::release(tx, *brake, request.actor());
    else
        brakes::pull(tx, *brake, reason, request.principal().user, request.actor());
    tx.commit();
    return see_other(app, "/admin/queue", releases ? Notice::BRAKE_RELEASED : Notice::BRAKE_PULLED);
}

Response admin_worker_drain(const Request& request, App& app) { return set_draining(request, app, true); }
Response admin_worker_resume(const Request& request, App& app) { return set_draining(request, app, false); }

}  // namespace desk::pages
