// GET and POST /admin/users, /admin/users/{user}: local accounts.
#include "cgi/notice.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "cgi/views/admin_user.hpp"
#include "core/base/text.hpp"

namespace desk::pages {
namespace {

bool may_write(const Request& request) { return request.principal().may(Permission::admin_write); }

views::AdminUsers load_users(pg::Transaction& tx, const Request& request) {
    std::string search(trim(request.query()["q"]));
    const auto users = users::list(tx, search, users::kMostListed);
    return views::AdminUsers::of(users, std::move(search), may_write(request), views::Reader::of(request));
}

Response show(const Request& request, App& app, const views::AdminUsers& view, int status = 200) {
    return render(app, request, {.file = "admin_users.tpl", .title = "People", .status = status}, view);
}

Response show(const Request& request, App& app, const views::AdminUser& view) {
    return render(app, request, {.file = "admin_user.tpl", .title = view.username}, view);
}

std::set<Role> roles_in(const Form& form) {
    std::set<Role> roles;
    for (const auto text : form.all("role"))
        if (const auto role = parse_enum<Role>(text)) roles.insert(*role);
    return roles;
}

}  // namespace

Response admin_users(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    return show(request, app, load_users(tx, request));
}

Response admin_user_create(const Request& request, App& app) {
    const Form& form = request.form();
    const users::NewUser wanted{.username = std::string(trim(form["username"])),
                                .display_name = std::string(trim(form["displayName"])),
                                .email = std::string(trim(form["email"]))};

    auto tx = app.db.begin();
    if (const auto errors = users::faults(tx, wanted); !errors.empty()) {
        auto view = load_users(tx, request);
        view.refuse(errors, form);
        return show(request, app, view, 422);
    }
    const Secret password = users::random_password();
    users::create(tx, wanted, password, request.actor());
    tx.commit();

    auto after = app.db.begin(pg::Mode::read_only);
    auto view = load_users(after, request);
    view.created = wanted.username;
    view.password = &password;  // in this answer only: a redirect would have to keep it somewhere
    return show(request, app, view);
}

Response admin_user_show(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto user = users::find(tx, request.path_id<UserId>("user"));
    if (!user) return not_found();

    return show(request, app, views::AdminUser::of(*user, may_write(request), views::Reader::of(request)));
}

Response admin_user_update(const Request& request, App& app) {
    const auto id = request.path_id<UserId>("user");
    const auto action = request.form()["action"];

    auto tx = app.db.begin();
    if (!users::find(tx, id)) return not_found();
    if (action == "reset") {
        const Secret password = users::random_password();
        users::reset_password(tx, id, password, request.actor());
        tx.commit();
        auto after = app.db.begin(pg::Mode::read_only);
        auto view = views::AdminUser::of(*users::find(after, id), may_write(request), views::Reader::of(request));
        view.password = &password;  // in this answer only
        return show(request, app, view);
    }
    if (action == "roles")
        users::set_desk_roles(tx, id, roles_in(request.form()), request.actor());
    else if (action == "disable" || action == "enable")
        users::set_disabled(tx, id, action == "disable", request.actor());
    else
        throw Error(Code::invalid, "action: one of roles, reset, disable, enable.");
    tx.commit();
    return see_other(app, "/admin/users/" + id.str(), Notice::USER_SAVED);
}

}  // namespace desk::pages
