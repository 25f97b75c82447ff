// GET and POST /requests/import: a cluster.yaml fills in the order form. Nothing is ordered here, and a file that has
// faults comes back as it was typed.
#include "cgi/views/request_import.hpp"
#include "cgi/pages/order_page.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "core/store/ordering.hpp"

namespace desk::pages {
namespace {

Response show(const Request& request, App& app, const views::RequestImport& view, int status = 200) {
    return render(app, request, {.file = "request_import.tpl", .title = "Order by file", .status = status}, view);
}

}  // namespace

Response request_import(const Request& request, App& app) {
    return show(request, app, views::RequestImport::of(app.catalog, std::string(request.query()["profile"])));
}

Response request_import_submit(const Request& request, App& app) {
    const std::string text(request.form()["file"]);
    const std::string profile(request.form()["profile"]);
    const auto wanted = ordering::read_file(app.catalog, request.principal(), text, {.profile = profile});
    if (!wanted.errors.empty()) {
        auto view = views::RequestImport::of(app.catalog, profile);
        view.refuse(text, wanted.errors);
        return show(request, app, view, 422);
    }

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto typed = OrderForm::of(wanted.order);
    const auto evaluation = ordering::evaluate(tx, app.catalog, request.principal(), wanted.order);
    return order_page(tx, request, app,
                      {.profile = *wanted.profile,
                       .typed = typed,
                       .evaluation = evaluation,
                       .was_sent = true,
                       .notes = wanted.notes});
}

}  // namespace desk::pages
