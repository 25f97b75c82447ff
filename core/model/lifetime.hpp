// How long a cluster lives: hours of the desk and of the wall, deadlines, warnings, and the cap of the profile.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"

namespace desk {

/// The longest lifetime that may be asked for at once, in hours (30 days).
inline constexpr int kMaxTtlHours = 720;

/// How long one hour of a lifetime takes on the wall: 3600 s, or less where a demo profile says so.
struct Pace {
    int seconds_per_hour = 3600;

    seconds wall(int hours) const { return seconds{std::int64_t{hours} * seconds_per_hour}; }
    /// Whole hours of the desk that `duration` of the wall has begun (rounded up; negative durations give 0).
    int hours_in(std::chrono::microseconds duration) const;
    /// `duration` of the wall as the desk counts it: 3600 s to its hour.
    std::chrono::microseconds counted(std::chrono::microseconds duration) const {
        return duration * 3600 / seconds_per_hour;
    }

    bool operator==(const Pace&) const = default;
};

/// When a cluster that became READY at `ready_at` is destroyed.
inline Time destroy_time(Time ready_at, int ttl_hours, Pace pace) { return ready_at + pace.wall(ttl_hours); }

/// When its owner is warned, earliest first: 24 h, 6 h and 1 h before `destroy_at` and at the profile's own distance
/// (0 = none), but never before `ready_at`.
std::vector<Time> warning_times(Time ready_at, Time destroy_at, int profile_warn_hours, Pace pace);

/// The latest moment that extensions can reach: `max_ttl_hours` after the first READY.
inline Time lifetime_cap(Time first_ready_at, int max_ttl_hours, Pace pace) {
    return first_ready_at + pace.wall(max_ttl_hours);
}

/// Reads "90m", "2h", "1h30m", "45s"; nothing if it is not a positive duration of that form.
std::optional<seconds> parse_duration(std::string_view text);

}  // namespace desk
