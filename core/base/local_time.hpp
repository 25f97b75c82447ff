// What people type as a time: in a time zone of theirs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.hpp"

namespace desk {

/// Reads what a browser's field for date and time gives, "2026-11-21T18:30" (seconds allowed), as a time in `zone` (an
/// IANA name). Of an hour that comes twice it is the first; nothing for one that is left out, or for another text.
std::optional<Time> from_local(std::string_view text, std::string_view zone);

/// The same the other way: "2026-11-21T18:30", cut to the minute. UTC when the zone is not known.
std::string to_field(Time time, std::string_view zone);

}  // namespace desk
