// Moments as text, in the desk's one format and in a reader's zone.
#include "core/base/time.hpp"

#include <gtest/gtest.h>

namespace desk {
namespace {

Time moment(std::string_view text) { return parse_time(text).value(); }

TEST(Moment, IsWrittenAsItIsRead) {
    for (const char* text : {"2026-11-21T08:30:00Z", "1969-12-31T23:59:59Z", "2000-02-29T00:00:00Z",
                             "0999-01-01T10:20:30Z", "9999-12-31T23:59:59Z"})
        EXPECT_EQ(to_rfc3339(moment(text)), text);
}

TEST(Moment, LosesItsFractionOfASecond) {
    EXPECT_EQ(to_rfc3339(moment("2026-11-21T08:30:59.999999Z")), "2026-11-21T08:30:59Z");
    EXPECT_EQ(to_rfc3339(moment("1969-12-31T23:59:59.5Z")), "1969-12-31T23:59:59Z");
}

TEST(LocalTime, FollowsTheZoneIntoSummerAndOverMidnight) {
    EXPECT_EQ(to_local(moment("2026-11-21T08:05:59Z"), "Europe/Prague"), "21 Nov 2026, 09:05 CET");
    EXPECT_EQ(to_local(moment("2026-07-01T22:30:00Z"), "Europe/Prague"), "02 Jul 2026, 00:30 CEST");
    EXPECT_EQ(to_local(moment("2026-01-01T03:00:00Z"), "America/New_York"), "31 Dec 2025, 22:00 EST");
    EXPECT_EQ(to_clock(moment("2026-01-01T03:04:05Z"), "America/New_York"), "22:04:05");
    EXPECT_EQ(to_clock(moment("2026-07-01T23:04:05Z"), "nowhere"), "23:04:05");
    EXPECT_EQ(to_local(moment("2026-03-01T00:00:00Z"), "Asia/Kolkata"), "01 Mar 2026, 05:30 IST");
}

TEST(LocalTime, IsUtcWhereTheZoneIsNotKnown) {
    EXPECT_EQ(to_local(moment("2026-11-21T08:05:00Z"), "Middle/Earth"), "21 Nov 2026, 08:05 UTC");
    EXPECT_EQ(to_local(moment("2026-11-21T08:05:00Z"), "Etc/UTC"), "21 Nov 2026, 08:05 UTC");
}

}  // namespace
}  // namespace desk
