// Failure rules: each has a sample of what it is about, and the first that fits decides.
#include "core/model/failure_rules.hpp"

#include <gmock/gmock.h>

namespace desk {
namespace {

using testing::HasSubstr;

constexpr std::string_view kRules = R"(
rules:
  - name: quota
    patterns: ["MissingQuota", "reached * of its limits"]
    class: quota
    turn: ADMIN
    reason: "A limit is reached."
    hint: "Wait."
    retryAfter: 10m
  - name: config
    patterns: ["invalid"]
    exitCodes: [3]
    class: user
    turn: REQUESTER
    reason: "The order can't be installed."
    hint: "Change it."
  - name: crashed
    exitCodes: [2]
    class: internal
    turn: ADMIN
    reason: "It crashed."
    hint: "Look."
  - name: unknown
    class: internal
    turn: ADMIN
    reason: "Nobody knows."
    hint: "Look."
)";

FailureRules rules() { return FailureRules::parse(kRules, "rules.yaml").value(); }

std::string first_fault(const std::string& text) {
    const auto parsed = FailureRules::parse(text, "rules.yaml");
    return parsed ? "" : parsed.error().front().str();
}

TEST(FailureRules, TakeTheFirstThatFits) {
    const auto all = rules();

    const auto diagnosis = all.classify({.exit_code = 3, .lines = {"all is well", "invalid: error(MissingQuota)"}});

    EXPECT_EQ(diagnosis.rule->name, "quota");
    EXPECT_EQ(diagnosis.evidence, "invalid: error(MissingQuota)");
    EXPECT_EQ(diagnosis.rule->retry_after, 600s);
}

TEST(FailureRules, WantTheExitCodeToo) {
    const auto all = rules();

    EXPECT_EQ(all.classify({.exit_code = 3, .lines = {"invalid"}}).rule->name, "config");
    EXPECT_EQ(all.classify({.exit_code = 1, .lines = {"invalid"}}).rule->name, "unknown");
    EXPECT_EQ(all.classify({.exit_code = 2, .lines = {}}).rule->name, "crashed");
    EXPECT_EQ(all.classify({.exit_code = {}, .lines = {}}).rule->name, "unknown");
}

TEST(FailureRules, NeedALastOneThatFitsEverything) {
    EXPECT_THAT(first_fault("rules:\n  - {name: a, patterns: [x], class: user, turn: ADMIN, reason: r, hint: h}\n"),
                HasSubstr("must fit everything"));
}

TEST(FailureRules, RefuseOneThatHidesThoseBehindIt) {
    EXPECT_THAT(first_fault("rules:\n"
                            "  - {name: a, class: user, turn: ADMIN, reason: r, hint: h}\n"
                            "  - {name: b, class: user, turn: ADMIN, reason: r, hint: h}\n"),
                HasSubstr("only the last one may"));
}

TEST(FailureRules, RefuseTwoOfOneName) {
    EXPECT_THAT(first_fault("rules:\n"
                            "  - {name: a, patterns: [x], class: user, turn: ADMIN, reason: r, hint: h}\n"
                            "  - {name: a, class: user, turn: ADMIN, reason: r, hint: h}\n"),
                HasSubstr("two rules"));
}

struct Pattern {
    const char* text;
    const char* pattern;
    bool is_in;
};
class FailurePattern : public testing::TestWithParam<Pattern> {};

TEST_P(FailurePattern, IsFoundWhereItSaysSo) {
    EXPECT_EQ(contains_pattern(GetParam().text, GetParam().pattern), GetParam().is_in);
}
INSTANTIATE_TEST_SUITE_P(Cases, FailurePattern,
                         testing::Values(Pattern{"error(MissingQuota): x", "missingquota", true},
                                         Pattern{"reached one of its limits", "reached * of its limits", true},
                                         Pattern{"limits reached one of its", "reached * limits", false},
                                         Pattern{"", "x", false}, Pattern{"abcabc", "abc*abc", true},
                                         Pattern{"abc", "abc*abc", false}));

struct Retry {
    FailureClass error_class;
    int failures;
    std::optional<int> limit;
    bool again;
};
class RetryOf : public testing::TestWithParam<Retry> {};

TEST_P(RetryOf, FollowsItsClass) {
    const auto& [error_class, failures, limit, again] = GetParam();

    EXPECT_EQ(is_retried(error_class, failures, limit), again);
}
INSTANTIATE_TEST_SUITE_P(
    Classes, RetryOf,
    testing::Values(Retry{FailureClass::user, 1, 3, false}, Retry{FailureClass::credentials, 1, 3, false},
                    Retry{FailureClass::internal, 1, 3, true}, Retry{FailureClass::internal, 2, 3, false},
                    Retry{FailureClass::quota, 2, 3, true}, Retry{FailureClass::cloud, 3, 3, false},
                    Retry{FailureClass::dirty, 99, std::nullopt, true}));

}  // namespace
}  // namespace desk
