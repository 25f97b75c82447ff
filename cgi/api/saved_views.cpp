// /api/v1/views: the views of the list of clusters that the caller keeps.
#include "core/store/saved_views.hpp"

#include "cgi/api/api.hpp"
#include "cgi/api/input.hpp"
#include "cgi/idempotent.hpp"

namespace desk::api {
namespace {

Json document(const saved_views::View& view) { return {{"name", view.name}, {"query", view.query}}; }

}  // namespace

Response view_list(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    Json views = Json::array();
    for (const auto& view : saved_views::list(tx, request.principal().user)) views.push_back(document(view));
    return json({{"views", std::move(views)}});
}

Response view_save(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {"name", "query"});
        const saved_views::View view{.name = body.text("name", saved_views::kLongestName),
                                     .query = body.text("query", saved_views::kLongestQuery)};
        if (view.name.empty()) body.faults.add("name", "give the view a name.");
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        saved_views::save(tx, request.principal().user, view);
        return json(document(view));
    });
}

Response view_delete(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {});
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        saved_views::remove(tx, request.principal().user, request.path_text("view"));
        return json({{"name", request.path_text("view")}});
    });
}

}  // namespace desk::api
