#include "core/model/lifetime.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"

namespace desk {

int Pace::hours_in(std::chrono::microseconds duration) const {
    const auto hour = std::chrono::microseconds{seconds{seconds_per_hour}}.count();
    if (duration.count() <= 0) return 0;
    return static_cast<int>((duration.count() + hour - 1) / hour);
}

std::vector<Time> warning_times(Time ready_at, Time destroy_at, int profile_warn_hours, Pace pace) {
    std::vector<int> hours = {24, 6, 1, profile_warn_hours};
    std::sort(hours.begin(), hours.end(), std::greater<>());
    hours.erase(std::unique(hours.begin(), hours.end()), hours.end());
    std::vector<Time> times;
    for (const int before : hours)
        if (const auto at = destroy_at - pace.wall(before); before > 0 && at > ready_at) times.push_back(at);
    return times;
}

std::optional<seconds> parse_duration(std::string_view text) {
    struct Unit {
        char letter;
        std::int64_t in_seconds;
    };
    constexpr std::array kUnits = {Unit{'h', 3600}, Unit{'m', 60}, Unit{'s', 1}};

    constexpr std::int64_t kMost = 30 * 86400;
    std::int64_t total = 0;
    for (const auto& unit : kUnits) {
        const auto end = text.find_first_not_of("0123456789");
        if (end == std::string_view::npos || text[end] != unit.letter) continue;
        const auto number = parse_int(text.substr(0, end));
        if (!number || *number > kMost) return std::nullopt;
        total += *number * unit.in_seconds;
        text.remove_prefix(end + 1);
    }
    if (!text.empty() || total <= 0 || total > kMost) return std::nullopt;
    return seconds{total};
}

}  // namespace desk
