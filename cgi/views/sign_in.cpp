#include "cgi/views/sign_in.hpp"

#include "cgi/dictionary.hpp"
#include "keys/sign_in.tpl.hpp"

namespace desk::views {

void SignIn::fill(Dictionary& out) const {
    out.SetValue(ksi_CSRF, csrf);
    out.SetValue(ksi_NEXT, next);
    if (!error.empty())
        include(out, ksi_ERRORS,
                ErrorSummary{.title = "You are not signed in", .lines = {{.field = "username", .text = error}}});
    include(
        out, ksi_USERNAME,
        Field{
            .name = "username", .label = "User name", .value = username, .autocomplete = "username", .required = true});
    include(out, ksi_PASSWORD,
            Field{.name = "password",
                  .label = "Password",
                  .type = "password",
                  .autocomplete = "current-password",
                  .required = true});
}

}  // namespace desk::views
