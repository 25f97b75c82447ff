// How a step waits for something that takes its time.
#pragma once

#include <string>

#include "worker/step.hpp"

namespace desk::worker::steps {

/// Waits for `what` without a slot, up to `deadline` from the step's first begin on; then the attempt has failed.
StepResult wait_for(StepContext& in, seconds deadline, const std::string& what);

}  // namespace desk::worker::steps
