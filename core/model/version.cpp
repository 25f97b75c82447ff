#include "core/model/version.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace desk {
namespace {

std::optional<int> parse_number(std::string_view text) {
    if (text.empty() || text.size() > 6 || text.find_first_not_of("0123456789") != std::string_view::npos ||
        (text.size() > 1 && text.front() == '0'))
        return std::nullopt;
    return static_cast<int>(*parse_int(text));
}

bool is_pre_part(std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    });
}

/// semver 2.0, 11.4: numbers by value and before words; words by bytes.
std::strong_ordering compare_parts(std::string_view a, std::string_view b) {
    const auto x = parse_number(a);
    const auto y = parse_number(b);
    if (x && y) return *x <=> *y;
    if (x || y) return x ? std::strong_ordering::less : std::strong_ordering::greater;
    return a.compare(b) <=> 0;
}

}  // namespace

std::optional<Version> Version::parse(std::string_view text) {
    if (text.size() > 64) return std::nullopt;
    const auto dash = text.find('-');
    const auto numbers = split(text.substr(0, dash), '.');
    if (numbers.size() != 3) return std::nullopt;
    const auto major = parse_number(numbers[0]);
    const auto minor = parse_number(numbers[1]);
    const auto patch = parse_number(numbers[2]);
    if (!major || !minor || !patch) return std::nullopt;
    Version version{*major, *minor, *patch, {}};
    if (dash != std::string_view::npos) {
        version.pre = text.substr(dash + 1);
        const auto parts = split(version.pre, '.');
        if (!std::all_of(parts.begin(), parts.end(), is_pre_part)) return std::nullopt;
    }
    return version;
}

std::string Version::minor_str() const { return cat(major, '.', minor); }

std::string Version::str() const { return cat(major, '.', minor, '.', patch, pre.empty() ? "" : "-", pre); }

std::strong_ordering Version::operator<=>(const Version& other) const {
    if (const auto order = major <=> other.major; order != 0) return order;
    if (const auto order = minor <=> other.minor; order != 0) return order;
    if (const auto order = patch <=> other.patch; order != 0) return order;
    if (pre.empty() || other.pre.empty()) return pre.empty() <=> other.pre.empty();
    const auto mine = split(pre, '.');
    const auto theirs = split(other.pre, '.');
    for (std::size_t i = 0; i < std::min(mine.size(), theirs.size()); ++i)
        if (const auto order = compare_parts(mine[i], theirs[i]); order != 0) return order;
    return mine.size() <=> theirs.size();
}

}  // namespace desk
