#include "core/model/password.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"

namespace desk {
namespace {

/// What the guessing programs begin with and what a hurried person types here, at 12 characters and more. Compared in
/// lower case.
constexpr std::array<std::string_view, 24> kCommon = {
    "123456789012",    "1234567890123",  "12345678901234",   "123123123123",
    "1q2w3e4r5t6y",    "1qaz2wsx3edc",   "abcdefghijkl",     "administrator",
    "adminadminadmin", "changemeplease", "clusterdesk123",   "correcthorsebatterystaple",
    "iloveyou1234",    "letmeinletmein", "openshift123",     "openshift1234",
    "password1234",    "password12345",  "passwordpassword", "qwertyuiop12",
    "qwertyuiopas",    "qwertyqwerty",   "redhat123456",     "welcome12345"};

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(
        utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

std::optional<std::string> password_fault(std::string_view password, std::string_view username) {
    if (characters(password) < kShortestPassword)
        return cat("A password has at least ", kShortestPassword, " characters. Some words in a row are easy to keep.");
    if (password.size() > kLongestPassword) return cat("A password has at most ", kLongestPassword, " characters.");
    if (!is_utf8(password) || password.find('\0') != std::string_view::npos)
        return "A password is text; this has bytes in it that are none.";

    const std::string plain = lower(password);
    if (!username.empty() && plain.find(lower(username)) != std::string::npos && plain.size() < 2 * username.size() + 8)
        return "This is little more than your name. Choose something that others can't guess.";
    if (std::all_of(plain.begin(), plain.end(), [&](char c) { return c == plain.front(); }))
        return "This is one character again and again. Choose something that others can't guess.";
    if (std::find(kCommon.begin(), kCommon.end(), plain) != kCommon.end())
        return "This is one of the passwords that everybody tries first. Choose another one.";
    return std::nullopt;
}

}  // namespace desk
