// What people and programs get to see when something was refused or went wrong.
#pragma once

#include <string>
#include <string_view>

#include "cgi/http.hpp"

namespace desk {

struct App;

/// API: {code, message, requestId}. Pages: the error page of `status`, with `message`. Never throws: without a
/// template there is still plain text.
Response error_answer(App& app, const Request& request, int status, std::string_view code, const std::string& message);
/// The same for an Error.
Response error_answer(App& app, const Request& request, const Error& error);

}  // namespace desk
