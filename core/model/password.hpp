// What a password must be. No rules of composition: length, and nothing that everybody tries first.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace desk {

inline constexpr std::size_t kShortestPassword = 12;  ///< characters (of UTF-8)
inline constexpr std::size_t kLongestPassword = 256;  ///< bytes; more is work for nothing

/// Why `password` can't be the one of `username`, as a sentence with the way out; nothing when it can.
std::optional<std::string> password_fault(std::string_view password, std::string_view username);

}  // namespace desk
