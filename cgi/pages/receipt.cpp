// GET /clusters/{cluster}/receipt: the proof of deletion.
#include "cgi/views/receipt.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"

namespace desk::pages {

Response receipt_show(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto cluster = clusters::find(tx, request.path_id<ClusterId>("cluster"), request.reach());
    if (!cluster) return not_found();
    const auto receipt = receipts::find(tx, cluster->id);

    return render(app, request, {.file = "receipt.tpl", .title = cluster->name + ": receipt"},
                  views::ReceiptPage::of(*cluster, receipt, request.principal(), views::Reader::of(request)));
}

}  // namespace desk::pages
