// GET /requests, GET /requests/{request}, GET /approvals, and the decisions on them.
#include "cgi/notice.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "cgi/views/approvals.hpp"
#include "cgi/views/request_list.hpp"
#include "cgi/views/request_show.hpp"
#include "core/base/text.hpp"
#include "core/model/names.hpp"

namespace desk::pages {
namespace {

constexpr int kRequestsShown = 100;
constexpr int kRefreshSeconds = 5;
constexpr std::size_t kLongestComment = 2000;

/// What is wrong with a decision as it was typed; nothing when it can be recorded.
std::optional<std::string> decision_fault(std::optional<Decision> verdict, const std::string& comment) {
    if (!verdict) return "Choose approve or reject.";
    if (*verdict == Decision::REJECT && comment.empty()) return "Say why you reject it: the requester reads it.";
    return text_fault(comment, kLongestComment, true);
}

}  // namespace

Response request_list(const Request& request, App& app) {
    const auto wanted = request.query()["state"];
    const auto state = parse_enum<RequestState>(wanted);
    if (!state && !wanted.empty()) throw Error(Code::invalid, cat("state: there is no state ", wanted, '.'));

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto requests = requests::list(tx, request.reach(), state, kRequestsShown);

    return render(app, request, {.file = "request_list.tpl", .title = "Requests", .refresh_seconds = kRefreshSeconds},
                  views::RequestList::of(requests, state, request.principal().may(Permission::request_create),
                                         views::Reader::of(request)));
}

Response request_show(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto found = requests::find(tx, request.path_id<RequestId>("request"), request.reach());
    if (!found) return not_found();
    const auto approvals = requests::approvals(tx, found->id);

    const auto view = views::RequestShow::of(*found, approvals, request.principal(), views::Reader::of(request));
    const int refresh = found->state == RequestState::OPEN ? kRefreshSeconds : 0;
    return render(app, request, {.file = "request_show.tpl", .title = view.what, .refresh_seconds = refresh}, view);
}

Response request_withdraw(const Request& request, App& app) {
    const auto id = request.path_id<RequestId>("request");
    auto tx = app.db.begin();
    requests::withdraw(tx, id, request.reach(), request.actor());
    tx.commit();

    return see_other(app, "/requests/" + id.str(), Notice::REQUEST_WITHDRAWN);
}

Response approvals(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto inbox = requests::inbox(tx, request.principal(), kRequestsShown);

    return render(app, request, {.file = "approvals.tpl", .title = "Approvals"},
                  views::Approvals::of(inbox, views::Reader::of(request)));
}

Response approval_decide(const Request& request, App& app) {
    const auto id = request.path_id<RequestId>("request");
    const Form& form = request.form();
    const auto verdict = parse_enum<Decision>(form["verdict"]);
    const std::string comment(trim(form["comment"]));

    auto tx = app.db.begin();
    if (const auto fault = decision_fault(verdict, comment)) {
        const auto found = requests::find(tx, id, request.reach());
        if (!found) return not_found();
        auto view = views::RequestShow::of(*found, requests::approvals(tx, id), request.principal(),
                                           views::Reader::of(request));
        view.errors = views::ErrorSummary{.title = "Nothing was decided",
                                          .lines = {{.field = "comment-" + id.str(), .text = *fault}}};
        if (view.decision_form) view.decision_form->comment = comment;
        return render(app, request, {.file = "request_show.tpl", .title = view.what, .status = 422}, view);
    }
    const auto decided =
        requests::decide(tx, request.principal(), id, *verdict, comment, std::string(form["digest"]), request.actor());
    tx.commit();

    return see_other(app, decided.state == RequestState::OPEN ? "/requests/" + id.str() : "/approvals",
                     Notice::DECISION_RECORDED);
}

}  // namespace desk::pages
