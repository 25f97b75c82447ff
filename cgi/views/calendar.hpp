// The deadlines of a person as events of a calendar.
#pragma once

#include <string>
#include <vector>

#include "core/model/ical.hpp"
#include "core/store/calendar_feeds.hpp"
#include "core/store/requests.hpp"

namespace desk::views {

/// The end of each cluster and every warning before it; when each request lapses: own ones (`mine`), and those that
/// wait for the reader (`to_decide`). `public_url` is where people reach the desk; it stands behind the "@" of every
/// UID.
std::vector<CalendarEvent> calendar_events(const std::vector<calendar::Deadline>& deadlines,
                                           const std::vector<requests::Request>& mine,
                                           const std::vector<requests::Request>& to_decide,
                                           const std::string& public_url);

}  // namespace desk::views
