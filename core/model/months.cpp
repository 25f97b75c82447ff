#include "core/model/months.hpp"

#include <array>

#include "core/base/text.hpp"

namespace desk {
namespace {

constexpr std::array<std::string_view, 12> kNames = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// "2026-11-21T00:00:00Z" of a text that begins with a day, by the one reader of times.
std::optional<Time> midnight(std::string_view day) {
    constexpr std::size_t kLength = 10;
    if (day.size() != kLength || day.front() != '2') return std::nullopt;
    return parse_time(cat(day, "T00:00:00Z"));
}

}  // namespace

std::optional<Month> parse_month(std::string_view text) {
    const auto first = midnight(cat(text, "-01"));
    return first ? std::optional(month_of(*first)) : std::nullopt;
}

std::string month_text(Month month) { return to_rfc3339(begin_of(month)).substr(0, 7); }

std::string month_words(Month month) {
    return cat(kNames[static_cast<unsigned>(month.month()) - 1], ' ', static_cast<int>(month.year()));
}

Month month_of(Time time) {
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time)};
    return day.year() / day.month();
}

Time begin_of(Month month) { return std::chrono::sys_days{month / 1}; }

std::optional<Time> parse_day(std::string_view text) { return midnight(text); }

std::vector<Time> cut_by_month(Time from, Time to) {
    std::vector<Time> bounds = {from};
    for (auto month = month_of(from) + std::chrono::months{1}; begin_of(month) < to; month += std::chrono::months{1})
        bounds.push_back(begin_of(month));
    bounds.push_back(to);
    return bounds;
}

}  // namespace desk
