// Small text functions that the standard library lacks.
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace desk {

/// Text and whole numbers as they are, anything else by operator<<. A stream for each would be a twentieth of a page.
template <class Part>
void append_to(std::string& out, const Part& part) {
    if constexpr (std::is_same_v<Part, char>) {
        out.push_back(part);
    } else if constexpr (std::is_convertible_v<const Part&, std::string_view>) {
        out.append(std::string_view(part));
    } else if constexpr (std::is_integral_v<Part> && sizeof(Part) > 1) {
        std::array<char, 24> digits;
        out.append(digits.data(), std::to_chars(digits.begin(), digits.end(), part).ptr);
    } else {
        std::ostringstream stream;
        stream << part;
        out += std::move(stream).str();
    }
}

/// All arguments as one string.
template <class... Parts>
std::string cat(const Parts&... parts) {
    std::string out;
    (append_to(out, parts), ...);
    return out;
}

/// Without white space (space, tab, CR, LF) at both ends.
std::string_view trim(std::string_view text);

/// The parts between `separator`; empty parts are kept; "" gives one empty part.
std::vector<std::string_view> split(std::string_view text, char separator);

std::string join(const std::vector<std::string>& parts, std::string_view separator);

std::string lower(std::string_view text);

/// A whole decimal number with nothing around it, or nothing.
std::optional<std::int64_t> parse_int(std::string_view text);

std::string hex(std::string_view bytes);
std::optional<std::string> unhex(std::string_view text);

/// Standard base64 with padding / base64url without.
std::string base64(std::string_view bytes);
std::string base64url(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);  // reads both alphabets, padding optional

/// RFC 3986: everything but A-Za-z0-9-_.~ becomes %XX, upper-case hex.
std::string percent_encode(std::string_view text);
/// Decodes %XX, and '+' as a space when `form`; nothing if an escape is broken.
std::optional<std::string> percent_decode(std::string_view text, bool form = false);

bool is_utf8(std::string_view text);

/// The known word nearest to `word` (edit distance at most 3 and under half its length), or "".
std::string nearest(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace desk
