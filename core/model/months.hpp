// Calendar months, in UTC: what costs are counted and budgets are set by.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"

namespace desk {

using Month = std::chrono::year_month;

/// "2026-11"; nothing if it is not a month of the years 2000 to 2999.
std::optional<Month> parse_month(std::string_view text);
/// "2026-11".
std::string month_text(Month month);
/// "Nov 2026".
std::string month_words(Month month);

Month month_of(Time time);
/// Its first moment.
Time begin_of(Month month);

/// "2026-11-21", the first moment of that day; nothing if there is no such day in the years 2000 to 2999.
std::optional<Time> parse_day(std::string_view text);

/// From `from` to `to` in parts that never cross the end of a month: {from, first of a month..., to}. Two or more;
/// `from` must be before `to`.
std::vector<Time> cut_by_month(Time from, Time to);

}  // namespace desk
