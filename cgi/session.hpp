// The cookie of a session, and who a request comes from.
#pragma once

#include <string>
#include <string_view>

#include "cgi/http.hpp"
#include "core/base/secret.hpp"

namespace desk {

struct App;

/// A Set-Cookie value. Always HttpOnly, SameSite=Lax, Path=/; under https also Secure and named __Host-<name>.
/// `max_age` 0 removes it; none = until the browser is closed.
std::string cookie(const App& app, std::string_view name, std::string_view value, std::optional<seconds> max_age = {});
/// The value that cookie() made, or "".
std::string_view cookie_value(const App& app, const Request& request, std::string_view name);

/// Set-Cookie after sign-in, and after sign-out.
std::string session_cookie(const App& app, const Secret& token);
std::string forget_session(const App& app);

/// Finds out who asks: an API token in front of a session, on API routes; a session elsewhere. Nobody leaves the
/// request as it is. Moves the end of a session on, at most once a minute.
void identify(Request& request, App& app);

/// `next` when it is a path of this desk, else "/". What follows sign-in must not lead elsewhere.
std::string local_path(std::string_view next);

}  // namespace desk
