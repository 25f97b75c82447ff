// GET /admin/blocked; GET /admin/orphans, POST /admin/orphans/{orphan}/close, /destroy.
#include "cgi/notice.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "cgi/views/admin_blocked.hpp"
#include "cgi/views/admin_orphans.hpp"
#include "core/base/text.hpp"
#include "core/model/names.hpp"
#include "core/store/orphan_sweeps.hpp"

namespace desk::pages {
namespace {

constexpr int kBlockedShown = 50;
constexpr int kOrphansShown = 100;
constexpr int kLargestOffset = 10000;

/// OPEN unless the query says otherwise; ALL is no state.
std::optional<OrphanState> state_of(const Form& query) {
    if (query["state"] == "ALL") return std::nullopt;
    return parse_enum<OrphanState>(query["state"]).value_or(OrphanState::OPEN);
}

views::AdminOrphans load_orphans(pg::Transaction& tx, const Request& request, std::optional<OrphanState> state,
                                 int offset) {
    return views::AdminOrphans::of(
        {.orphans = orphans::list(tx, {.state = state, .limit = kOrphansShown + 1, .offset = offset}),
         .state = state,
         .limit = kOrphansShown,
         .offset = offset,
         .may_write = request.principal().may(Permission::admin_write)},
        views::Reader::of(request));
}

/// The page again, with what was wrong with the form of one row.
Response refuse(pg::Transaction& tx, const Request& request, App& app, views::ErrorSummary::Line fault,
                const char* title, const std::function<void(views::AdminOrphans::Row&)>& mark) {
    auto view = load_orphans(tx, request, OrphanState::OPEN, 0);
    view.errors = views::ErrorSummary{.title = title, .lines = {std::move(fault)}};
    for (auto& row : view.rows)
        if (row.id == request.path_id<OrphanId>("orphan").str()) mark(row);
    return render(app, request, {.file = "admin_orphans.tpl", .title = "Orphans", .status = 422}, view);
}

}  // namespace

Response admin_blocked(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto deletions = blocked::list(tx, kBlockedShown);

    return render(app, request,
                  {.file = "admin_blocked.tpl", .title = "Blocked deletions", .refresh_seconds = kRefreshSeconds},
                  views::AdminBlocked::of(deletions, kBlockedShown, request.principal(), views::Reader::of(request)));
}

Response admin_orphans(const Request& request, App& app) {
    const auto offset = parse_int(request.query()["offset"]).value_or(0);
    if (offset < 0 || offset > kLargestOffset) throw Error(Code::invalid, "offset: a number from 0 to 10000.");

    auto tx = app.db.begin(pg::Mode::read_only);
    return render(app, request, {.file = "admin_orphans.tpl", .title = "Orphans"},
                  load_orphans(tx, request, state_of(request.query()), static_cast<int>(offset)));
}

Response admin_orphan_close(const Request& request, App& app) {
    const auto id = request.path_id<OrphanId>("orphan");
    const auto& form = request.form();
    const std::string note(trim(form["note"]));
    const bool is_ignored = !form["ignore"].empty();

    auto tx = app.db.begin();
    if (!orphans::find(tx, id)) return not_found();
    const auto fault = note.empty() ? std::optional<std::string>("Say what became of it: it is in the audit.")
                                    : text_fault(note, views::kLongestReason);
    if (fault)
        return refuse(tx, request, app, {.field = "note-" + id.str(), .text = *fault}, "The orphan was not closed",
                      [&](views::AdminOrphans::Row& row) {
                          row.is_wrong = true;
                          row.typed = note;
                      });
    (is_ignored ? orphans::ignore : orphans::close)(tx, id, note, request.actor());
    tx.commit();
    return see_other(app, "/admin/orphans", is_ignored ? Notice::ORPHAN_IGNORED : Notice::ORPHAN_CLOSED);
}

Response admin_orphan_destroy(const Request& request, App& app) {
    const auto id = request.path_id<OrphanId>("orphan");
    const std::string typed(trim(request.form()["infra"]));

    auto tx = app.db.begin();
    const auto orphan = orphans::find(tx, id);
    if (!orphan) return not_found();
    if (typed != orphan->infra_id)
        return refuse(tx, request, app, {.field = "infra-" + id.str(), .text = "Type the infraID to confirm."},
                      "Nothing was destroyed", [&](views::AdminOrphans::Row& row) {
                          row.is_wrong_infra_id = true;
                          row.typed_infra_id = typed;
                      });
    orphans::enqueue_destroy(tx, *orphan, request.actor());
    tx.commit();
    return see_other(app, "/admin/orphans", Notice::ORPHAN_DESTROY_QUEUED);
}

}  // namespace desk::pages
