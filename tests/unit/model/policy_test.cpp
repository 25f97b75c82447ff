// What may be ordered, by whom, at which price, and who decides.
#include "core/model/policy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/text.hpp"
#include "tests/unit/model/samples.hpp"

namespace desk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Evaluates the sample order after `change`, under no quota.
template <class Change>
Evaluation evaluate_with(Change change, const Profile& profile = samples::profile(), const QuotaState& quota = {}) {
    Order order = samples::order(profile);
    change(order);
    return evaluate(order, &profile, quota, samples::requester());
}
Evaluation evaluate_sample(const QuotaState& quota = {}) {
    return evaluate_with([](Order&) {}, samples::profile(), quota);
}

/// The one error of `field`, or "" when there is none.
std::string error_of(const Evaluation& evaluation, std::string_view field) {
    for (const auto& error : evaluation.errors)
        if (error.field == field) return error.error;
    return "";
}

TEST(EvaluateOrder, ResolvesEveryValue) {
    const auto result = evaluate_with([](Order& order) {
        order.extra_tags = {{"Purpose", "talk"}, {"Project", "x"}};
        order.offhours_opt_in = true;
        order.failure = DemoFailure::INFRA;
    });

    ASSERT_THAT(result.errors, IsEmpty());
    const EffectiveOrder& order = *result.order;
    EXPECT_EQ(order.owner, "ada");
    EXPECT_EQ(order.environment, "lab");
    EXPECT_EQ(order.tags, (Tags{{"Purpose", "talk"}, {"Project", "x"}}));
    EXPECT_EQ(order.max_ttl_hours, 72);
    EXPECT_EQ(order.vcpus, 36);
    EXPECT_EQ(order.control_plane.instance_type, "demo-4x16");
    EXPECT_EQ(order.workers.replicas, 3);
    EXPECT_EQ(order.failure, DemoFailure::INFRA);
    EXPECT_EQ(order.approval.lapse_hours, 48);
    EXPECT_TRUE(order.offhours_opt_in);
}

TEST(EvaluateOrder, TellsThePrice) {
    const auto result = evaluate_with([](Order& order) { order.ttl_hours = 24; });

    EXPECT_EQ(result.price.hourly, *Money::parse("2.5"));
    EXPECT_EQ(result.price.to_expiry, Money::dollars(60));
    EXPECT_EQ(result.price.monthly, Money::dollars(1825));
}

TEST(EvaluateOrder, TellsThePriceAlsoOfAFormWithErrors) {
    const auto result = evaluate_with([](Order& order) {
        order.name = "";
        order.ttl_hours = 1000;
    });

    EXPECT_FALSE(result.order);
    EXPECT_EQ(result.verdict.kind, VerdictKind::REFUSED);
    EXPECT_EQ(result.verdict.rule, "form");
    EXPECT_EQ(result.price.hourly, *Money::parse("2.5"));
    EXPECT_GT(result.price.to_expiry, Money{});
}

/// A field that breaks a rule, and what the error says.
struct Wrong {
    const char* field;
    void (*change)(Order&);
    const char* error;
};
void PrintTo(const Wrong& wrong, std::ostream* out) { *out << wrong.field; }

class WrongField : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongField, IsNamedWithItsRuleAndAWayOut) {
    const auto result = evaluate_with(GetParam().change);

    EXPECT_THAT(error_of(result, GetParam().field), HasSubstr(GetParam().error));
    EXPECT_EQ(result.errors.size(), 1U);
    EXPECT_FALSE(result.order);
}

INSTANTIATE_TEST_SUITE_P(
    Order, WrongField,
    ::testing::Values(
        Wrong{"name", [](Order& o) { o.name = "Upper"; }, "lower-case letters"},
        Wrong{"name", [](Order& o) { o.name = ""; }, "A name is needed."},
        Wrong{"name", [](Order& o) { o.name = "a\nb"; }, "one line"},
        Wrong{"platform", [](Order& o) { o.platform = "aws"; }, "Profile demo-lab is for platform demo, not \"aws\""},
        Wrong{"version", [](Order& o) { o.version = "4.20"; }, "full version such as 4.20.3"},
        Wrong{"version", [](Order& o) { o.version = "4.19.1"; },
              "does not offer version 4.19.1; choose one of: 4.20.3, 4.20.4"},
        Wrong{"version", [](Order& o) { o.version = ""; }, "Choose a version"},
        Wrong{"region", [](Order& o) { o.region = "us-east-1"; }, "choose one of: demo-east-1, demo-west-1"},
        Wrong{"region", [](Order& o) { o.region = "\xff"; }, "UTF-8"},
        Wrong{"baseDomain", [](Order& o) { o.base_domain = "evil.example.com"; }, "choose one of: demo.example.com"},
        Wrong{"owner", [](Order& o) { o.owner = "a\x1b[2J"; }, "control characters"},
        Wrong{"team", [](Order& o) { o.team = "finance"; },
              "You may not request for team finance; your teams: payments, search."},
        Wrong{"team", [](Order& o) { o.team = ""; }, "Choose a team"},
        Wrong{"costCenter", [](Order& o) { o.cost_center = "c c"; }, "2 to 64 letters"},
        Wrong{"costCenter", [](Order& o) { o.cost_center = ""; }, "cost centre is needed"},
        Wrong{"ttlHours", [](Order& o) { o.ttl_hours = 0; }, "Use 1 to 72 hours."},
        Wrong{"ttlHours", [](Order& o) { o.ttl_hours = -5; }, "Use 1 to 72 hours."},
        Wrong{"ttlHours", [](Order& o) { o.ttl_hours = 1000; },
              "1000 h exceeds the maximum of profile demo-lab, 72 h."},
        Wrong{"sshPublicKey", [](Order& o) { o.ssh_public_key = "ssh-rsa AAAA"; }, "Paste the whole line"},
        Wrong{"sshPublicKey", [](Order& o) { o.ssh_public_key += "\nssh-rsa AAAA"; }, "control characters"},
        Wrong{"extraTags",
              [](Order& o) {
                  o.extra_tags = {{"ManagedBy", "me"}};
              },
              "reserved"},
        Wrong{"extraTags",
              [](Order& o) {
                  o.extra_tags = {{"owner", "me"}};
              },
              "reserved"},
        Wrong{"extraTags",
              [](Order& o) {
                  o.extra_tags = {{"Name", "me"}};
              },
              "belongs to the cluster or the provider"},
        Wrong{"extraTags",
              [](Order& o) {
                  o.extra_tags = {{"a", "x\ny: z"}};
              },
              "control characters"},
        Wrong{"extraTags",
              [](Order& o) {
                  for (int i = 0; i < 14; ++i) o.extra_tags["k" + std::to_string(i)] = "v";
              },
              "takes 25 in all, the desk and the profile set 12, so 13 are left."},
        Wrong{"reason", [](Order& o) { o.reason = std::string(1001, 'x'); }, "at most 1000 bytes"},
        Wrong{"reason", [](Order& o) { o.reason = "\xe2\x80\xae"; }, "Invisible"}));

TEST(EvaluateOrder, TellsAllErrorsAtOnce) {
    const Profile profile = samples::profile();

    const auto result = evaluate(Order{}, &profile, {}, samples::requester());

    std::vector<std::string> fields;
    for (const auto& error : result.errors) fields.push_back(error.field);
    EXPECT_THAT(fields,
                ElementsAre("name", "platform", "version", "region", "baseDomain", "team", "costCenter", "ttlHours"));
}

TEST(EvaluateOrder, NeedsAProfile) {
    Order order;
    EXPECT_THAT(error_of(evaluate(order, nullptr, {}, {}), "profile"), HasSubstr("Choose a profile"));
    order.profile = "nope";
    EXPECT_THAT(error_of(evaluate(order, nullptr, {}, {}), "profile"), HasSubstr("There is no profile \"nope\""));
}

TEST(EvaluateOrder, TakesAKeyWithTheNewlineThatPasteAdds) {
    const auto result = evaluate_with([](Order& order) { order.ssh_public_key += "\r\n"; });

    ASSERT_TRUE(result.order);
    EXPECT_EQ(result.order->ssh_public_key, samples::kSshKey);
}

TEST(EvaluateOrder, RefusesAProfileThatCanNotBeInstalled) {
    const auto refusal = [](const std::string& text) {
        return error_of(evaluate_with([](Order&) {}, samples::profile(text, {Platform::demo})), "profile");
    };

    EXPECT_THAT(refusal(samples::aws_profile()), HasSubstr("Platform aws is not configured on this desk."));
    EXPECT_THAT(refusal(std::string(samples::kProfile) + "postDeployment: {enabled: true}\n"),
                HasSubstr("postDeployment is not supported yet"));
    EXPECT_THAT(refusal(std::string(samples::kProfile) + "defaultAddons: [{addonID: odf}]\n"),
                HasSubstr("defaultAddons are not supported yet"));
    EXPECT_EQ(refusal(std::string(samples::kProfile) + "postDeployment: {enabled: false}\n"), "");
}

TEST(EvaluateOrder, KeepsTheSwitchesOfTheProfile) {
    const Profile fixed = samples::profile(samples::profile_with("allowCustomTTL: true", "allowCustomTTL: false"));
    const Profile no_tags = samples::profile(samples::profile_with("allowUserTags: true", "allowUserTags: false"));
    const Profile no_offhours =
        samples::profile(samples::profile_with("offHoursScaling: true", "offHoursScaling: false"));
    const Profile aws = samples::profile(samples::aws_profile());

    EXPECT_THAT(error_of(evaluate_with([](Order& o) { o.ttl_hours = 9; }, fixed), "ttlHours"),
                HasSubstr("one lifetime for all: 8 h"));
    EXPECT_THAT(evaluate_with([](Order&) {}, fixed).errors, IsEmpty());
    EXPECT_THAT(error_of(evaluate_with(
                             [](Order& o) {
                                 o.extra_tags = {{"a", "b"}};
                             },
                             no_tags),
                         "extraTags"),
                HasSubstr("takes no tags of your own"));
    EXPECT_THAT(error_of(evaluate_with([](Order& o) { o.offhours_opt_in = true; }, no_offhours), "offhoursOptIn"),
                HasSubstr("no off-hours scaling"));
    EXPECT_THAT(error_of(evaluate_with([](Order& o) { o.failure = DemoFailure::HANG; }, aws), "failure"),
                HasSubstr("platform demo only"));
    EXPECT_THAT(error_of(evaluate_with([](Order& o) { o.name = std::string(22, 'a'); }, aws), "name"),
                HasSubstr("3 to 21"));
}

TEST(EvaluateOrder, SetsZonesOnAwsSoThatAddressesSuffice) {
    const auto zones = [](const std::string& profile, const std::string& region) {
        return evaluate_with([&](Order& order) { order.region = region; }, samples::profile(profile)).order->zones;
    };
    std::string with_zones =
        samples::aws_profile() + "zones: {allowlist: [us-east-1b, us-east-1f, us-west-2b], default: us-east-1b}\n";
    std::string with_subnets = samples::aws_profile() + "    subnets: [subnet-1]\n";
    with_subnets.replace(with_subnets.find("[us-east-1, us-west-2]"), 22, "[us-east-1]");

    EXPECT_THAT(zones(samples::aws_profile(), "us-east-1"), ElementsAre("us-east-1a", "us-east-1b", "us-east-1c"));
    EXPECT_THAT(zones(with_zones, "us-east-1"), ElementsAre("us-east-1b", "us-east-1f"));
    EXPECT_THAT(zones(with_zones, "us-west-2"), ElementsAre("us-west-2b"));
    EXPECT_THAT(zones(with_subnets, "us-east-1"), IsEmpty());
    EXPECT_THAT(zones(std::string(samples::kProfile), "demo-east-1"), IsEmpty());
}

// --- verdicts

TEST(Verdict, IsAutomaticWithinTheRule) {
    const Verdict verdict = evaluate_sample().verdict;

    EXPECT_EQ(verdict.kind, VerdictKind::AUTO_APPROVED);
    EXPECT_EQ(verdict.rule, "auto-approve:ttl<=8h");
    EXPECT_EQ(verdict.explanation, "Profile demo-lab approves orders of up to 8 h at once.");
    EXPECT_EQ(verdict.approvals_needed, 0);
}

TEST(Verdict, NeedsApprovalAboveTheRule) {
    const Verdict verdict = evaluate_with([](Order& order) { order.ttl_hours = 9; }).verdict;

    EXPECT_EQ(verdict.kind, VerdictKind::NEEDS_APPROVAL);
    EXPECT_EQ(verdict.rule, "approvals:1");
    EXPECT_EQ(verdict.explanation,
              "Profile demo-lab requires 1 approval. Orders of up to 8 h would be approved at once.");
    EXPECT_EQ(verdict.approvals_needed, 1);
    EXPECT_THAT(verdict.approver_teams, ElementsAre("finance"));
    EXPECT_EQ(verdict.lapse_hours, 48);
}

TEST(Verdict, HoldsEveryLimitOfTheRule) {
    const Profile profile = samples::profile(
        samples::profile_with("{maxTTLHours: 8}", "{maxTTLHours: 24, maxCostToExpiry: 30, teams: [payments]}"));
    const auto rule = [&](int hours, const char* team) {
        return evaluate_with(
                   [&](Order& order) {
                       order.ttl_hours = hours;
                       order.team = team;
                   },
                   profile)
            .verdict.rule;
    };

    EXPECT_EQ(rule(12, "payments"), "auto-approve:ttl<=24h,cost<=$30.00,team");
    EXPECT_EQ(rule(13, "payments"), "approvals:1");
    EXPECT_EQ(rule(25, "payments"), "approvals:1");
    EXPECT_EQ(rule(2, "search"), "approvals:1");
}

TEST(Verdict, AsksTheApproversOfTheTeamUnlessTheProfileNamesOthers) {
    const Profile profile = samples::profile(samples::profile_with("  approverTeams: [finance]\n", ""));

    EXPECT_THAT(evaluate_with([](Order& order) { order.ttl_hours = 9; }, profile).verdict.approver_teams,
                ElementsAre("payments"));
}

TEST(Verdict, OfAProfileWithoutApprovalsIsAutomatic) {
    const Profile profile =
        samples::profile(samples::profile_with("  autoApprove: {maxTTLHours: 8}\n  approvals: 1", "  approvals: 0"));

    const Verdict verdict = evaluate_with([](Order& order) { order.ttl_hours = 72; }, profile).verdict;

    EXPECT_EQ(verdict.kind, VerdictKind::AUTO_APPROVED);
    EXPECT_EQ(verdict.rule, "approvals:0");
}

TEST(Verdict, IsRefusedAboveAHardQuota) {
    QuotaState quota;
    quota.team.vcpus = {.used = 20, .soft = std::nullopt, .hard = 48};

    const auto result = evaluate_sample(quota);

    EXPECT_THAT(result.errors, IsEmpty());
    EXPECT_EQ(result.verdict.kind, VerdictKind::REFUSED);
    EXPECT_EQ(result.verdict.rule, "quota:team:vcpus");
    EXPECT_THAT(result.verdict.explanation, HasSubstr("56 of 48 vCPU"));
}

TEST(Verdict, NeedsApprovalAboveASoftQuotaWhateverTheRuleSays) {
    QuotaState quota;
    quota.user.clusters = {.used = 2, .soft = 2, .hard = 5};
    const Profile open =
        samples::profile(samples::profile_with("  autoApprove: {maxTTLHours: 8}\n  approvals: 1", "  approvals: 0"));

    const auto result = evaluate_with([](Order&) {}, open, quota);

    EXPECT_EQ(result.verdict.kind, VerdictKind::NEEDS_APPROVAL);
    EXPECT_EQ(result.verdict.rule, "quota-soft:user:clusters");
    EXPECT_EQ(result.verdict.approvals_needed, 1);
    EXPECT_EQ(result.warnings.size(), 1U);
}

TEST(Verdict, HoldsTheProfilesMaximumCost) {
    const Profile profile = samples::profile(samples::profile_with(
        "estimatedHourlyCost: 2.50",
        "estimatedHourlyCost: 2.50\n  maxMonthlyCost: 100\n  budgetAlertThreshold: 0.5\n  warningMessage: Costly."));
    const auto with_ttl = [&](int hours) {
        return evaluate_with([&](Order& order) { order.ttl_hours = hours; }, profile);
    };

    EXPECT_THAT(with_ttl(20).warnings, ElementsAre("Costly."));
    EXPECT_THAT(with_ttl(21).warnings, ElementsAre("Costly.", HasSubstr("$52.50 of the $100.00")));
    EXPECT_EQ(with_ttl(40).verdict.kind, VerdictKind::NEEDS_APPROVAL);
    EXPECT_EQ(with_ttl(41).verdict.rule, "profile:max-cost");
    EXPECT_EQ(with_ttl(41).verdict.kind, VerdictKind::REFUSED);
}

// --- extensions

ExtensionEvaluation extend(int hours, Time destroy_at, const EffectiveOrder& order = samples::running()) {
    return evaluate_extension({hours, samples::kReady, destroy_at}, order, {});
}

TEST(ExtendCluster, IsFreeWhileTheWholeLifetimeKeepsTheRule) {
    const auto result = extend(4, samples::kReady + 4h);

    EXPECT_EQ(result.verdict.kind, VerdictKind::AUTO_APPROVED);
    EXPECT_EQ(result.destroy_at, samples::kReady + 8h);
    EXPECT_EQ(result.cost, Money::dollars(10));
    EXPECT_EQ(result.hours_left, 68);
}

TEST(ExtendCluster, NeedsApprovalAboveTheRule) {
    const auto result = extend(1, samples::kReady + 8h);

    EXPECT_EQ(result.verdict.kind, VerdictKind::NEEDS_APPROVAL);
    EXPECT_EQ(result.verdict.rule, "approvals:1");
    EXPECT_THAT(result.verdict.approver_teams, ElementsAre("finance"));
    EXPECT_THAT(result.errors, IsEmpty());
}

TEST(ExtendCluster, ReachesTheProfileMaximumExactly) {
    EXPECT_EQ(extend(64, samples::kReady + 8h).verdict.kind, VerdictKind::NEEDS_APPROVAL);
    EXPECT_EQ(extend(64, samples::kReady + 8h).destroy_at, samples::kReady + 72h);
}

TEST(ExtendCluster, RefusesBeyondTheProfileMaximum) {
    const auto result = extend(65, samples::kReady + 8h);

    EXPECT_EQ(result.verdict.kind, VerdictKind::REFUSED);
    EXPECT_EQ(result.verdict.rule, "lifetime:max");
    EXPECT_EQ(result.destroy_at, samples::kReady + 8h);
    ASSERT_EQ(result.errors.size(), 1U);
    EXPECT_EQ(result.errors[0].field, "hours");
    EXPECT_THAT(result.errors[0].error, AllOf(HasSubstr("exceeds the 72 h"), HasSubstr("at most 64 h are left")));
    EXPECT_THAT(extend(1, samples::kReady + 72h).errors[0].error, HasSubstr("nothing is left"));
}

TEST(ExtendCluster, RefusesHoursThatAreNone) {
    for (const int hours : {0, -1, 721, 2147483647})
        EXPECT_EQ(extend(hours, samples::kReady + 8h).errors.size(), 1U) << hours;
}

TEST(ExtendCluster, CountsHoursAtThePaceOfTheProfile) {
    EffectiveOrder order = samples::running();
    order.pace = {10};

    const auto result = extend(2, samples::kReady + 60s, order);

    EXPECT_EQ(result.destroy_at, samples::kReady + 80s);
    EXPECT_EQ(result.verdict.kind, VerdictKind::AUTO_APPROVED);
    EXPECT_EQ(result.hours_left, 66);
    EXPECT_EQ(result.cost, Money::dollars(5));
}

TEST(ExtendCluster, HoldsTheBudget) {
    QuotaState quota;
    quota.team.month = {.used = Money::dollars(95), .soft = std::nullopt, .hard = Money::dollars(100)};
    quota.user.clusters = {.used = 9, .soft = std::nullopt, .hard = 9};

    EXPECT_EQ(evaluate_extension({4, samples::kReady, samples::kReady + 4h}, samples::running(), quota).verdict.rule,
              "quota:team:month");
    EXPECT_EQ(evaluate_extension({2, samples::kReady, samples::kReady + 4h}, samples::running(), quota).verdict.kind,
              VerdictKind::AUTO_APPROVED);
}

TEST(ExtendCluster, OfAFixedLifetimeIsDecidedByAnApprover) {
    const Profile fixed = samples::profile(samples::profile_with("allowCustomTTL: true", "allowCustomTTL: false"));
    EffectiveOrder order = samples::running(fixed);

    const auto result = extend(1, samples::kReady + 4h, order);

    EXPECT_EQ(result.verdict.kind, VerdictKind::NEEDS_APPROVAL);
    EXPECT_EQ(result.verdict.rule, "fixed-lifetime");
}

}  // namespace
}  // namespace desk
