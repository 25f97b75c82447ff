// GET /requests/new, POST /requests: the order form. "check" evaluates without ordering; every refusal keeps what was
// typed.
#include "cgi/views/request_new.hpp"
#include "cgi/notice.hpp"
#include "cgi/ordering.hpp"
#include "cgi/pages/order_form.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "core/base/text.hpp"
#include "core/store/cluster_names.hpp"
#include "core/store/limits.hpp"

namespace desk::pages {
namespace {

std::vector<std::string> teams_of(const Principal& principal) {
    std::vector<std::string> teams;
    for (const auto& [team, roles] : principal.teams)
        if (principal.may_in(Permission::request_create, team)) teams.push_back(team);
    return teams;
}

const Profile& profile_of(const App& app, const Form& form) {
    const Profile* profile = app.catalog.find(form["profile"]);
    if (!profile) throw Error(Code::not_found, "There is no such profile. Choose one from the catalog.");
    return *profile;
}

void add(FormErrors& errors, const std::string& field, std::string error) {
    for (const auto& known : errors)
        if (known.field == field) return;  // one fault at a time for each field
    errors.push_back({field, std::move(error)});
}

/// The form with what policy says of it now.
Response show(pg::Transaction& tx, const Request& request, App& app, const Profile& profile, const OrderForm& typed,
              bool was_sent, int status, const Evaluation& evaluation) {
    const auto owner = requests::find_owner(tx, request.principal(), typed.order);
    const auto quota = requests::quota_state(tx, typed.order.team, owner.value_or(request.principal().user), false);
    FormErrors errors = typed.errors;
    for (const auto& error : evaluation.errors) add(errors, error.field, error.error);
    if (const auto why = clusters::why_name_taken(tx, typed.order.name, profile.platform, typed.order.base_domain))
        add(errors, "name", *why);

    const auto view = views::RequestNew::of({.profile = profile,
                                             .order = typed.order,
                                             .ttl_hours = typed.ttl_hours,
                                             .extra_tags = typed.extra_tags,
                                             .evaluation = evaluation,
                                             .errors = std::move(errors),
                                             .show_errors = was_sent,
                                             .quota = quota,
                                             .teams = teams_of(request.principal()),
                                             .username = request.principal().username,
                                             .public_url = app.config.web.public_url});
    return render(app, request, {.file = "request_new.tpl", .title = "New cluster", .status = status}, view);
}

OrderForm read(const Form& form, const Profile& profile, const Principal& principal) {
    const auto teams = teams_of(principal);
    return OrderForm::read(form, profile, teams.empty() ? "" : teams.front());
}

}  // namespace

Response request_new(const Request& request, App& app) {
    if (request.query()["profile"].empty()) return see_other("/catalog");
    const Profile& profile = profile_of(app, request.query());
    const auto typed = read(request.query(), profile, request.principal());

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto evaluation = ordering::evaluate(tx, app.catalog, request.principal(), typed.order);
    return show(tx, request, app, profile, typed, false, 200, evaluation);
}

Response request_create(const Request& request, App& app) {
    const Profile& profile = profile_of(app, request.form());
    auto typed = read(request.form(), profile, request.principal());
    const bool only_check = request.form()["action"] == "check";

    auto tx = app.db.begin();
    const auto evaluation = ordering::evaluate(tx, app.catalog, request.principal(), typed.order);
    if (only_check) return show(tx, request, app, profile, typed, true, 200, evaluation);
    const bool is_taken =
        clusters::why_name_taken(tx, typed.order.name, profile.platform, typed.order.base_domain).has_value();
    if (!typed.errors.empty() || is_taken || !ordering::is_accepted(evaluation))
        return show(tx, request, app, profile, typed, true, is_taken ? 409 : 422, evaluation);
    if (const auto wait = limits::wait_for_create(tx, typed.order.team)) {
        typed.errors.push_back({"team", cat("It has ordered as many clusters as it may within an hour. Order again in ",
                                            to_words(*wait), '.')});
        return show(tx, request, app, profile, typed, true, 429, evaluation)
            .with_header("Retry-After", std::to_string(wait->count()));
    }

    const auto submitted = ordering::submit(tx, app.catalog, request.principal(), typed.order, request.actor());
    if (!submitted) return show(tx, request, app, profile, typed, true, 422, submitted.error());
    tx.commit();
    return submitted->job ? see_other(app, "/clusters/" + submitted->cluster.str(), Notice::ORDER_APPROVED)
                          : see_other(app, "/requests/" + submitted->request.str(), Notice::REQUEST_SENT);
}

}  // namespace desk::pages
