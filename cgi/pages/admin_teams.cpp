// GET and POST /admin/teams, POST /admin/teams/{team}: members and roles. Limits are set on /admin/quotas.
#include "cgi/views/admin_teams.hpp"
#include "cgi/notice.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "core/base/text.hpp"
#include "core/store/users.hpp"

namespace desk::pages {
namespace {

Response refuse_team(pg::Transaction& tx, const Request& request, App& app, const FormErrors& errors,
                     std::string title) {
    const Form& form = request.form();
    auto view = views::AdminTeams::of(
        teams::list(tx, reach_of(request.principal(), Permission::team_manage, Scope::team)), request.principal());
    views::ErrorSummary::Labels labels;
    for (auto* field : {&view.new_name, &view.new_title}) {
        field->error = views::error_of(errors, field->name);
        if (field->error.empty()) continue;
        field->value = form[field->name];
        labels.emplace_back(field->name, field->label);
    }
    view.errors = views::ErrorSummary::of(errors, std::move(title), labels);
    return render(app, request, {.file = "admin_teams.tpl", .title = "Teams", .status = 422}, view);
}

std::set<Role> team_roles(const Form& form) {
    std::set<Role> roles;
    for (const auto text : form.all("role"))
        if (const auto role = parse_enum<Role>(text); role && is_team_role(*role)) roles.insert(*role);
    return roles;
}

}  // namespace

Response admin_teams(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto teams = teams::list(tx, request.reach());

    return render(app, request, {.file = "admin_teams.tpl", .title = "Teams"},
                  views::AdminTeams::of(teams, request.principal()));
}

Response admin_team_create(const Request& request, App& app) {
    const Form& form = request.form();
    const std::string name(trim(form["name"])), title(trim(form["title"]));

    auto tx = app.db.begin();
    const auto errors = teams::faults(tx, name, title);
    if (!errors.empty()) return refuse_team(tx, request, app, errors, "No team was made");

    teams::create(tx, name, title, request.actor());
    tx.commit();
    return see_other(app, "/admin/teams", Notice::TEAM_CREATED);
}

Response admin_team_update(const Request& request, App& app) {
    const Form& form = request.form();
    const auto& name = request.path_text("team");
    const auto action = form["action"];

    auto tx = app.db.begin();
    if (!teams::find(tx, name, request.reach())) return not_found();
    if (action == "member") {
        const auto user = users::find_as_typed(tx, form["username"]);
        if (!user) return refuse_team(tx, request, app, {{"", user.error()}}, "Nobody was added");
        teams::set_member(tx, name, user->id, team_roles(form), request.actor());
    } else if (action == "title") {
        const std::string title(trim(form["title"]));
        if (const auto fault = teams::title_fault(title))
            return refuse_team(tx, request, app, {{"", *fault}}, "The team was not renamed");
        teams::set_title(tx, name, title, request.actor());
    } else {
        throw Error(Code::invalid, "action: member or title.");
    }
    tx.commit();
    return see_other(app, "/admin/teams", Notice::TEAM_SAVED);
}

}  // namespace desk::pages
