// GET /clusters/{cluster}/receipt: the proof of deletion.
#include "cgi/views/receipt.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "cgi/within_reach.hpp"

namespace desk::pages {

Response receipt_show(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto cluster = get_cluster(tx, request);
    const auto receipt = receipts::find(tx, cluster.id);
    const auto cost = clusters::cost_so_far(tx, cluster.id);

    return render(app, request, {.file = "receipt.tpl", .title = cluster.name + ": receipt"},
                  views::ReceiptPage::of(cluster, receipt, cost, request.principal(), views::Reader::of(request)));
}

}  // namespace desk::pages
