#include "core/model/cost.hpp"

#include <algorithm>
#include <cstdlib>

#include "core/base/text.hpp"

namespace desk {
namespace {

constexpr std::int64_t kMicros = 1'000'000;
constexpr std::int64_t kMostDollars = 1'000'000'000;
constexpr std::size_t kPlaces = 6;

__extension__ using Wide = __int128;  // a rate times a year of microseconds does not fit 64 bits

}  // namespace

std::optional<Money> Money::parse(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const auto point = text.find('.');
    const auto whole = text.substr(0, point);
    std::string fraction(point == std::string_view::npos ? "" : text.substr(point + 1));
    const auto digits = [](std::string_view part) {
        return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
    };
    if (!digits(whole) || (point != std::string_view::npos && !digits(fraction)) || fraction.size() > kPlaces)
        return std::nullopt;
    fraction.resize(kPlaces, '0');
    const auto dollars = parse_int(whole);
    if (!dollars || *dollars > kMostDollars) return std::nullopt;
    const std::int64_t micros = *dollars * kMicros + *parse_int(fraction);
    return Money{negative ? -micros : micros};
}

std::string Money::str() const {
    constexpr std::int64_t kMicrosPerCent = kMicros / 100;
    const std::int64_t cents = (std::abs(micros) + kMicrosPerCent / 2) / kMicrosPerCent;
    std::string whole = std::to_string(cents / 100);
    for (auto at = static_cast<std::ptrdiff_t>(whole.size()) - 3; at > 0; at -= 3)
        whole.insert(static_cast<std::size_t>(at), 1, ',');
    const std::string fraction = std::to_string(100 + cents % 100).substr(1);
    return cat(micros < 0 && cents > 0 ? "-$" : "$", whole, '.', fraction);
}

std::string Money::decimal() const {
    const std::int64_t size = std::abs(micros);
    std::string out = cat(micros < 0 ? "-" : "", size / kMicros);
    std::string fraction = std::to_string(kMicros + size % kMicros).substr(1);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return fraction.empty() ? out : cat(out, '.', fraction);
}

Money cost_over(Money hourly, std::chrono::microseconds duration) {
    constexpr Wide kHour = std::chrono::microseconds{std::chrono::hours{1}}.count();
    const Wide product = static_cast<Wide>(hourly.micros) * duration.count();
    const Wide rounded = product >= 0 ? (product + kHour / 2) / kHour : -((-product + kHour / 2) / kHour);
    return {static_cast<std::int64_t>(rounded)};
}

Money hourly_rate(ClusterStatus status, const Rates& rates) {
    if (!may_exist(status)) return {};
    return status == ClusterStatus::HIBERNATED ? rates.hibernated : rates.running;
}

Money cost_of(std::span<const StateInterval> intervals, Time now, std::optional<Time> since) {
    Money total;
    for (const auto& interval : intervals) {
        const Time from = since ? std::max(interval.from, *since) : interval.from;
        const Time to = interval.to ? std::min(*interval.to, now) : now;
        if (from < to) total += cost_over(interval.hourly, to - from);
    }
    return total;
}

}  // namespace desk
