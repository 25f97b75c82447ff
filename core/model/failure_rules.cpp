#include "core/model/failure_rules.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/text.hpp"
#include "core/base/yaml_bind.hpp"
#include "core/model/lifetime.hpp"

namespace desk {

/// As in the file: the delay is a duration ("10m").
struct FailureRuleFields {
    std::string name = {};
    std::vector<std::string> patterns = {};
    bool at_end = false;
    std::vector<int> exit_codes = {};
    FailureClass error_class = FailureClass::internal;
    Turn turn = Turn::ADMIN;
    std::string reason = {}, hint = {}, retry_after = {};
    std::vector<std::string> samples = {};
};
struct FailureRulesFile {
    std::vector<FailureRuleFields> rules = {};
};

template <>
inline constexpr auto kFields<FailureRuleFields> = std::tuple{
    field("name", &FailureRuleFields::name, {.required = true, .least = 1}),
    field("patterns", &FailureRuleFields::patterns),
    field("atEnd", &FailureRuleFields::at_end),
    field("exitCodes", &FailureRuleFields::exit_codes),
    field("class", &FailureRuleFields::error_class, {.required = true}),
    field("turn", &FailureRuleFields::turn, {.required = true}),
    field("reason", &FailureRuleFields::reason, {.required = true, .least = 1}),
    field("hint", &FailureRuleFields::hint, {.required = true, .least = 1}),
    field("retryAfter", &FailureRuleFields::retry_after),
    field("samples", &FailureRuleFields::samples),
};
template <>
inline constexpr auto kFields<FailureRulesFile> = std::tuple{
    field("rules", &FailureRulesFile::rules, {.required = true, .least = 1}),
};

namespace {

constexpr std::size_t kMostEvidence = 4;    ///< lines that a pattern is in; the program's last word comes on top
constexpr std::size_t kLastWords = 3;       ///< lines that are shown where no pattern decided
constexpr std::size_t kLeastPattern = 3;    ///< characters beside '*'; less would be in nearly every line
constexpr std::array kUsualCodes = {1, 4};  ///< of a sample whose rule names none: any other step, `create cluster`

bool fits_all(const FailureRule& rule) { return rule.patterns.empty() && rule.exit_codes.empty(); }

char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_rule_name(std::string_view name) {
    const bool has_its_letters =
        std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
    return has_its_letters && !name.starts_with('-') && !name.ends_with('-');
}

bool says_something(std::string_view pattern) {
    return static_cast<std::size_t>(std::ranges::count_if(pattern, [](char c) { return c != '*' && c != ' '; })) >=
           kLeastPattern;
}

std::string where(std::size_t rule, std::string_view key) { return cat("rules[", rule, "].", key); }

/// A file read so far: what it says, and what is wrong with it.
struct Draft {
    explicit Draft(std::string file) : binder(std::move(file)) {}

    Yaml document = {};
    YamlBinder binder;
    std::vector<FailureRule> rules = {};

    void fault(std::size_t rule, std::string_view key, std::string message) {
        binder.fault_at(document, where(rule, key), std::move(message));
    }
};

FailureRule rule_of(Draft& draft, std::size_t index, FailureRuleFields row) {
    if (!is_rule_name(row.name))
        draft.fault(index, "name", "must be of small letters, digits and hyphens: it is what pages and searches use.");
    for (const auto& pattern : row.patterns)
        if (!says_something(pattern))
            draft.fault(index, "patterns", cat("\"", pattern, "\" would be in nearly every line."));
    const auto delay = row.retry_after.empty() ? seconds(60) : parse_duration(row.retry_after).value_or(0s);
    if (delay == 0s) draft.fault(index, "retryAfter", "must be a duration such as 90s or 10m.");
    return {.name = std::move(row.name),
            .patterns = std::move(row.patterns),
            .at_end = row.at_end,
            .exit_codes = std::move(row.exit_codes),
            .error_class = row.error_class,
            .turn = row.turn,
            .reason = std::move(row.reason),
            .hint = std::move(row.hint),
            .retry_after = delay,
            .samples = std::move(row.samples)};
}

Result<Draft, Faults> read_rules(std::string_view text, const std::string& file_name) {
    auto document = parse_yaml(text, file_name);
    if (!document) return Failure{document.error()};
    Draft draft(file_name);
    draft.document = std::move(document).value();
    FailureRulesFile file;
    draft.binder.read(draft.document, file);

    std::set<std::string> names;
    for (std::size_t i = 0; i < file.rules.size(); ++i) {
        if (!names.insert(file.rules[i].name).second) draft.fault(i, "name", "is the name of two rules.");
        draft.rules.push_back(rule_of(draft, i, std::move(file.rules[i])));
    }
    return draft;
}

/// The evidence lines that one of the patterns of `rule` is in.
std::vector<std::size_t> lines_with(const FailureRule& rule, const std::vector<std::string>& lines) {
    std::vector<std::size_t> found;
    const std::size_t first = rule.at_end && lines.size() > kEndLines ? lines.size() - kEndLines : 0;
    for (std::size_t i = first; i < lines.size(); ++i)
        if (std::ranges::any_of(rule.patterns, [&](const auto& one) { return contains_pattern(lines[i], one); }))
            found.push_back(i);
    return found;
}

/// What to show of a failure that no pattern explains.
std::vector<std::size_t> last_words(const FailureEvidence& evidence) {
    std::vector<std::size_t> last;
    for (std::size_t i = evidence.lines.size() - std::min(kLastWords, evidence.lines.size()); i < evidence.lines.size();
         ++i)
        last.push_back(i);
    return last;
}

bool fits_code(const FailureRule& rule, const std::optional<int>& code) {
    return rule.exit_codes.empty() || (code && std::ranges::count(rule.exit_codes, *code) > 0);
}

}  // namespace

bool is_failure_rules_file(const Yaml& document) { return document.find("rules") != nullptr; }

bool contains_pattern(std::string_view text, std::string_view pattern) {
    for (const auto part : split(pattern, '*')) {
        const auto at = std::search(text.begin(), text.end(), part.begin(), part.end(),
                                    [](char a, char b) { return lower_ascii(a) == lower_ascii(b); });
        if (at == text.end() && !part.empty()) return false;
        text.remove_prefix(static_cast<std::size_t>(at - text.begin()) + part.size());
    }
    return true;
}

bool is_retried(FailureClass error_class, int failures, std::optional<int> limit) {
    switch (error_class) {
        case FailureClass::user:
        case FailureClass::credentials:
            return false;
        case FailureClass::internal:
            return failures <= 1;
        default:
            return !limit || failures < *limit;
    }
}

Result<FailureRules, Faults> FailureRules::parse(std::string_view text, const std::string& file_name) {
    auto read = read_rules(text, file_name);
    if (!read) return Failure{read.error()};
    Draft draft = std::move(read).value();
    for (std::size_t i = 0; i < draft.rules.size(); ++i) {
        const bool is_last = i + 1 == draft.rules.size();
        if (fits_all(draft.rules[i]) != is_last)
            draft.fault(i, "name",
                        is_last ? "is the last rule: it must fit everything, without patterns and exitCodes."
                                : "fits everything, so that no rule behind it counts: only the last one may.");
    }
    if (!draft.binder.faults().empty()) return Failure{draft.binder.take_faults()};
    FailureRules rules;
    rules.rules_ = std::move(draft.rules);
    return rules;
}

Result<FailureRules, Faults> FailureRules::extended_by(std::string_view text, const std::string& file_name) const {
    auto read = read_rules(text, file_name);
    if (!read) return Failure{read.error()};
    Draft draft = std::move(read).value();
    FailureRules all = *this;
    std::vector<FailureRule> own;
    for (std::size_t i = 0; i < draft.rules.size(); ++i) {
        const auto& rule = draft.rules[i];
        const auto known = std::ranges::find(all.rules_, rule.name, &FailureRule::name);
        const bool is_last = known != all.rules_.end() && known + 1 == all.rules_.end();
        if (fits_all(rule) != is_last)
            draft.fault(i, "name",
                        is_last ? "is the rule for everything else: it takes no patterns and no exitCodes."
                                : "fits everything: it needs patterns or exitCodes.");
        if (known == all.rules_.end())
            own.push_back(rule);
        else
            *known = rule;
    }
    all.rules_.insert(all.rules_.begin(), own.begin(), own.end());
    if (!draft.binder.faults().empty()) return Failure{draft.binder.take_faults()};
    for (const auto& misfit : all.misfits())
        for (std::size_t i = 0; i < draft.rules.size(); ++i)
            if (draft.rules[i].name == misfit.rule)
                draft.fault(i, "samples", cat("\"", misfit.sample, "\" is taken by the rule ", misfit.taken_by, '.'));
    if (!draft.binder.faults().empty()) return Failure{draft.binder.take_faults()};
    return all;
}

Diagnosis FailureRules::classify(const FailureEvidence& evidence) const {
    for (const auto& rule : rules_) {
        if (!fits_code(rule, evidence.exit_code)) continue;
        if (rule.patterns.empty()) return {.rule = &rule, .evidence = last_words(evidence)};
        auto shown = lines_with(rule, evidence.lines);
        if (shown.empty()) continue;
        if (shown.size() > kMostEvidence) shown.erase(shown.begin(), shown.end() - kMostEvidence);
        if (shown.back() + 1 != evidence.lines.size()) shown.push_back(evidence.lines.size() - 1);
        return {.rule = &rule, .evidence = std::move(shown)};
    }
    return {.rule = &rules_.back(), .evidence = last_words(evidence)};
}

std::vector<FailureRules::Misfit> FailureRules::misfits() const {
    std::vector<Misfit> found;
    for (const auto& rule : rules_) {
        auto codes = rule.exit_codes;
        if (codes.empty())
            codes.assign(kUsualCodes.begin(), fits_all(rule) ? kUsualCodes.begin() + 1 : kUsualCodes.end());
        for (const auto& sample : rule.samples) {
            const auto taker_with = [&](int code) { return classify({.exit_code = code, .lines = {sample}}).rule; };
            const auto wrong = std::ranges::find_if(codes, [&](int code) { return taker_with(code) != &rule; });
            if (wrong != codes.end())
                found.push_back({.rule = rule.name, .sample = sample, .taken_by = taker_with(*wrong)->name});
        }
    }
    return found;
}

}  // namespace desk
