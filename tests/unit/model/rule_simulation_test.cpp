// What another approval rule would have decided.
#include "core/model/rule_simulation.hpp"

#include <gtest/gtest.h>

namespace desk {
namespace {

DecidedOrder order(int ttl_hours, int approvals_needed, RequestState state = RequestState::APPROVED) {
    return {.request = RequestId::make(),
            .name = "blue",
            .team = "demo",
            .ttl_hours = ttl_hours,
            .cost = Money::dollars(ttl_hours * 2),
            .rule = approvals_needed == 0 ? "auto-approve:ttl<=8h" : "approvals:1",
            .approvals_needed = approvals_needed,
            .state = state};
}
Approval up_to(int ttl_hours) { return {.auto_approve = AutoApprove{.max_ttl_hours = ttl_hours}, .approvals = 1}; }

TEST(SimulateRule, TheSameRuleDecidesTheSame) {
    const auto found = simulate(up_to(8), "demo", {order(4, 0), order(8, 0), order(20, 1)});

    EXPECT_EQ(found.orders, 3);
    EXPECT_EQ(found.at_once_then, 2);
    EXPECT_EQ(found.at_once_now, 2);
    EXPECT_TRUE(found.differences.empty());
}

TEST(SimulateRule, AWiderRuleApprovesMoreAtOnceAndSaysWhatPeopleRejected) {
    const auto rejected = order(20, 1, RequestState::REJECTED);

    const auto found = simulate(up_to(24), "demo", {order(4, 0), rejected, order(24, 1), order(25, 1)});

    EXPECT_EQ(found.at_once_now, 3);
    EXPECT_EQ(found.rejected_then, 1);
    ASSERT_EQ(found.differences.size(), 2U);
    EXPECT_EQ(found.differences[0].order.request, rejected.request);
    EXPECT_EQ(found.differences[0].approvals_then, 1);
    EXPECT_EQ(found.differences[0].approvals_now, 0);
    EXPECT_EQ(found.differences[0].rule_now, "auto-approve:ttl<=24h");
}

TEST(SimulateRule, ANarrowerRuleSendsOrdersToPeople) {
    const auto found = simulate({.auto_approve = AutoApprove{.max_cost_to_expiry = Money::dollars(10)}, .approvals = 2},
                                "demo", {order(5, 0), order(6, 0)});

    ASSERT_EQ(found.differences.size(), 1U);
    EXPECT_EQ(found.differences[0].order.ttl_hours, 6);
    EXPECT_EQ(found.differences[0].approvals_now, 2);
}

TEST(SimulateRule, TeamsLimitWhoIsApprovedAtOnce) {
    auto stranger = order(4, 0);
    stranger.team = "other";

    const auto found =
        simulate({.auto_approve = AutoApprove{.teams = {"demo"}}, .approvals = 1}, "demo", {order(4, 0), stranger});

    ASSERT_EQ(found.differences.size(), 1U);
    EXPECT_EQ(found.differences[0].order.team, "other");
}

TEST(SimulateRule, WhatAQuotaDecidedStaysDecidedByIt) {
    auto over_the_line = order(4, 1);
    over_the_line.rule = "quota:team:clusters";

    const auto found = simulate({.auto_approve = {}, .approvals = 0}, "demo", {over_the_line});

    EXPECT_EQ(found.at_once_now, 0);
    EXPECT_TRUE(found.differences.empty());
}

}  // namespace
}  // namespace desk
