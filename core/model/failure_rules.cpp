#include "core/model/failure_rules.hpp"

#include <algorithm>
#include <set>

#include "core/base/text.hpp"
#include "core/base/yaml_bind.hpp"
#include "core/model/lifetime.hpp"

namespace desk {

/// As in the file: the delay is a duration ("10m").
struct FailureRuleFields {
    std::string name = {};
    std::vector<std::string> patterns = {};
    std::vector<int> exit_codes = {};
    FailureClass error_class = FailureClass::internal;
    Turn turn = Turn::ADMIN;
    std::string reason = {}, hint = {}, retry_after = {};
};
struct FailureRulesFile {
    std::vector<FailureRuleFields> rules = {};
};

template <>
inline constexpr auto kFields<FailureRuleFields> = std::tuple{
    field("name", &FailureRuleFields::name, {.required = true, .least = 1}),
    field("patterns", &FailureRuleFields::patterns),
    field("exitCodes", &FailureRuleFields::exit_codes),
    field("class", &FailureRuleFields::error_class, {.required = true}),
    field("turn", &FailureRuleFields::turn, {.required = true}),
    field("reason", &FailureRuleFields::reason, {.required = true, .least = 1}),
    field("hint", &FailureRuleFields::hint, {.required = true, .least = 1}),
    field("retryAfter", &FailureRuleFields::retry_after),
};
template <>
inline constexpr auto kFields<FailureRulesFile> = std::tuple{
    field("rules", &FailureRulesFile::rules, {.required = true, .least = 1}),
};

namespace {

bool fits_all(const FailureRuleFields& rule) { return rule.patterns.empty() && rule.exit_codes.empty(); }

char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

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
    auto document = parse_yaml(text, file_name);
    if (!document) return Failure{document.error()};
    FailureRulesFile file;
    YamlBinder binder(file_name);
    binder.read(*document, file);

    FailureRules rules;
    std::set<std::string> names;
    for (std::size_t i = 0; i < file.rules.size(); ++i) {
        const auto& row = file.rules[i];
        const auto where = [&](std::string_view key) { return cat("rules[", i, "].", key); };
        if (!names.insert(row.name).second) binder.fault_at(*document, where("name"), "is the name of two rules.");
        const bool is_last = i + 1 == file.rules.size();
        if (fits_all(row) != is_last)
            binder.fault_at(*document, where("name"),
                            is_last ? "is the last rule: it must fit everything, without patterns and exitCodes."
                                    : "fits everything, so that no rule behind it counts: only the last one may.");
        const auto delay = row.retry_after.empty() ? seconds(60) : parse_duration(row.retry_after).value_or(0s);
        if (delay == 0s) binder.fault_at(*document, where("retryAfter"), "must be a duration such as 90s or 10m.");
        rules.rules_.push_back({.name = row.name,
                                .patterns = row.patterns,
                                .exit_codes = row.exit_codes,
                                .error_class = row.error_class,
                                .turn = row.turn,
                                .reason = row.reason,
                                .hint = row.hint,
                                .retry_after = delay});
    }
    if (!binder.faults().empty()) return Failure{binder.take_faults()};
    return rules;
}

Diagnosis FailureRules::classify(const FailureEvidence& evidence) const {
    for (const auto& rule : rules_) {
        const bool code_fits =
            rule.exit_codes.empty() ||
            (evidence.exit_code && std::count(rule.exit_codes.begin(), rule.exit_codes.end(), *evidence.exit_code) > 0);
        if (!code_fits) continue;
        if (rule.patterns.empty()) return {.rule = &rule, .evidence = {}};
        for (const auto& line : evidence.lines)
            for (const auto& pattern : rule.patterns)
                if (contains_pattern(line, pattern)) return {.rule = &rule, .evidence = line};
    }
    return {.rule = &rules_.back(), .evidence = {}};
}

}  // namespace desk
