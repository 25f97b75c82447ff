#include "cgi/session.hpp"

#include "cgi/app.hpp"
#include "core/base/text.hpp"
#include "core/store/requests.hpp"
#include "core/store/sessions.hpp"
#include "core/store/tokens.hpp"

namespace desk {
namespace {

constexpr std::string_view kSession = "desk_session";
constexpr std::string_view kBearer = "Bearer ";

/// Browsers take a cookie of this prefix only from the host itself, by https, for the whole of it.
std::string full_name(const App& app, std::string_view name) { return cat(app.is_https() ? "__Host-" : "", name); }

void identify_by_token(Request& request, App& app, std::string_view token) {
    std::optional<tokens::Found> found;
    {
        auto tx = app.db.begin(pg::Mode::read_only);
        found = tokens::find(tx, token);
    }
    if (!found) return;
    if (found->is_stale) {
        auto tx = app.db.begin();
        tokens::touch(tx, found->id);
        tx.commit();
    }
    request.set_identity(
        {.principal = std::move(found->principal), .by_token = true, .may_write = found->scope == TokenScope::WRITE},
        found->now, std::move(found->brakes), 0);
}

void identify_by_session(Request& request, App& app, std::string_view token) {
    std::optional<sessions::Found> found;
    int inbox = 0;
    {
        auto tx = app.db.begin(pg::Mode::read_only);
        found = sessions::find(tx, token);
        if (!found) return;
        // here, for the layout: a page is rendered while its handler may still hold a connection
        const bool shows_inbox =
            !request.is_post() && !request.wants_json() && found->principal.may(Permission::request_decide);
        if (shows_inbox) inbox = requests::inbox_size(tx, found->principal);
    }
    if (found->is_stale) {
        auto tx = app.db.begin();
        sessions::touch(tx, found->token_hash, std::chrono::hours(app.config.web.session_hours));
        tx.commit();
    }
    request.set_identity({.principal = std::move(found->principal),
                          .session_hash = std::move(found->token_hash),
                          .csrf_token = std::move(found->csrf_token),
                          .on_tour = found->on_tour,
                          .theme = found->theme},
                         found->now, std::move(found->brakes), inbox, found->unread);
}

}  // namespace

std::string cookie(const App& app, std::string_view name, std::string_view value, std::optional<seconds> max_age) {
    return cat(full_name(app, name), '=', value, "; Path=/; HttpOnly; SameSite=Lax", app.is_https() ? "; Secure" : "",
               max_age ? cat("; Max-Age=", max_age->count()) : "");
}

std::string_view cookie_value(const App& app, const Request& request, std::string_view name) {
    return request.cookie(full_name(app, name));
}

std::string session_cookie(const App& app, const Secret& token) { return cookie(app, kSession, token.reveal()); }

std::string forget_session(const App& app) { return cookie(app, kSession, "", 0s); }

void identify(Request& request, App& app) {
    const auto authorization = request.header("Authorization");
    if (request.is_api() && !authorization.empty()) {
        if (authorization.starts_with(kBearer)) identify_by_token(request, app, authorization.substr(kBearer.size()));
        return;
    }
    const auto token = cookie_value(app, request, kSession);
    if (!token.empty()) identify_by_session(request, app, token);
}

std::string local_path(std::string_view next) {
    // "//host", "/\host" and control characters are read as other hosts by some browsers
    const bool local = next.starts_with('/') && next.find('\\') == std::string_view::npos && !next.starts_with("//") &&
                       next.find_first_of("\t\r\n") == std::string_view::npos && next.size() <= 2000;
    return local ? std::string(next) : "/";
}

}  // namespace desk
