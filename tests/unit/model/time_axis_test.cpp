// The geometry of timelines.
#include "core/model/time_axis.hpp"

#include <gtest/gtest.h>

namespace desk {
namespace {

const Time kBegin = *parse_time("2026-11-21T08:00:00Z");

TEST(TimeAxis, PutsMomentsInProportion) {
    const TimeAxis axis(kBegin, kBegin + 10min, 1000);

    EXPECT_DOUBLE_EQ(axis.at(kBegin), 0);
    EXPECT_DOUBLE_EQ(axis.at(kBegin + 5min), 500);
    EXPECT_DOUBLE_EQ(axis.at(kBegin + 1h), 1000) << "what is outside lies at the end";
    EXPECT_DOUBLE_EQ(axis.at(kBegin - 1h), 0);
}

TEST(TimeAxis, DrawsWhatGoesOnToItsEnd) {
    const TimeAxis axis(kBegin, kBegin + 10min, 1000);

    const auto piece = axis.piece(kBegin + 4min, std::nullopt, 3);

    EXPECT_DOUBLE_EQ(piece.x, 400);
    EXPECT_DOUBLE_EQ(piece.width, 600);
}

TEST(TimeAxis, KeepsShortStretchesVisibleAndInside) {
    const TimeAxis axis(kBegin, kBegin + 10h, 1000);

    EXPECT_DOUBLE_EQ(axis.piece(kBegin, kBegin + 1s, 4).width, 4);
    const auto last = axis.piece(kBegin + 10h, std::nullopt, 4);
    EXPECT_DOUBLE_EQ(last.x + last.width, 1000);
}

TEST(TimeAxis, HasLengthEvenWhenNothingHasPassed) {
    const TimeAxis axis(kBegin, kBegin, 1000);

    EXPECT_DOUBLE_EQ(axis.at(kBegin), 0);
    EXPECT_LE(axis.piece(kBegin, kBegin, 4).width, 1000);
}

TEST(TimeAxis, TicksAtRoundMoments) {
    const auto minutes = TimeAxis(kBegin + 90s, kBegin + 7min, 1000).ticks(6);
    ASSERT_FALSE(minutes.empty());
    for (const auto tick : minutes) EXPECT_EQ(tick.time_since_epoch() % 60s, 0s);

    for (const auto length : {1s, 59s, 3600s, 86400s, 30 * 86400s, 3000 * 86400s}) {
        const auto ticks = TimeAxis(kBegin + 13s, kBegin + 13s + length, 1000).ticks(6);
        EXPECT_LE(ticks.size(), 6U) << length.count();
        for (const auto tick : ticks) {
            EXPECT_GE(tick, kBegin + 13s);
            EXPECT_LE(tick, kBegin + 13s + length);
        }
    }
}

}  // namespace
}  // namespace desk
