// Failure rules: each has a sample of what it is about, and the first that fits decides.
#include "core/model/failure_rules.hpp"

#include <gmock/gmock.h>

namespace desk {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kRules = R"(
rules:
  - name: quota
    patterns: ["MissingQuota", "reached * of its limits"]
    class: quota
    turn: ADMIN
    reason: "A limit is reached."
    hint: "Wait."
    retryAfter: 10m
    samples: ["error(MissingQuota): 2 are left"]
  - name: throttled
    patterns: ["Rate exceeded"]
    atEnd: true
    class: transient
    turn: NOBODY
    reason: "Too many calls."
    hint: "Wait."
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

/// What is wrong with a file of the operator's.
std::string own_fault(const std::string& text) {
    const auto extended = rules().extended_by(text, "own.yaml");
    return extended ? "" : extended.error().front().str();
}

std::vector<std::string> names(const FailureRules& rules) {
    std::vector<std::string> names;
    for (const auto& rule : rules.rules()) names.push_back(rule.name);
    return names;
}

TEST(FailureRules, TakeTheFirstThatFits) {
    const auto all = rules();

    const auto diagnosis = all.classify({.exit_code = 3, .lines = {"all is well", "invalid: error(MissingQuota)"}});

    EXPECT_EQ(diagnosis.rule->name, "quota");
    EXPECT_THAT(diagnosis.evidence, ElementsAre(1));
    EXPECT_EQ(diagnosis.rule->retry_after, 600s);
}

TEST(FailureRules, ShowTheLinesThatDecidedAndTheLastWord) {
    const auto all = rules();

    EXPECT_THAT(all.classify({.exit_code = 4, .lines = {"a", "MissingQuota 1", "b", "MissingQuota 2", "c"}}).evidence,
                ElementsAre(1, 3, 4));
    EXPECT_THAT(all.classify({.exit_code = 4, .lines = std::vector<std::string>(9, "MissingQuota")}).evidence,
                ElementsAre(5, 6, 7, 8))
        << "no more than a page takes, and the newest";
}

TEST(FailureRules, ShowTheLastWordsWhereNoPatternDecided) {
    const auto all = rules();

    EXPECT_THAT(all.classify({.exit_code = 2, .lines = {"a", "b", "c", "d"}}).evidence, ElementsAre(1, 2, 3));
    EXPECT_THAT(all.classify({.exit_code = 1, .lines = {"a"}}).evidence, ElementsAre(0));
    EXPECT_THAT(all.classify({.exit_code = 1, .lines = {}}).evidence, IsEmpty());
}

TEST(FailureRules, TakeWhatIsMetOnTheWayForTheCauseOnlyAtTheEnd) {
    const auto all = rules();
    const std::vector<std::string> later = {"b", "c", "d", "e", "f"};
    std::vector<std::string> lines = {"Rate exceeded"};
    lines.insert(lines.end(), later.begin(), later.end());

    EXPECT_EQ(all.classify({.exit_code = 1, .lines = lines}).rule->name, "unknown");
    lines.erase(lines.begin() + 1);
    EXPECT_EQ(all.classify({.exit_code = 1, .lines = lines}).rule->name, "throttled");
}

TEST(FailureRules, WantTheExitCodeToo) {
    const auto all = rules();

    EXPECT_EQ(all.classify({.exit_code = 3, .lines = {"invalid"}}).rule->name, "config");
    EXPECT_EQ(all.classify({.exit_code = 1, .lines = {"invalid"}}).rule->name, "unknown");
    EXPECT_EQ(all.classify({.exit_code = 2, .lines = {}}).rule->name, "crashed");
    EXPECT_EQ(all.classify({.exit_code = {}, .lines = {}}).rule->name, "unknown");
}

TEST(FailureRules, NeedALastOneThatFitsEverything) {
    EXPECT_THAT(first_fault("rules:\n  - {name: a, patterns: [xyz], class: user, turn: ADMIN, reason: r, hint: h}\n"),
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
                            "  - {name: a, patterns: [xyz], class: user, turn: ADMIN, reason: r, hint: h}\n"
                            "  - {name: a, class: user, turn: ADMIN, reason: r, hint: h}\n"),
                HasSubstr("two rules"));
}

TEST(FailureRules, RefusePatternsThatAreInNearlyEveryLine) {
    for (const std::string pattern : {"", "*", "a*b", "  "})
        EXPECT_THAT(first_fault("rules:\n  - {name: a, patterns: [\"" + pattern +
                                "\"], class: user, turn: ADMIN, reason: r, hint: h}\n"),
                    HasSubstr("nearly every line"))
            << pattern;
}

TEST(FailureRules, RefuseNamesThatAreNoWords) {
    for (const std::string name : {"VPC", "a b", "-a", "a-"})
        EXPECT_THAT(first_fault("rules:\n  - {name: \"" + name + "\", class: user, turn: ADMIN, reason: r, hint: h}\n"),
                    HasSubstr("small letters"))
            << name;
}

TEST(FailureRules, TellWhichSampleAnotherRuleTakes) {
    const auto all = FailureRules::parse(
        "rules:\n"
        "  - {name: wide, patterns: [limit], class: quota, turn: ADMIN, reason: r, hint: h, samples: [a limit]}\n"
        "  - {name: narrow, patterns: [vpc limit], class: quota, turn: ADMIN, reason: r, hint: h, samples: [VPC "
        "limit]}\n"
        "  - {name: unknown, class: internal, turn: ADMIN, reason: r, hint: h, samples: [boo]}\n",
        "rules.yaml");

    ASSERT_TRUE(all);
    const auto misfits = all->misfits();
    ASSERT_EQ(misfits.size(), 1U);
    EXPECT_EQ(misfits.front().rule, "narrow");
    EXPECT_EQ(misfits.front().sample, "VPC limit");
    EXPECT_EQ(misfits.front().taken_by, "wide");
    EXPECT_TRUE(rules().misfits().empty());
}

// --- the operator's own file

TEST(OwnFailureRules, AreTriedBeforeTheBuiltInOnes) {
    const auto all = rules().extended_by(
        "rules:\n"
        "  - {name: our-firewall, patterns: [\"MissingQuota * 10.1.\"], class: user, turn: ADMIN, reason: r, hint: h,"
        " samples: [MissingQuota at 10.1.2.3]}\n",
        "own.yaml");

    ASSERT_TRUE(all) << all.error().front().str();
    EXPECT_THAT(names(*all), ElementsAre("our-firewall", "quota", "throttled", "config", "crashed", "unknown"));
    EXPECT_EQ(all->classify({.exit_code = 1, .lines = {"MissingQuota at 10.1.2.3"}}).rule->name, "our-firewall");
    EXPECT_EQ(all->classify({.exit_code = 1, .lines = {"MissingQuota"}}).rule->name, "quota");
}

TEST(OwnFailureRules, OfAKnownNameReplaceThatOneInItsPlace) {
    const auto all = rules().extended_by(
        "rules:\n"
        "  - {name: quota, patterns: [too little], class: user, turn: REQUESTER, reason: Ask us., hint: h}\n"
        "  - {name: unknown, class: cloud, turn: NOBODY, reason: Nobody knows., hint: h}\n",
        "own.yaml");

    ASSERT_TRUE(all) << all.error().front().str();
    EXPECT_THAT(names(*all), ElementsAre("quota", "throttled", "config", "crashed", "unknown"));
    EXPECT_EQ(all->classify({.exit_code = 1, .lines = {"too little"}}).rule->reason, "Ask us.");
    EXPECT_EQ(all->classify({.exit_code = 1, .lines = {"MissingQuota"}}).rule->error_class, FailureClass::cloud);
}

TEST(OwnFailureRules, AreRefusedWhenTheyFitEverything) {
    EXPECT_THAT(own_fault("rules:\n  - {name: mine, class: user, turn: ADMIN, reason: r, hint: h}\n"),
                HasSubstr("fits everything"));
    EXPECT_THAT(
        own_fault("rules:\n  - {name: unknown, patterns: [abc], class: user, turn: ADMIN, reason: r, hint: h}\n"),
        HasSubstr("everything else"));
}

TEST(OwnFailureRules, AreRefusedWhenTheyDoNotKnowTheirOwnSample) {
    EXPECT_THAT(own_fault("rules:\n  - {name: mine, patterns: [abc], class: user, turn: ADMIN, reason: r, hint: h, "
                          "samples: [MissingQuota]}\n"),
                HasSubstr("taken by the rule quota"));
}

TEST(OwnFailureRules, AreRefusedWhenTheyTakeTheSampleOfAnother) {
    EXPECT_THAT(own_fault("rules:\n"
                          "  - {name: mine, patterns: [abc], class: user, turn: ADMIN, reason: r, hint: h}\n"
                          "  - {name: yours, patterns: [abcd], class: user, turn: ADMIN, reason: r, hint: h, "
                          "samples: [abcd]}\n"),
                HasSubstr("taken by the rule mine"));
}

TEST(OwnFailureRules, NameFileLineAndKeyOfAFault) {
    EXPECT_EQ(own_fault("rules:\n  - name: mine\n    patterns: [abc]\n    class: usr\n"),
              "own.yaml:4: rules[0].class: \"usr\" is none of: user, credentials, transient, quota, cloud, dirty, "
              "internal.");
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
