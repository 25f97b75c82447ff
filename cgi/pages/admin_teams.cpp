// GET and POST /admin/teams, POST /admin/teams/{team}: members, roles and limits.
#include "cgi/views/admin_teams.hpp"
#include "cgi/notice.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "core/base/text.hpp"
#include "core/store/users.hpp"

namespace desk::pages {
namespace {

Response refuse(pg::Transaction& tx, const Request& request, App& app, const FormErrors& errors, std::string title) {
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

/// The whole number in `field`, nothing when it is empty; a fault when it is neither.
std::optional<int> limit(const Form& form, std::string_view field, FormErrors& errors) {
    const auto text = trim(form[field]);
    if (text.empty()) return std::nullopt;
    const auto value = parse_int(text);
    if (value && *value >= 0 && *value <= 1'000'000) return static_cast<int>(*value);
    errors.push_back({"", cat(field, ": a whole number, or nothing for no limit.")});
    return std::nullopt;
}

std::optional<std::int64_t> money_limit(const Form& form, std::string_view field, FormErrors& errors) {
    const auto text = trim(form[field]);
    if (text.empty()) return std::nullopt;
    const auto value = Money::parse(text);
    if (value && value->micros >= 0) return value->micros;
    errors.push_back({"", cat(field, ": dollars like 500 or 499.50, or nothing for no limit.")});
    return std::nullopt;
}

teams::Quota read_quota(const Form& form, FormErrors& errors) {
    teams::Quota quota{.soft_clusters = limit(form, "softClusters", errors),
                       .max_clusters = limit(form, "maxClusters", errors),
                       .soft_vcpu = limit(form, "softVcpu", errors),
                       .max_vcpu = limit(form, "maxVcpu", errors),
                       .soft_monthly_micros = money_limit(form, "softMonthly", errors),
                       .max_monthly_micros = money_limit(form, "maxMonthly", errors)};
    const auto check = [&](const auto& soft, const auto& hard, std::string_view what) {
        if (soft && hard && *soft > *hard) errors.push_back({"", cat(what, ": the soft limit is above the hard one.")});
    };
    check(quota.soft_clusters, quota.max_clusters, "Clusters");
    check(quota.soft_vcpu, quota.max_vcpu, "vCPUs");
    check(quota.soft_monthly_micros, quota.max_monthly_micros, "$ a month");
    return quota;
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
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789-";

    auto tx = app.db.begin();
    FormErrors errors;
    if (name.empty() || name.size() > 63 || name.front() == '-' ||
        name.find_first_not_of(kAllowed) != std::string::npos)
        errors.push_back({"name", "Lower case letters, digits and '-', at most 63, not beginning with '-'."});
    else if (teams::find(tx, name, request.reach()))
        errors.push_back({"name", cat("There is a team ", name, " already.")});
    if (title.empty()) errors.push_back({"title", "Give it a title."});
    if (!errors.empty()) return refuse(tx, request, app, errors, "No team was made");

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
        const auto user = users::find_by_name(tx, lower(trim(form["username"])));
        if (!user)
            return refuse(
                tx, request, app,
                {{"", cat("There is nobody called ", form["username"], ". An administrator makes accounts.")}},
                "Nobody was added");
        teams::set_member(tx, name, user->id, team_roles(form), request.actor());
    } else if (action == "title") {
        const std::string title(trim(form["title"]));
        if (title.empty())
            return refuse(tx, request, app, {{"", "Give the team a title."}}, "The team was not renamed");
        teams::set_title(tx, name, title, request.actor());
    } else if (action == "quota") {
        if (!request.principal().may(Permission::admin_write))
            throw Error(Code::forbidden, "Limits are set by a platform administrator.");
        FormErrors errors;
        const auto quota = read_quota(form, errors);
        if (!errors.empty()) return refuse(tx, request, app, errors, "The limits were not changed");
        teams::set_quota(tx, name, quota, request.actor());
    } else {
        throw Error(Code::invalid, "action: one of member, title, quota.");
    }
    tx.commit();
    return see_other(app, "/admin/teams", Notice::TEAM_SAVED);
}

}  // namespace desk::pages
