// Time as values. The database is the only clock (docs/architecture.md): nothing here asks what time it is.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace desk {

using namespace std::chrono_literals;  // NOLINT: durations are written 30s, 5min everywhere

/// A moment, UTC, microseconds (the resolution of timestamptz).
using Time = std::chrono::sys_time<std::chrono::microseconds>;
using std::chrono::seconds;

/// "2026-11-21T08:30:00Z"; whole seconds.
std::string to_rfc3339(Time time);

/// Reads RFC 3339 with Z or offset and PostgreSQL's ISO text ("2026-11-21 08:30:00.5+00"); nothing if it is neither.
std::optional<Time> parse_time(std::string_view text);

/// "21 Nov 2026, 09:30 CET" in `zone` (an IANA name); UTC when the zone is not known.
std::string to_local(Time time, std::string_view zone);
/// "09:30:12" in `zone`.
std::string to_clock(Time time, std::string_view zone);

bool is_time_zone(std::string_view zone);

/// "45 s", "12 min", "3 h 20 min", "2 d 4 h"; the sign is dropped.
std::string to_words(seconds duration);

/// "12 min ago" or "in 12 min"; "now" within 5 s.
std::string relative(Time time, Time now);

}  // namespace desk
