// Money, costs, lifetimes and quotas.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/text.hpp"
#include "core/model/cost.hpp"
#include "core/model/lifetime.hpp"
#include "core/model/quota.hpp"

namespace desk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Time kNoon = *parse_time("2026-11-21T12:00:00Z");

TEST(Money, IsReadAndWrittenExactly) {
    for (const char* text : {"0", "2.5", "0.000001", "1234567.89", "-3.07", "1000000000"})
        EXPECT_EQ(Money::parse(text)->decimal(), text);
    EXPECT_EQ(Money::parse("2.50")->micros, 2'500'000);
    for (const char* text :
         {"", "-", ".5", "5.", "1,5", "1e3", "$1", "0.0000001", " 1", "1000000001", "99999999999999999999"})
        EXPECT_FALSE(Money::parse(text)) << text;
}

TEST(Money, IsShownInCents) {
    EXPECT_EQ(Money::parse("1234.565")->str(), "$1,234.57");
    EXPECT_EQ(Money::parse("1234567")->str(), "$1,234,567.00");
    EXPECT_EQ(Money::parse("-0.4")->str(), "-$0.40");
    EXPECT_EQ(Money::parse("-0.001")->str(), "$0.00");
    EXPECT_EQ(Money{}.str(), "$0.00");
}

TEST(CostOfAnHour, IsTheRate) {
    const Money rate = *Money::parse("0.7");
    EXPECT_EQ(cost_over(rate, 1h), rate);
    EXPECT_EQ(cost_over(rate, 30min), *Money::parse("0.35"));
    EXPECT_EQ(cost_over(rate, 0h), Money{});
    EXPECT_EQ(cost_over(Money::dollars(100), 8760h), Money::dollars(876000));
}

TEST(CostOfIntervals, AddsEachAtItsOwnRate) {
    const StateInterval intervals[] = {
        {kNoon - 50h, kNoon - 2h, Money::dollars(2)},
        {kNoon - 2h, kNoon - 1h, *Money::parse("0.2")},
        {kNoon - 1h, std::nullopt, Money::dollars(2)},
    };

    EXPECT_EQ(cost_of(intervals, kNoon), *Money::parse("98.2"));
    EXPECT_EQ(cost_of(intervals, kNoon + 1h), *Money::parse("100.2"));
}

TEST(CostOfIntervals, CountsNothingOutsideTheWindow) {
    const StateInterval intervals[] = {{kNoon - 10h, kNoon - 4h, Money::dollars(1)},
                                       {kNoon, std::nullopt, Money::dollars(1)}};

    EXPECT_EQ(cost_of(intervals, kNoon, kNoon - 5h), Money::dollars(1));
    EXPECT_EQ(cost_of(intervals, kNoon - 8h), Money::dollars(2));
    EXPECT_EQ(cost_of(intervals, kNoon - 3h, kNoon - 3h), Money{});
    EXPECT_EQ(cost_of({}, kNoon), Money{});
}

TEST(HourlyRate, IsPaidFromTheFirstCloudCallToTheProofOfDeletion) {
    const Rates rates{Money::dollars(10), Money::dollars(1)};
    for (const auto word : all_texts<ClusterStatus>()) {
        const auto status = *parse_enum<ClusterStatus>(word);
        const Money expected =
            status == ClusterStatus::HIBERNATED ? rates.hibernated
            : status == ClusterStatus::REQUESTED || status == ClusterStatus::PENDING || is_final(status)
                ? Money{}
                : rates.running;
        EXPECT_EQ(hourly_rate(status, rates), expected) << word;
    }
}

TEST(Pace, MakesAnHourOfADemoShort) {
    const Pace demo{10};
    EXPECT_EQ(demo.wall(6), 60s);
    EXPECT_EQ(destroy_time(kNoon, 24, demo), kNoon + 240s);
    EXPECT_EQ(destroy_time(kNoon, 24, Pace{}), kNoon + 24h);
    EXPECT_EQ(demo.hours_in(10s), 1);
    EXPECT_EQ(demo.hours_in(10s + 1us), 2);
    EXPECT_EQ(demo.hours_in(-10s), 0);
}

TEST(Warnings, GoOutBeforeTheEndButNotBeforeTheBeginning) {
    EXPECT_THAT(warning_times(kNoon, kNoon + 72h, 2, {}),
                ElementsAre(kNoon + 48h, kNoon + 66h, kNoon + 70h, kNoon + 71h));
    EXPECT_THAT(warning_times(kNoon, kNoon + 6h, 0, {}), ElementsAre(kNoon + 5h));
    EXPECT_THAT(warning_times(kNoon, kNoon + 1h, 24, {}), IsEmpty());
    EXPECT_THAT(warning_times(kNoon, kNoon + 20s, 1, Pace{10}), ElementsAre(kNoon + 10s));
}

TEST(Duration, IsHoursMinutesAndSecondsInThisOrder) {
    EXPECT_EQ(parse_duration("90m"), 90min);
    EXPECT_EQ(parse_duration("1h30m"), 90min);
    EXPECT_EQ(parse_duration("5400s"), 90min);
    for (const char* text : {"", "90", "m", "0m", "1m1h", "-5m", "1.5h", "1d", "5 m", "721h", "99999999999999999999h"})
        EXPECT_FALSE(parse_duration(text)) << text;
}

TEST(Quota, LetsPassWhatStaysWithinItsLines) {
    QuotaState state;
    state.team.vcpus = {.used = 30, .soft = 54, .hard = 66};
    state.user.clusters = {.used = 4, .soft = std::nullopt, .hard = 5};

    EXPECT_THAT(check_quota(state, {1, 24, {}}, "ada", "payments"), IsEmpty());
    EXPECT_THAT(check_quota({}, {1, 1000, Money::dollars(1'000'000)}, "ada", "payments"), IsEmpty());
}

TEST(Quota, TellsHardLinesFirstWithNumbersAndAWayOut) {
    QuotaState state;
    state.user.clusters = {.used = 5, .soft = 5, .hard = 7};
    state.team.vcpus = {.used = 30, .soft = std::nullopt, .hard = 50};
    state.team.month = {.used = Money::dollars(90), .soft = std::nullopt, .hard = Money::dollars(100)};

    const auto breaches = check_quota(state, {1, 24, Money::dollars(20)}, "ada", "payments");

    ASSERT_EQ(breaches.size(), 3U);
    EXPECT_EQ(breaches[0].rule, "quota:team:vcpus");
    EXPECT_THAT(breaches[0].explanation, HasSubstr("Team payments would use 54 of 50 vCPU."));
    EXPECT_EQ(breaches[1].rule, "quota:team:month");
    EXPECT_THAT(breaches[1].explanation, HasSubstr("$110.00 of $100.00"));
    EXPECT_EQ(breaches[2].rule, "quota-soft:user:clusters");
    EXPECT_FALSE(breaches[2].hard);
}

TEST(Vcpus, AreReadFromTheNameOfASize) {
    struct Case {
        const char* size;
        int vcpus;
    };
    for (const auto& [size, vcpus] :
         {Case{"m6i.large", 2}, Case{"m6i.xlarge", 4}, Case{"m6i.2xlarge", 8}, Case{"c7g.16xlarge", 64},
          Case{"m5zn.metal", 48}, Case{"m7i.metal-24xl", 96}, Case{"bx2-4x16", 4}, Case{"demo-8x32", 8}})
        EXPECT_EQ(vcpus_of(size), vcpus) << size;
    for (const char* size : {"", "m6i", "m6i.", "m6i.huge", "x.metal", "bx2-4", "bx2-x16", "large"})
        EXPECT_FALSE(vcpus_of(size)) << size;
}

}  // namespace
}  // namespace desk
