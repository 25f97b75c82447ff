// GET and POST /sign-in, POST /sign-out.
#include "cgi/views/sign_in.hpp"
#include "cgi/csrf.hpp"
#include "cgi/notice.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "cgi/session.hpp"
#include "core/base/text.hpp"
#include "core/store/sessions.hpp"

namespace desk::pages {
namespace {

Response show(const Request& request, App& app, views::SignIn view, int status) {
    auto token = form_token(app, request);
    view.csrf = token.value;
    return render(app, request, {.file = "sign_in.tpl", .title = "Sign in", .status = status}, view)
        .with_cookie(std::move(token.cookie));
}

}  // namespace

Response sign_in(const Request& request, App& app) {
    const auto next = local_path(request.query()["next"]);
    if (request.identity()) return see_other(next);
    return show(request, app, {.next = next}, 200);
}

Response sign_in_submit(const Request& request, App& app) {
    const Form& form = request.form();
    const std::string username = lower(trim(form["username"]));
    const auto next = local_path(form["next"]);

    const auto outcome = sessions::sign_in(app.db, {.username = username,
                                                    .password = Secret(std::string(form["password"])),
                                                    .address = request.address(),
                                                    .user_agent = std::string(request.header("User-Agent")),
                                                    .life = std::chrono::hours(app.config.web.session_hours),
                                                    .correlation_id = request.id()});

    if (const auto* started = std::get_if<sessions::Started>(&outcome))
        return see_other(started->must_change_password ? "/account" : next)
            .with_cookie(session_cookie(app, started->token));
    if (const auto* wait = std::get_if<sessions::Wait>(&outcome))
        return show(request, app,
                    {.next = next,
                     .username = username,
                     .error = cat("Too many attempts. Wait ", to_words(wait->for_), ", then try again.")},
                    429)
            .with_header("Retry-After", std::to_string(wait->for_.count()));
    return show(request, app,
                {.next = next, .username = username, .error = "This user name and password do not belong together."},
                422);
}

Response sign_out(const Request& request, App& app) {
    auto tx = app.db.begin();
    sessions::end(tx, request.principal().user, hex(request.identity()->session_hash), request.actor());
    tx.commit();

    return see_other(app, "/sign-in", Notice::SIGNED_OUT).with_cookie(forget_session(app));
}

}  // namespace desk::pages
