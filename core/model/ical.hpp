// Calendars as RFC 5545 wants them: UTC, escaped, folded.
#pragma once

#include <span>
#include <string>

#include "core/base/time.hpp"

namespace desk {

/// A moment that somebody wants to see coming.
struct CalendarEvent {
    std::string uid = {};  ///< the same as long as it is the same deadline
    int sequence = 0;      ///< grows whenever the deadline moves
    Time stamp = {};       ///< when it became what it is
    Time at = {};
    std::string summary = {}, description = {}, url = {};
};

/// The whole file: a VCALENDAR with one VEVENT for each event, lines of at most 75 bytes that end in CR LF. Clients are
/// asked to look again after an hour.
std::string to_ical(const std::string& name, std::span<const CalendarEvent> events);

}  // namespace desk
