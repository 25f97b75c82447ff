#include "core/base/error.hpp"

#include <array>

namespace desk {
namespace {

struct CodeRow {
    Code code;
    int status;
    std::string_view word;
};

constexpr std::array kCodes = {
    CodeRow{Code::invalid, 422, "VALIDATION_ERROR"},
    CodeRow{Code::malformed, 400, "BAD_REQUEST"},
    CodeRow{Code::unauthenticated, 401, "UNAUTHORIZED"},
    CodeRow{Code::forbidden, 403, "FORBIDDEN"},
    CodeRow{Code::not_found, 404, "NOT_FOUND"},
    CodeRow{Code::conflict, 409, "CONFLICT"},
    CodeRow{Code::too_large, 413, "TOO_LARGE"},
    CodeRow{Code::unsupported_media, 415, "UNSUPPORTED_MEDIA_TYPE"},
    CodeRow{Code::too_many, 429, "TOO_MANY_REQUESTS"},
    CodeRow{Code::unavailable, 503, "UNAVAILABLE"},
    CodeRow{Code::internal, 500, "INTERNAL"},
};

constexpr const CodeRow& row(Code code) { return kCodes[static_cast<std::size_t>(code)]; }
static_assert([] {
    for (std::size_t i = 0; i < kCodes.size(); ++i)
        if (static_cast<std::size_t>(kCodes[i].code) != i) return false;
    return true;
}());

}  // namespace

int http_status(Code code) { return row(code).status; }
std::string_view code_word(Code code) { return row(code).word; }

Error::Error(Code code, std::string for_user, std::string for_log, std::source_location where)
    : code_(code), for_user_(std::move(for_user)), for_log_(std::move(for_log)), where_(where) {
    what_ = for_user_;
    if (!for_log_.empty()) what_ += " [" + for_log_ + "]";
}

}  // namespace desk
