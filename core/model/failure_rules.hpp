// From what a program said to what it means: why it failed, whose turn it is, what to change, whether to try again.
// The rules are data (conf/failure-rules.yaml); the first that fits counts.
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
    std::vector<int> exit_codes = {};        ///< one of them; empty = any
    FailureClass error_class = FailureClass::internal;
    Turn turn = Turn::ADMIN;
    std::string reason = {};  ///< a sentence for the requester
    std::string hint = {};    ///< what to do
    seconds retry_after = 60s;

    bool operator==(const FailureRule&) const = default;
};

/// How a program failed, redacted.
struct FailureEvidence {
    std::optional<int> exit_code = {};
    std::vector<std::string> lines = {};  ///< warnings and errors, oldest first
};

/// What became of it.
struct Diagnosis {
    const FailureRule* rule = nullptr;  ///< never null; lives as long as the rules
    std::string evidence = {};          ///< the line that decided, "" when none did
};

/// Whether an attempt that failed so is followed by another one. `failures`: how many have failed so far, this one
/// included. `user` and `credentials` never, `internal` once; the others up to `limit` attempts (nothing = no limit).
bool is_retried(FailureClass error_class, int failures, std::optional<int> limit);

class FailureRules {
  public:
    /// The last rule must fit everything (no patterns, no exit codes), so that every failure has a rule.
    static Result<FailureRules, Faults> parse(std::string_view text, const std::string& file_name);

    Diagnosis classify(const FailureEvidence& evidence) const;
    const std::vector<FailureRule>& rules() const { return rules_; }

  private:
    std::vector<FailureRule> rules_;
};

/// Whether `pattern` is somewhere in `text`; '*' in it stands for any characters, ASCII case does not count.
bool contains_pattern(std::string_view text, std::string_view pattern);

}  // namespace desk
