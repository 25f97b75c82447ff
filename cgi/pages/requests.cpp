// GET /requests, GET /requests/{request}, GET /approvals, and what is decided and said there.
#include "cgi/notice.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "cgi/views/approvals.hpp"
#include "cgi/views/request_list.hpp"
#include "cgi/views/request_show.hpp"
#include "cgi/within_reach.hpp"
#include "core/base/text.hpp"
#include "core/model/names.hpp"
#include "core/store/request_comments.hpp"
#include "core/store/store_id.hpp"

namespace desk::pages {
namespace {

constexpr int kShownAtOnce = 20;  // of the inbox, each with its evidence
constexpr int kLapsedDays = 7;

/// The buttons below a comment.
DESK_ENUM(Act, APPROVE, REJECT, ASK)

/// What is wrong with a decision as it was typed; nothing when it can be recorded.
std::optional<std::string> decision_fault(std::optional<Act> act, const std::string& comment) {
    if (!act) return "Choose approve, reject or ask.";
    if (*act == Act::REJECT && comment.empty()) return "Say why you reject it: the requester reads it.";
    if (*act == Act::ASK && comment.empty()) return "Say what you want to know.";
    return text_fault(comment, requests::kLongestComment, true);
}

views::RequestShow load(pg::Transaction& tx, const Request& request, App& app) {
    const auto found = get_request(tx, request);
    const bool is_withdrawn = found.state == RequestState::WITHDRAWN;
    return views::RequestShow::of({.request = found,
                                   .thread = requests::thread(tx, found.id),
                                   .evidence = evidence::of(tx, {found}),
                                   .catalog = app.catalog,
                                   .principal = request.principal(),
                                   .withdrawal = is_withdrawn ? requests::find_withdrawal(tx, found.id) : std::nullopt,
                                   .desk = desk_id(tx)},
                                  views::Reader::of(request));
}

Response refuse(const Request& request, App& app, views::RequestShow view, std::string title,
                views::ErrorSummary::Line line) {
    view.errors = views::ErrorSummary{.title = std::move(title), .lines = {std::move(line)}};
    return render(app, request, {.file = "request_show.tpl", .title = view.what, .status = 422}, view);
}

}  // namespace

Response request_list(const Request& request, App& app) {
    const auto wanted = request.query()["state"];
    const auto state = parse_enum<RequestState>(wanted);
    if (!state && !wanted.empty()) throw Error(Code::invalid, cat("state: there is no state ", wanted, '.'));
    const std::string cursor(request.query()["cursor"]);

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto page = requests::list(tx, request.reach(), {.state = state, .cursor = cursor});

    return render(
        app, request,
        {.file = "request_list.tpl", .title = "Requests", .refresh_seconds = cursor.empty() ? kRefreshSeconds : 0},
        views::RequestList::of({.page = page,
                                .state = state,
                                .is_first = cursor.empty(),
                                .may_order = request.principal().may(Permission::request_create)},
                               views::Reader::of(request)));
}

Response request_show(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto view = load(tx, request, app);
    const int refresh = view.is_open() ? kRefreshSeconds : 0;
    return render(app, request, {.file = "request_show.tpl", .title = view.what, .refresh_seconds = refresh}, view);
}

Response request_withdraw(const Request& request, App& app) {
    const auto id = request.path_id<RequestId>("request");
    auto tx = app.db.begin();
    requests::withdraw(tx, request.principal(), id, request.reach(), request.actor());
    tx.commit();

    return see_other(app, "/requests/" + id.str(), Notice::REQUEST_WITHDRAWN);
}

Response request_comment(const Request& request, App& app) {
    const auto id = request.path_id<RequestId>("request");
    const std::string said(trim(request.form()["text"]));

    auto tx = app.db.begin();
    const auto fault = said.empty() ? std::optional<std::string>("Write what you want to say.")
                                    : text_fault(said, requests::kLongestComment, true);
    if (fault) {
        auto view = load(tx, request, app);
        if (view.answer) {
            view.answer->value = said;
            view.answer->error = *fault;
        }
        return refuse(request, app, std::move(view), "Nothing was sent", {.field = "text", .text = *fault});
    }
    requests::comment(tx, request.principal(), id, request.reach(), said, request.actor());
    tx.commit();
    return see_other(app, "/requests/" + id.str(), Notice::ANSWER_SENT);
}

Response approvals(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto inbox = requests::inbox(tx, request.principal(), kShownAtOnce);
    const auto evidence = evidence::of(tx, inbox);
    const auto lapsed = requests::lapsed_lately(tx, request.principal(), kLapsedDays, kShownAtOnce);

    return render(app, request, {.file = "approvals.tpl", .title = "Approvals"},
                  views::Approvals::of({.inbox = inbox,
                                        .evidence = evidence,
                                        .catalog = app.catalog,
                                        .total = request.inbox(),
                                        .lapsed = lapsed,
                                        .lapsed_days = kLapsedDays},
                                       views::Reader::of(request)));
}

Response approval_decide(const Request& request, App& app) {
    const auto id = request.path_id<RequestId>("request");
    const Form& form = request.form();
    const auto act = parse_enum<Act>(form["verdict"]);
    const std::string comment(trim(form["comment"]));

    auto tx = app.db.begin();
    if (const auto fault = decision_fault(act, comment)) {
        auto view = load(tx, request, app);
        if (view.decision_form) view.decision_form->comment = comment;
        return refuse(request, app, std::move(view), "Nothing was decided",
                      {.field = "comment-" + id.str(), .text = *fault});
    }
    if (*act == Act::ASK) {
        requests::comment(tx, request.principal(), id, request.reach(), comment, request.actor());
        tx.commit();
        return see_other(app, "/requests/" + id.str(), Notice::QUESTION_SENT);
    }
    const auto decided =
        requests::decide(tx, request.principal(), id, *act == Act::APPROVE ? Decision::APPROVE : Decision::REJECT,
                         comment, std::string(form["digest"]), request.actor());
    tx.commit();

    return see_other(app, decided.state == RequestState::OPEN ? "/requests/" + id.str() : "/approvals",
                     Notice::DECISION_RECORDED);
}

}  // namespace desk::pages
