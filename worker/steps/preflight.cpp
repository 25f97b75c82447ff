// preflight: everything that can be known before anything is created.
#include "worker/steps/steps.hpp"

namespace desk::worker::steps {

StepResult preflight(StepContext& in) {
    if (const auto fault = in.platform.preflight_fault(in.order))
        return StepResult::retry(in.scaled(60s), {.error_class = FailureClass::internal,
                                                  .code = "worker-not-ready",
                                                  .message = *fault,
                                                  .hint = "An administrator has to look at the worker: "
                                                          "`clusterdesk-worker doctor`.",
                                                  .turn = Turn::ADMIN});
    return StepResult::done();
}

}  // namespace desk::worker::steps
