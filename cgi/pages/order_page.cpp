#include "cgi/pages/order_page.hpp"

#include "cgi/render.hpp"
#include "cgi/views/request_new.hpp"
#include "core/store/cluster_names.hpp"
#include "core/store/store_id.hpp"

namespace desk::pages {
namespace {

void add(FormErrors& errors, const std::string& field, std::string error) {
    for (const auto& known : errors)
        if (known.field == field) return;  // one fault at a time for each field
    errors.push_back({field, std::move(error)});
}

}  // namespace

std::vector<std::string> teams_to_order_for(const Principal& principal) {
    std::vector<std::string> teams;
    for (const auto& [team, roles] : principal.teams)
        if (principal.may_in(Permission::request_create, team)) teams.push_back(team);
    return teams;
}

Response order_page(pg::Transaction& tx, const Request& request, App& app, const OrderPage& page) {
    const Principal& principal = request.principal();
    const Order& order = page.typed.order;
    FormErrors errors = page.typed.errors;
    for (const auto& error : page.evaluation.errors) add(errors, error.field, error.error);
    if (!order.name.empty())
        if (const auto why = clusters::why_name_taken(tx, order.name, page.profile.platform, order.base_domain))
            add(errors, "name", *why);

    const auto desk = errors.empty() ? desk_id(tx) : "";
    const auto view =
        views::RequestNew::of({.profile = page.profile,
                               .order = order,
                               .ttl_hours = page.typed.ttl_hours,
                               .extra_tags = page.typed.extra_tags,
                               .evaluation = page.evaluation,
                               .errors = std::move(errors),
                               .show_errors = page.was_sent,
                               .notes = page.notes,
                               .last_order = page.last_order_at ? relative(*page.last_order_at, request.now()) : "",
                               .teams = teams_to_order_for(principal),
                               .username = principal.username,
                               .public_url = app.config.web.public_url,
                               .desk = desk});
    return render(app, request, {.file = "request_new.tpl", .title = "New cluster", .status = page.status}, view);
}

}  // namespace desk::pages
