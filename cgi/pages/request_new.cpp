// GET /requests/new, POST /requests: the order form. "check" evaluates without ordering; every refusal keeps what was
// typed.
#include "cgi/notice.hpp"
#include "cgi/pages/order_page.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "core/base/text.hpp"
#include "core/store/cluster_names.hpp"
#include "core/store/limits.hpp"
#include "core/store/ordering.hpp"

namespace desk::pages {
namespace {

const Profile& profile_of(const App& app, const Form& form) {
    const Profile* profile = app.catalog.find(form["profile"]);
    if (!profile) throw Error(Code::not_found, "There is no such profile. Choose one from the catalog.");
    return *profile;
}

/// What a blank form of `profile` starts with.
Order blank_order(const Profile& profile, const Principal& principal) {
    Order order = Order::defaults_of(profile);
    const auto teams = teams_to_order_for(principal);
    if (!teams.empty()) order.team = teams.front();
    return order;
}

/// What the query wants the order to be like: "last", one's own last one; the id of a cluster, the order of it.
std::optional<Order> order_like(pg::Transaction& tx, const Request& request, const Profile& profile,
                                const std::optional<requests::PastOrder>& last) {
    const auto like = request.query()["like"];
    if (like == "last" && last) return last->order;
    const auto cluster = ClusterId::parse(like);
    const auto past = cluster ? requests::find_order_of(tx, *cluster, profile.name, request.reach()) : std::nullopt;
    return past ? std::optional(past->order) : std::nullopt;
}

}  // namespace

Response request_new(const Request& request, App& app) {
    if (request.query()["profile"].empty()) return see_other("/catalog");
    const Profile& profile = profile_of(app, request.query());
    const Principal& me = request.principal();

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto last = requests::find_last_order(tx, me.user, profile.name);
    const auto like = order_like(tx, request, profile, last);
    const auto typed = OrderForm::read(request.query(), profile, like ? *like : blank_order(profile, me));
    const auto evaluation = ordering::evaluate(tx, app.catalog, request.principal(), typed.order);
    return order_page(tx, request, app,
                      {.profile = profile,
                       .typed = typed,
                       .evaluation = evaluation,
                       .last_order_at = last && !like ? std::optional(last->at) : std::nullopt});
}

Response request_create(const Request& request, App& app) {
    const Profile& profile = profile_of(app, request.form());
    auto typed = OrderForm::read(request.form(), profile, blank_order(profile, request.principal()));
    const bool only_check = request.form()["action"] == "check";

    auto tx = app.db.begin();
    const auto evaluation = ordering::evaluate(tx, app.catalog, request.principal(), typed.order);
    const auto show = [&](int status, const Evaluation& why) {
        return order_page(tx, request, app,
                          {.profile = profile,
                           .typed = typed,
                           .evaluation = why,
                           .was_sent = !request.is_for_part(),
                           .status = status});
    };
    if (only_check) return show(200, evaluation);
    const bool is_taken =
        clusters::why_name_taken(tx, typed.order.name, profile.platform, typed.order.base_domain).has_value();
    if (!typed.errors.empty() || is_taken || !ordering::is_accepted(evaluation))
        return show(is_taken ? 409 : 422, evaluation);
    if (const auto wait = limits::wait_for_create(tx, typed.order.team)) {
        typed.errors.push_back({"team", cat("It has ordered as many clusters as it may within an hour. Order again in ",
                                            to_words(*wait), '.')});
        return show(429, evaluation).with_header("Retry-After", std::to_string(wait->count()));
    }

    try {
        const auto submitted = ordering::submit(tx, app.catalog, request.principal(), typed.order, request.actor());
        if (!submitted) return show(422, submitted.error());
        tx.commit();
        return submitted->job ? see_other(app, "/clusters/" + submitted->cluster.str(), Notice::ORDER_APPROVED)
                              : see_other(app, "/requests/" + submitted->request.str(), Notice::REQUEST_SENT);
    } catch (const requests::NameTaken& taken) {  // by an order of the same instant
        typed.errors.push_back({"name", taken.why()});
        return show(409, evaluation);
    }
}

}  // namespace desk::pages
