// Money, and the one function from state intervals to money. Amounts are integers: a sum never depends on its order.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/time.hpp"
#include "core/model/cluster.hpp"

namespace desk {

/// US dollars, in millionths.
struct Money {
    std::int64_t micros = 0;

    /// A plain decimal of at most six places ("2.50", "0.0005", "-3"), exactly; nothing if it is not one or does not
    /// fit.
    static std::optional<Money> parse(std::string_view text);
    static constexpr Money dollars(std::int64_t whole) { return {whole * 1'000'000}; }

    /// "$1,234.57", "-$0.40": rounded half away from zero to cents.
    std::string str() const;
    /// "1234.5678": the shortest decimal that parse() reads back as this amount. For JSON, CSV and SQL numeric.
    std::string decimal() const;

    constexpr auto operator<=>(const Money&) const = default;
    constexpr Money& operator+=(Money other) { return micros += other.micros, *this; }
    constexpr Money& operator-=(Money other) { return micros -= other.micros, *this; }
    friend constexpr Money operator+(Money a, Money b) { return a += b; }
    friend constexpr Money operator-(Money a, Money b) { return a -= b; }
    friend constexpr Money operator*(Money a, std::int64_t times) { return {a.micros * times}; }
};

/// What an hour costs. Stored with the order, so that a profile's later price does not change a running cluster's.
struct Rates {
    Money running;
    Money hibernated;

    bool operator==(const Rates&) const = default;
};

/// Hours of a month, as cloud price lists count them (365 * 24 / 12).
inline constexpr int kHoursPerMonth = 730;

/// What an hourly rate costs over `duration`; rounded half up to a millionth.
Money cost_over(Money hourly, std::chrono::microseconds duration);

/// The hourly rate of a cluster in `status`: nothing before CREATING and in the end states (ABANDONED is what an admin
/// pays for elsewhere), `hibernated` while HIBERNATED, else `running`.
Money hourly_rate(ClusterStatus status, const Rates& rates);

/// A stretch of time at one rate; no end = it still goes on.
struct StateInterval {
    Time from = {};
    std::optional<Time> to = {};
    Money hourly = {};
};

/// The money of all intervals up to `now`, and from `since` on when given: what lies outside is cut off.
Money cost_of(std::span<const StateInterval> intervals, Time now, std::optional<Time> since = std::nullopt);

}  // namespace desk
