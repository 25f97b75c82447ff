// GET and POST /account: who I am here, my password, my sessions, my API tokens.
#include "cgi/views/account.hpp"
#include "cgi/notice.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "core/base/text.hpp"
#include "core/store/users.hpp"

namespace desk::pages {
namespace {

views::Account load_account(pg::Transaction& tx, const Request& request) {
    const Principal& me = request.principal();
    return views::Account::of(me, request.identity()->theme,
                              sessions::list(tx, me.user, request.identity()->session_hash), tokens::list(tx, me.user),
                              views::Reader::of(request));
}

Response show(const Request& request, App& app, const views::Account& view, int status = 200) {
    return render(app, request, {.file = "account.tpl", .title = "Account", .status = status}, view);
}

Response refuse_account(pg::Transaction& tx, const Request& request, App& app, const FormErrors& errors,
                        std::string title) {
    auto view = load_account(tx, request);
    view.refuse(errors, request.form(), std::move(title));
    return show(request, app, view, 422);
}

}  // namespace

Response account(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    return show(request, app, load_account(tx, request));
}

Response account_update(const Request& request, App& app) {
    const Form& form = request.form();
    const auto theme = parse_enum<Theme>(form["theme"]);
    const users::Profile wanted{.display_name = std::string(form["displayName"]),
                                .time_zone = std::string(trim(form["timeZone"])),
                                .theme = theme.value_or(Theme::SYSTEM)};
    auto errors = users::faults(wanted);
    if (!theme) errors.push_back({"theme", "Choose one of the three."});

    auto tx = app.db.begin();
    if (!errors.empty()) return refuse_account(tx, request, app, errors, "Your account was not changed");
    users::update_profile(tx, request.principal().user, wanted, request.actor());
    tx.commit();
    return see_other(app, "/account", Notice::ACCOUNT_SAVED);
}

Response password_change(const Request& request, App& app) {
    const Form& form = request.form();
    const Principal& me = request.principal();
    const Secret current{std::string(form["current"])};
    const Secret wanted{std::string(form["newPassword"])};

    auto errors = users::password_faults(app.db, me, current, wanted, request.address());
    if (form["repeated"] != form["newPassword"]) errors.push_back({"repeated", "The two are not the same."});
    auto tx = app.db.begin();
    if (!errors.empty()) return refuse_account(tx, request, app, errors, "Your password was not changed");

    users::change_password(tx, me.user, wanted, request.identity()->session_hash, request.actor());
    tx.commit();
    return see_other(app, me.must_change_password ? "/" : "/account", Notice::PASSWORD_CHANGED);
}

Response session_end(const Request& request, App& app) {
    auto tx = app.db.begin();
    if (!sessions::end(tx, request.principal().user, request.path_text("session"), request.actor())) return not_found();
    tx.commit();
    return see_other(app, "/account", Notice::SESSION_ENDED);
}

Response token_create(const Request& request, App& app) {
    const Form& form = request.form();
    const std::string name(trim(form["tokenName"]));
    const auto scope = parse_enum<TokenScope>(form["scope"]);
    const auto days = parse_int(form["days"]);
    FormErrors errors;
    if (const auto fault = tokens::name_fault(name)) errors.push_back({"tokenName", *fault});
    if (!scope) errors.push_back({"scope", "Choose read, or read and write."});
    if (!days || *days < 1 || *days > tokens::kLongestDays)
        errors.push_back({"days", cat("A whole number from 1 to ", tokens::kLongestDays, '.')});

    auto tx = app.db.begin();
    if (!errors.empty()) return refuse_account(tx, request, app, errors, "No token was made");
    const auto created =
        tokens::create(tx, request.principal().user, name, *scope, static_cast<int>(*days), request.actor());
    tx.commit();

    auto after = app.db.begin(pg::Mode::read_only);
    auto view = load_account(after, request);
    view.new_token_name = name;
    view.new_token = &created.token;  // in this answer only: a redirect would have to keep it somewhere
    return show(request, app, view);
}

Response token_revoke(const Request& request, App& app) {
    auto tx = app.db.begin();
    if (!tokens::revoke(tx, request.principal().user, request.path_id<TokenId>("token"), request.actor()))
        return not_found();
    tx.commit();
    return see_other(app, "/account", Notice::TOKEN_REVOKED);
}

}  // namespace desk::pages
