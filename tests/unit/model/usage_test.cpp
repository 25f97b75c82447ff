// Costs over months: what was spent, what is to come, by whom.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/model/months.hpp"
#include "core/model/usage.hpp"

namespace desk {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::Field;

Time at(std::string_view text) { return *parse_time(text); }
const Time kNow = at("2026-11-21T12:00:00Z");
const Rates kRates{.running = Money::dollars(2), .hibernated = {500'000}};

Stay stay(const std::string& cluster, const std::string& team, StateInterval interval) {
    return {.cluster = cluster, .name = "name of " + cluster, .team = team, .owner = "ann", .interval = interval};
}

TEST(Months, AreReadAndWritten) {
    EXPECT_EQ(month_text(*parse_month("2026-02")), "2026-02");
    EXPECT_EQ(month_words(*parse_month("2026-02")), "Feb 2026");
    EXPECT_EQ(month_of(kNow), *parse_month("2026-11"));
    EXPECT_EQ(begin_of(*parse_month("2026-11")), at("2026-11-01T00:00:00Z"));
    for (const char* text :
         {"", "2026", "2026-13", "2026-00", "2026-1", "2026-011", "0026-01", "2026-11-01", "x026-11"})
        EXPECT_FALSE(parse_month(text)) << text;
}

TEST(Months, KnowTheirDays) {
    EXPECT_EQ(parse_day("2024-02-29"), at("2024-02-29T00:00:00Z"));
    for (const char* text : {"", "2026-02-29", "2026-11-31", "2026-11-1", "2026-11", "2026-11-21T00"})
        EXPECT_FALSE(parse_day(text)) << text;
}

TEST(Months, CutAPeriodWhereTheyBegin) {
    EXPECT_THAT(cut_by_month(at("2025-12-31T00:00:00Z"), at("2026-02-01T00:00:00Z")),
                ElementsAre(at("2025-12-31T00:00:00Z"), at("2026-01-01T00:00:00Z"), at("2026-02-01T00:00:00Z")));
    EXPECT_THAT(cut_by_month(at("2026-11-01T00:00:00Z"), at("2026-11-02T00:00:00Z")),
                ElementsAre(at("2026-11-01T00:00:00Z"), at("2026-11-02T00:00:00Z")));
}

TEST(Outlook, GoesToTheEndAtTheRateOfTheState) {
    const Time end = kNow + hours(10);

    const auto ready = outlook(ClusterStatus::READY, kRates, hours(24), end, kNow);
    const auto asleep = outlook(ClusterStatus::HIBERNATED, kRates, hours(24), end, kNow);

    ASSERT_TRUE(ready && asleep);
    EXPECT_EQ(cost_of(std::span(&*ready, 1), end), Money::dollars(20));
    EXPECT_EQ(cost_of(std::span(&*asleep, 1), end), Money::dollars(5));
}

TEST(Outlook, OfWhatIsNotReadyYetIsItsWholeLife) {
    for (const auto status : {ClusterStatus::PENDING, ClusterStatus::CREATING}) {
        const auto coming = outlook(status, kRates, hours(24), std::nullopt, kNow);
        ASSERT_TRUE(coming) << text(status);
        EXPECT_EQ(coming->to, kNow + hours(24));
        EXPECT_EQ(coming->hourly, kRates.running);
    }
}

TEST(Outlook, IsNothingForWhatEndsWaitsOrHasFailed) {
    using enum ClusterStatus;
    for (const auto status : {REQUESTED, FAILED, DESTROYING, DESTROY_VERIFYING, DESTROY_FAILED, DESTROYED, ABANDONED})
        EXPECT_FALSE(outlook(status, kRates, hours(24), kNow + hours(1), kNow)) << text(status);
    EXPECT_FALSE(outlook(READY, kRates, hours(24), kNow - hours(1), kNow)) << "its end is over";
}

TEST(Usage, IsCutWhereMonthsBeginAndAddsUpToTheWhole) {
    // a rate and moments that no part of which is round
    const StateInterval odd{at("2026-09-30T23:59:59.123457Z"), at("2026-11-01T00:00:00.777777Z"), {1'234'567}};
    const Stay one = stay("clu_1", "red", odd);
    const auto bounds = cut_by_month(at("2026-09-01T00:00:00Z"), at("2026-12-01T00:00:00Z"));

    const auto report = report_usage(std::span(&one, 1), UsageKey::team, {}, bounds, kNow);

    ASSERT_EQ(report.periods.size(), 3U);
    EXPECT_GT(report.periods[0].accrued, Money{});
    EXPECT_GT(report.periods[2].accrued, Money{});
    EXPECT_EQ(report.periods[0].accrued + report.periods[1].accrued + report.periods[2].accrued,
              cost_of(std::span(&odd, 1), kNow));
    EXPECT_EQ(report.total.accrued, cost_of(std::span(&odd, 1), kNow));
    EXPECT_EQ(report.total.time, *odd.to - odd.from);
}

TEST(Usage, TellsWhatWasSpentFromWhatIsToCome) {
    Stay running = stay("clu_1", "red", {kNow - hours(2), std::nullopt, Money::dollars(2)});
    running.outlook = outlook(ClusterStatus::READY, kRates, hours(24), kNow + hours(3), kNow);
    const auto bounds = cut_by_month(at("2026-11-01T00:00:00Z"), at("2026-12-01T00:00:00Z"));

    const auto report = report_usage(std::span(&running, 1), UsageKey::team, {}, bounds, kNow);

    EXPECT_EQ(report.total.accrued, Money::dollars(4));
    EXPECT_EQ(report.total.projected, Money::dollars(6));
    EXPECT_EQ(report.total.time, hours(2));
}

TEST(Usage, CountsTheHoursOfADemoAsTheDeskDoes) {
    Stay quick = stay("clu_1", "red", {kNow - seconds(90), std::nullopt, Money::dollars(120)});
    quick.pace = {.seconds_per_hour = 60};
    const auto bounds = cut_by_month(at("2026-11-01T00:00:00Z"), at("2026-12-01T00:00:00Z"));

    const auto report = report_usage(std::span(&quick, 1), UsageKey::team, {}, bounds, kNow);

    EXPECT_EQ(report.total.accrued, Money::dollars(3));
    EXPECT_EQ(report.total.time, std::chrono::minutes(90));
}

TEST(Usage, ProjectsIntoTheMonthThatItFallsIn) {
    Stay running = stay("clu_1", "red", {kNow - hours(2), std::nullopt, Money::dollars(1)});
    running.outlook = StateInterval{kNow, at("2026-12-02T00:00:00Z"), Money::dollars(1)};
    const auto bounds = cut_by_month(at("2026-11-01T00:00:00Z"), at("2027-01-01T00:00:00Z"));

    const auto report = report_usage(std::span(&running, 1), UsageKey::team, {}, bounds, kNow);

    EXPECT_EQ(report.periods[1].accrued, Money{});
    EXPECT_EQ(report.periods[1].projected, Money::dollars(24));
}

TEST(Usage, KeepsTheHibernatedPartApart) {
    Stay asleep = stay("clu_1", "red", {kNow - hours(4), kNow - hours(2), {500'000}});
    asleep.hibernated = true;
    const std::vector<Stay> stays = {stay("clu_1", "red", {kNow - hours(6), kNow - hours(4), Money::dollars(2)}),
                                     asleep};
    const std::vector<Time> day = {kNow - hours(24), kNow};

    const auto report = report_usage(stays, UsageKey::cluster, {}, day, kNow);

    EXPECT_EQ(report.total.accrued, Money::dollars(5));
    EXPECT_EQ(report.total.asleep, Money::dollars(1));
    EXPECT_EQ(report.groups.at(0).clusters, 1);
    EXPECT_EQ(report.groups.at(0).label, "name of clu_1");
}

TEST(Usage, GroupsAddUpToTheTotalWhateverTheyAreOf) {
    std::vector<Stay> stays;
    for (int i = 0; i < 100; ++i) {
        auto one = stay("clu_" + std::to_string(i), i % 3 == 0 ? "red" : "blue",
                        {kNow - hours(i * 17), kNow - std::chrono::seconds(i * 1001), {1'000'003 + i * 7}});
        one.profile = i % 7 == 0 ? "small" : "large";
        stays.push_back(one);
    }
    const auto bounds = cut_by_month(at("2026-08-01T00:00:00Z"), at("2026-12-01T00:00:00Z"));
    Money whole;
    for (const auto& one : stays) whole += cost_of(std::span(&one.interval, 1), kNow);

    for (const auto word : all_texts<UsageKey>()) {
        const auto report = report_usage(stays, *parse_enum<UsageKey>(word), {}, bounds, kNow);
        Money groups, periods;
        for (const auto& group : report.groups) groups += group.total.accrued;
        for (const auto& period : report.periods) periods += period.accrued;
        EXPECT_EQ(report.total.accrued, whole) << word;
        EXPECT_EQ(groups, whole) << word;
        EXPECT_EQ(periods, whole) << word;
    }
}

TEST(Usage, CountsOnlyWhatFitsTheFilter) {
    const std::vector<Stay> stays = {stay("clu_1", "red", {kNow - hours(2), kNow, Money::dollars(1)}),
                                     stay("clu_2", "blue", {kNow - hours(3), kNow, Money::dollars(1)})};
    const std::vector<Time> day = {kNow - hours(24), kNow};

    const auto all = report_usage(stays, UsageKey::team, {}, day, kNow);
    const auto red =
        report_usage(stays, UsageKey::cluster, {{UsageKey::team, "red"}, {UsageKey::owner, "ann"}}, day, kNow);

    EXPECT_THAT(all.groups, ElementsAre(Field(&UsageGroup::key, "blue"), Field(&UsageGroup::key, "red")));
    EXPECT_EQ(red.total.accrued, Money::dollars(2));
    EXPECT_EQ(red.clusters, 1);
}

TEST(Usage, LeavesOutWhatLiesOutside) {
    const Stay old = stay("clu_1", "red", {kNow - hours(90), kNow - hours(80), Money::dollars(1)});
    const std::vector<Time> day = {kNow - hours(24), kNow};

    const auto report = report_usage(std::span(&old, 1), UsageKey::team, {}, day, kNow);

    EXPECT_TRUE(report.groups.empty());
    EXPECT_EQ(report.clusters, 0);
}

TEST(Budget, IsPassedByWhatIsSpentAndWillBeByWhatIsToCome) {
    const auto month = [](int accrued, int projected) {
        return Usage{.accrued = Money::dollars(accrued), .projected = Money::dollars(projected)};
    };

    EXPECT_EQ(standing(month(60, 40), Money::dollars(100)), BudgetStanding::WITHIN);
    EXPECT_EQ(standing(month(60, 41), Money::dollars(100)), BudgetStanding::WILL_PASS);
    EXPECT_EQ(standing(month(101, 0), Money::dollars(100)), BudgetStanding::PASSED);
}

}  // namespace
}  // namespace desk
