// Another number of workers: what it comes to, and whether it may be.
#include "core/model/scaling.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/model/samples.hpp"

namespace desk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Asked two hours after it was ready, six before its end.
ScalingEvaluation scale(int now, int wanted, const EffectiveOrder& order = samples::running(),
                        const QuotaState& quota = {}) {
    return evaluate_scaling({wanted, now, samples::kReady + 2h, samples::kReady, samples::kReady + 8h}, order, quota);
}

TEST(ClusterSize, GivesEachMachineThePriceOfItsShare) {
    const auto order = samples::running();  // 3 times 4 vCPUs and 3 times 8 for $2.50

    EXPECT_EQ(size_with(order, 3), (Size{3, 36, order.rates}));
    EXPECT_EQ(size_with(order, 6).vcpus, 60);
    EXPECT_EQ(size_with(order, 6).rates.running, Money{2'500'000 * 60 / 36});
    EXPECT_EQ(size_with(order, 0).vcpus, 12);
}

TEST(Spread, IsEvenAndAlwaysTheSame) {
    EXPECT_THAT(spread(3, 3), ElementsAre(1, 1, 1));
    EXPECT_THAT(spread(5, 3), ElementsAre(2, 2, 1));
    EXPECT_THAT(spread(1, 3), ElementsAre(1, 0, 0));
    EXPECT_THAT(spread(0, 2), ElementsAre(0, 0));
    EXPECT_THAT(spread(4, 0), ElementsAre());
}

TEST(ScaleWorkers, IsFreeWhileTheWholeLifetimeKeepsTheRule) {
    const auto result = scale(3, 6);

    EXPECT_EQ(result.verdict.kind, VerdictKind::AUTO_APPROVED);
    EXPECT_EQ(result.after.vcpus, 60);
    EXPECT_EQ(result.cost, cost_over(result.after.rates.running, 6h) - cost_over(result.before.rates.running, 6h));
}

TEST(ScaleWorkers, NeedsApprovalWhereALifetimeLikeThatDoes) {
    const auto result =
        evaluate_scaling({4, 3, samples::kReady, samples::kReady, samples::kReady + 24h}, samples::running(), {});

    EXPECT_EQ(result.verdict.kind, VerdictKind::NEEDS_APPROVAL);
    EXPECT_THAT(result.verdict.approver_teams, ElementsAre("finance"));
}

TEST(ScaleWorkers, ToAsManyOrFewerIsAlwaysFree) {
    QuotaState full;
    full.team.vcpus = {.used = 100, .soft = std::nullopt, .hard = 100};

    const auto fewer =
        evaluate_scaling({2, 3, samples::kReady, samples::kReady, samples::kReady + 24h}, samples::running(), full);

    EXPECT_EQ(fewer.verdict.kind, VerdictKind::AUTO_APPROVED);
    EXPECT_LT(fewer.cost, Money{});
    EXPECT_EQ(scale(3, 3).verdict.kind, VerdictKind::AUTO_APPROVED);
}

TEST(ScaleWorkers, HoldsTheQuotaByWhatIsAdded) {
    QuotaState quota;
    quota.team.vcpus = {.used = 92, .soft = std::nullopt, .hard = 100};
    quota.user.clusters = {.used = 9, .soft = std::nullopt, .hard = 9};

    EXPECT_EQ(scale(3, 4, samples::running(), quota).verdict.kind, VerdictKind::AUTO_APPROVED);
    EXPECT_EQ(scale(3, 5, samples::running(), quota).verdict.rule, "quota:team:vcpus");
}

TEST(ScaleWorkers, KeepsTheLimitsOfTheProfile) {
    for (const int wanted : {1, 11, -1}) {
        const auto result = scale(3, wanted);
        EXPECT_EQ(result.verdict.kind, VerdictKind::REFUSED) << wanted;
        ASSERT_EQ(result.errors.size(), 1U);
        EXPECT_EQ(result.errors[0].field, "replicas");
        EXPECT_THAT(result.errors[0].error, HasSubstr("2 to 10"));
    }
}

TEST(ScaleWorkers, IsNotForClustersThatDoItThemselvesOrCant) {
    auto automatic = samples::running(), fixed = samples::running(), foreign = samples::running();
    automatic.workers.autoscaling = true;
    fixed.workers.min_replicas = 3;
    fixed.workers.max_replicas = std::nullopt;
    foreign.platform = Platform::none;

    EXPECT_THAT(scale(3, 4, automatic).verdict.explanation, HasSubstr("by themselves"));
    EXPECT_THAT(scale(3, 4, fixed).verdict.explanation, HasSubstr("always have 3 workers"));
    EXPECT_THAT(scale(3, 4, foreign).verdict.explanation, HasSubstr("not the desk's"));
}

}  // namespace
}  // namespace desk
