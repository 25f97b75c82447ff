// conf/failure-rules.yaml as it was when the program was built.
#pragma once

#include "core/model/failure_rules.hpp"

namespace desk::worker {

/// Throws Error{internal} when the file has faults (a test would have found them).
FailureRules embedded_failure_rules();

}  // namespace desk::worker
