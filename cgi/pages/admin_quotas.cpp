// GET and POST /admin/quotas: how much teams and people may use, and how much they do.
#include "cgi/views/admin_quotas.hpp"

#include "cgi/notice.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/quota_form.hpp"
#include "cgi/render.hpp"
#include "core/base/text.hpp"

namespace desk::pages {
namespace {

views::AdminQuotas load_quotas(pg::Transaction& tx, const Request& request) {
    const auto lines = quotas::all(tx);
    std::vector<std::string> teams;
    std::vector<UserId> users;
    for (const auto& one : lines)
        one.holder == quotas::Holder::TEAM ? teams.push_back(one.name) : users.push_back(one.user);
    return views::AdminQuotas::of(lines, quotas::uses(tx, teams, users),
                                  request.principal().may(Permission::admin_write));
}

Response show(const Request& request, App& app, const views::AdminQuotas& view, int status = 200) {
    return render(app, request, {.file = "admin_quotas.tpl", .title = "Limits", .status = status}, view);
}

}  // namespace

Response admin_quotas(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    return show(request, app, load_quotas(tx, request));
}

Response admin_quota_update(const Request& request, App& app) {
    const Form& form = request.form();
    const auto holder = parse_enum<quotas::Holder>(form["holder"]);
    if (!holder) throw Error(Code::invalid, "holder: TEAM or USER.");
    FormErrors errors;
    const auto quota = read_quota(form, errors);

    auto tx = app.db.begin();
    if (errors.empty()) {
        try {
            quotas::set(tx, *holder, lower(trim(form["name"])), quota, std::string(form["version"]), request.actor());
            tx.commit();
            return see_other(app, "/admin/quotas", Notice::LIMITS_SAVED);
        } catch (const Error& error) {
            if (error.code() != Code::conflict && error.code() != Code::not_found) throw;
            errors.push_back({"", error.for_user()});
        }
    }
    auto view = load_quotas(tx, request);
    view.refuse(errors, form);
    return show(request, app, view, 422);
}

}  // namespace desk::pages
