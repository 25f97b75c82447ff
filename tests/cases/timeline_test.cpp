// The times below the drawing of a cluster's life.
#include "cgi/views/timeline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace desk::views {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> ticks_after(seconds length) {
    const Time begin = *parse_time("2026-11-21T15:52:05Z");
    const auto line = Timeline::of({{.status = ClusterStatus::CREATING, .from = begin, .to = {}, .hourly = {}}}, {},
                                   ClusterStatus::CREATING, Reader{.now = begin + length});
    std::vector<std::string> words;
    for (const auto& tick : line.ticks) words.push_back(tick.words);
    return words;
}

TEST(TimelineOfACluster, CountsTheSecondsOfAShortLife) {
    EXPECT_THAT(ticks_after(40s), ElementsAre("15:52:10", "15:52:20", "15:52:30", "15:52:40"));
}

TEST(TimelineOfACluster, SaysMinutesAndDaysOfALongOne) {
    EXPECT_THAT(ticks_after(3min), ElementsAre("15:53", "15:54", "15:55"));
    EXPECT_THAT(ticks_after(std::chrono::hours(24 * 4)), ElementsAre("22 Nov", "23 Nov", "24 Nov", "25 Nov"));
}

}  // namespace
}  // namespace desk::views
