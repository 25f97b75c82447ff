// What people and programs get to see when something was refused or went wrong.
#pragma once

#include <exception>
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

/// Into the log: what went wrong inside the desk, with its place in the source; of refusals only those that have more
/// to say than their reader is told.
void log_failure(const std::exception& failure);

}  // namespace desk
