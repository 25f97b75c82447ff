// The one exception of the desk, for what only the boundary (dispatch, the worker's main loop) can answer.
#pragma once

#include <exception>
#include <source_location>
#include <string>
#include <string_view>

#include "core/base/time.hpp"

namespace desk {

/// What kind of refusal; protocol-neutral. `http_status` gives the status of each.
enum class Code {
    invalid,            // 422: the input breaks a rule
    malformed,          // 400: the request can't be understood
    unauthenticated,    // 401
    forbidden,          // 403
    not_found,          // 404: not there, or not for this caller
    conflict,           // 409: the world changed, or the state forbids it
    too_large,          // 413
    unsupported_media,  // 415
    too_many,           // 429
    unavailable,        // 503: the database or a brake says not now
    internal,           // 500
};

int http_status(Code code);

/// The machine word of a code in API answers, e.g. "NOT_FOUND".
std::string_view code_word(Code code);

/// `for_user` may be shown to the person who asked; `for_log` never leaves the log.
class Error : public std::exception {
  public:
    Error(Code code, std::string for_user, std::string for_log = {},
          std::source_location where = std::source_location::current());

    Code code() const { return code_; }
    const std::string& for_user() const { return for_user_; }
    const std::string& for_log() const { return for_log_; }
    const std::source_location& where() const { return where_; }
    const char* what() const noexcept override { return what_.c_str(); }

  private:
    Code code_;
    std::string for_user_, for_log_, what_;
    std::source_location where_;
};

/// A refusal with its Retry-After.
class RetryLater : public Error {
  public:
    RetryLater(Code code, std::string for_user, seconds after) : Error(code, std::move(for_user)), after_(after) {}
    seconds after() const { return after_; }

  private:
    seconds after_;
};

}  // namespace desk
