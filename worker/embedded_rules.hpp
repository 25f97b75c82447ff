// The failure rules in force: conf/failure-rules.yaml as it was when the program was built, and the operator's own.
#pragma once

#include "core/base/config.hpp"
#include "core/model/failure_rules.hpp"

namespace desk::worker {

/// Throws Error{internal} when the file has faults (a test would have found them).
FailureRules embedded_failure_rules();

struct LoadedRules {
    FailureRules rules;
    Faults faults = {};  ///< of the operator's file; with any of them the built-in rules stand alone
};
/// The built-in rules with those of worker.failure_rules. A file that can't be read is a fault, not an exception: what
/// explains failures must not cause one.
LoadedRules load_failure_rules(const Config& config);

}  // namespace desk::worker
