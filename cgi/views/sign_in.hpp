// templates/sign_in.tpl
#pragma once

#include "cgi/views/parts.hpp"

namespace desk::views {

struct SignIn {
    std::string csrf = {};  ///< of the form: there is no session yet
    std::string next = {};
    std::string username = {};
    std::string error = {};

    void fill(Dictionary& out) const;
};

}  // namespace desk::views
