// The geometry of the chart of costs.
#include "cgi/views/month_bars.hpp"

#include <gtest/gtest.h>

namespace desk::views {
namespace {

Usage usage(int accrued, int projected) {
    return {.accrued = Money::dollars(accrued), .projected = Money::dollars(projected)};
}

TEST(MonthBars, StackWhatIsToComeOnWhatWasSpent) {
    const auto chart = MonthBars::of({"Oct 2026", "Nov 2026"}, {usage(100, 0), usage(50, 25)}, std::nullopt);

    ASSERT_EQ(chart.bars.size(), 2U);
    EXPECT_EQ(chart.top, "$100");
    EXPECT_EQ(chart.bars[0].accrued_y, 0);
    EXPECT_EQ(chart.bars[0].accrued_height, MonthBars::kHeight);
    EXPECT_EQ(chart.bars[0].projected_height, 0);
    const auto& second = chart.bars[1];
    EXPECT_EQ(second.accrued_height, MonthBars::kHeight / 2);
    EXPECT_EQ(second.projected_y + second.projected_height, second.accrued_y) << "no gap between the two";
    EXPECT_EQ(second.projected_height, MonthBars::kHeight / 4);
    EXPECT_GE(second.x, MonthBars::kSlot);
    EXPECT_LE(second.x + second.width, 2 * MonthBars::kSlot);
}

TEST(MonthBars, StayInsideTheDrawing) {
    for (const int dollars : {0, 1, 3, 7, 99, 101, 12'345, 999'999})
        for (const int more : {0, 1, 250'000}) {
            const auto chart = MonthBars::of({"Nov 2026"}, {usage(dollars, more)}, std::nullopt);
            const auto& bar = chart.bars.at(0);
            EXPECT_GE(bar.projected_y, 0) << dollars << '+' << more;
            EXPECT_EQ(bar.accrued_y + bar.accrued_height, MonthBars::kHeight) << dollars << '+' << more;
        }
}

TEST(MonthBars, ShowEveryAmountOverNothing) {
    const auto chart = MonthBars::of({"Oct 2026", "Nov 2026"}, {usage(100'000, 0), usage(1, 0)}, std::nullopt);

    EXPECT_EQ(chart.bars[1].accrued_height, 1);
    EXPECT_EQ(chart.bars[1].words, "Nov 2026: $1.00 spent, $0.00 still to come");
}

TEST(MonthBars, MakeRoomForTheBudget) {
    const auto chart = MonthBars::of({"Nov 2026"}, {usage(10, 0)}, Money::dollars(200));

    EXPECT_EQ(chart.top, "$200");
    EXPECT_EQ(chart.budget_y, 0);
    EXPECT_EQ(chart.budget, "$200");
    EXPECT_EQ(chart.bars[0].accrued_height, MonthBars::kHeight / 20);
}

TEST(MonthBars, AreFlatWhereNothingWasSpent) {
    const auto chart = MonthBars::of({"Nov 2026"}, {usage(0, 0)}, std::nullopt);

    EXPECT_EQ(chart.bars[0].accrued_height, 0);
    EXPECT_FALSE(chart.budget_y);
}

TEST(ShortAmount, LeavesTheCentsOfLargeSumsAway) {
    EXPECT_EQ(short_amount(Money::dollars(99)), "$99.00");
    EXPECT_EQ(short_amount({1'234'567'890}), "$1,235");
}

}  // namespace
}  // namespace desk::views
