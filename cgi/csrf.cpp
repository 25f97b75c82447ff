#include "cgi/csrf.hpp"

#include "cgi/app.hpp"
#include "cgi/router.hpp"
#include "cgi/session.hpp"
#include "core/base/crypto.hpp"
#include "core/base/text.hpp"

namespace desk {
namespace {

constexpr std::string_view kCsrfCookie = "desk_form";
constexpr std::string_view kUse = "sign-in form";

/// "random.signature": by us, or ""?
bool is_ours(const App& app, std::string_view value) {
    const auto dot = value.find('.');
    if (dot == std::string_view::npos) return false;
    const auto signature = from_base64(value.substr(dot + 1));
    return signature && app.keys.verify(kUse, value.substr(0, dot), *signature);
}

/// "https://desk.example.com/x" -> "https://desk.example.com"
std::string_view origin_of(std::string_view url) {
    const auto host = url.find("://");
    if (host == std::string_view::npos) return {};
    return url.substr(0, url.find('/', host + 3));
}

std::string exclusive_or(std::string_view a, std::string_view b) {
    std::string out(a);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<char>(out[i] ^ b[i]);
    return out;
}

/// "" when it is not masked.
std::string unmasked(std::string_view given) {
    const std::string both = from_base64(given).value_or("");
    const std::string_view view(both);
    if (view.size() % 2 != 0) return {};
    return exclusive_or(view.substr(0, view.size() / 2), view.substr(view.size() / 2));
}

[[noreturn]] void refuse(const char* for_log) {
    throw Error(Code::forbidden,
                "This did not come from a page of this desk, or the page was open too long. Go back, load the page "
                "again and repeat.",
                for_log);
}

/// What browsers say about where a request comes from; programs and old browsers say nothing.
void check_origin(const App& app, const Request& request) {
    const auto site = request.header("Sec-Fetch-Site");
    if (!site.empty() && site != "same-origin" && site != "none") refuse("Sec-Fetch-Site names another site");

    const auto origin = request.header("Origin");
    if (origin.empty() || origin == origin_of(app.config.web.public_url)) return;
    // reached by another name of this host (a tunnel, localhost): the browser names the same one in both headers
    const auto host = request.header("Host");
    const auto scheme_end = origin.find("://");
    if (host.empty() || scheme_end == std::string_view::npos || origin.substr(scheme_end + 3) != host)
        refuse("Origin is another site");
}

}  // namespace

FormToken form_token(const App& app, const Request& request) {
    std::string value(cookie_value(app, request, kCsrfCookie));
    if (!is_ours(app, value)) {
        const std::string random = random_token();
        value = random + '.' + base64url(app.keys.sign(kUse, random));
    }
    return {.value = masked(value), .cookie = cookie(app, kCsrfCookie, value)};
}

std::string masked(std::string_view token) {
    const std::string mask = token.empty() ? "" : random_bytes(token.size());
    return base64url(mask + exclusive_or(token, mask));
}

void check_not_forged(const App& app, const Request& request) {
    // the sign-in form has no session, also when there is one by now
    const bool has_session = request.route()->access.permission != Permission::everyone;
    const Identity* who = has_session ? request.identity() : nullptr;
    if (who != nullptr && who->by_token) return;
    check_origin(app, request);

    const auto in_header = request.header("X-CSRF-Token");
    const auto given = !in_header.empty() || request.is_api() ? in_header : request.form()["csrf"];
    const auto wanted = who != nullptr ? std::string_view(who->csrf_token) : cookie_value(app, request, kCsrfCookie);
    if (who == nullptr && !is_ours(app, wanted)) refuse("no form cookie of ours");
    const bool is_right = equal_in_constant_time(given, wanted) || equal_in_constant_time(unmasked(given), wanted);
    if (wanted.empty() || !is_right) refuse("csrf token differs");
}

}  // namespace desk
