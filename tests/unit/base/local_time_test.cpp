// Times as people type them.
#include "core/base/local_time.hpp"

#include <gtest/gtest.h>

namespace desk {
namespace {

std::string utc(std::string_view text, std::string_view zone) {
    const auto time = from_local(text, zone);
    return time ? to_rfc3339(*time) : "nothing";
}

TEST(LocalTime, IsReadInTheZoneOfTheReader) {
    EXPECT_EQ(utc("2026-11-21T18:30", "Etc/UTC"), "2026-11-21T18:30:00Z");
    EXPECT_EQ(utc("2026-11-21T18:30", "Europe/Berlin"), "2026-11-21T17:30:00Z");
    EXPECT_EQ(utc("2026-07-21T18:30:05", "Europe/Berlin"), "2026-07-21T16:30:05Z");
    EXPECT_EQ(utc("2026-11-21T18:30", "no/zone"), "2026-11-21T18:30:00Z");
}

TEST(LocalTime, KnowsHoursThatComeTwiceOrNotAtAll) {
    EXPECT_EQ(utc("2026-10-25T02:30", "Europe/Berlin"), "2026-10-25T00:30:00Z") << "the first of the two";
    EXPECT_EQ(utc("2026-03-29T02:30", "Europe/Berlin"), "nothing");
}

TEST(LocalTime, IsNothingElse) {
    for (const char* text : {"", "tomorrow", "2026-11-21", "2026-11-21 18:30", "2026-13-01T00:00", "2026-11-21T18:30Z",
                             "2026-11-21T25:30", "2026-02-30T10:00"})
        EXPECT_EQ(utc(text, "Etc/UTC"), "nothing") << text;
}

TEST(LocalTime, FillsTheFieldItCameFrom) {
    EXPECT_EQ(to_field(*parse_time("2026-11-21T17:30:59Z"), "Europe/Berlin"), "2026-11-21T18:30");
}

}  // namespace
}  // namespace desk
