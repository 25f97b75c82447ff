// Forged requests: every POST must prove that it comes from a page of this desk.
#pragma once

#include <string>
#include <string_view>

#include "cgi/http.hpp"

namespace desk {

struct App;

/// For the one form that is posted without a session, sign-in: a signed random value, both in a cookie and in the form.
struct FormToken {
    std::string value;   ///< for the hidden field `csrf`, masked
    std::string cookie;  ///< Set-Cookie
};
FormToken form_token(const App& app, const Request& request);

/// A token as it stands in a page: another text each time. Pages are compressed, and the length of a compressed page
/// tells a text that stays the same to whoever may choose some of its other text (BREACH). "" stays "".
std::string masked(std::string_view token);

/// Throws Error{forbidden} unless the browser says that the request comes from this desk (Sec-Fetch-Site, Origin: those
/// that are there), and the token in field `csrf` or header X-CSRF-Token is the session's, masked or not (or, without a
/// session, that of form_token). API tokens need no proof: no browser sends them by itself.
void check_not_forged(const App& app, const Request& request);

}  // namespace desk
