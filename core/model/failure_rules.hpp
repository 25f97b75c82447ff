// From what a program said to what it means: why it failed, whose turn it is, what to change, whether to try again.
// The rules are data (conf/failure-rules.yaml, and a file of the operator's own); the first that fits counts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/base/yaml.hpp"
#include "core/model/job.hpp"

namespace desk {

struct FailureRule {
    std::string name = {};                   ///< stable word for pages, metrics and searches: "vcpu-quota"
    std::vector<std::string> patterns = {};  ///< one of them is in a line; '*' stands for anything; case does not count
    bool at_end = false;                     ///< only the last kEndLines lines count
    std::vector<int> exit_codes = {};        ///< one of them; empty = any
    FailureClass error_class = FailureClass::internal;
    Turn turn = Turn::ADMIN;
    std::string reason = {};  ///< a sentence for the requester
    std::string hint = {};    ///< what to do
    seconds retry_after = 60s;
    std::vector<std::string> samples = {};  ///< lines that it is about: its test

    bool operator==(const FailureRule&) const = default;
};

/// What `atEnd` of a rule looks at: a program says what it stumbled over on the way long before its last words.
inline constexpr std::size_t kEndLines = 5;

/// How a program failed, redacted.
struct FailureEvidence {
    std::optional<int> exit_code = {};
    std::vector<std::string> lines =
        {};  ///< warnings and errors, oldest first: the last one is the program's last word
};

/// What became of it.
struct Diagnosis {
    const FailureRule* rule = nullptr;       ///< never null; lives as long as the rules
    std::vector<std::size_t> evidence = {};  ///< which lines show it, in their order; the last one of all is among them
};

/// Whether an attempt that failed so is followed by another one. `failures`: how many have failed so far, this one
/// included. `user` and `credentials` never, `internal` once; the others up to `limit` attempts (nothing = no limit).
bool is_retried(FailureClass error_class, int failures, std::optional<int> limit);

class FailureRules {
  public:
    /// Rules that are complete: the last one must fit everything (no patterns, no exit codes), so that every failure
    /// has a rule.
    static Result<FailureRules, Faults> parse(std::string_view text, const std::string& file_name);

    /// These rules and those of an operator's file: a rule of a known name takes the place of that one, the others are
    /// tried before all of these. Refuses a file whose samples another rule would take.
    Result<FailureRules, Faults> extended_by(std::string_view text, const std::string& file_name) const;

    Diagnosis classify(const FailureEvidence& evidence) const;
    const std::vector<FailureRule>& rules() const { return rules_; }

    /// A sample that is not recognised as what it is a sample of.
    struct Misfit {
        std::string rule = {}, sample = {}, taken_by = {};
    };
    std::vector<Misfit> misfits() const;

  private:
    std::vector<FailureRule> rules_;
};

/// Whether `text` is the document of a file of failure rules (it may be full of faults all the same).
bool is_failure_rules_file(const Yaml& document);

/// Whether `pattern` is somewhere in `text`; '*' in it stands for any characters, ASCII case does not count.
bool contains_pattern(std::string_view text, std::string_view pattern);

}  // namespace desk
