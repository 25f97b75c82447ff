// prereqs: what must stand in the cloud before the installer runs. prereqs-destroy and credentials-delete take away
// what attempts stored keys for; no platform of today's desk makes either.
#include "core/base/text.hpp"
#include "worker/steps/steps.hpp"

namespace desk::worker::steps {
namespace {

/// Keys that nobody here can follow are never passed over: the receipt would lie.
StepResult none_of(const StepContext& in, std::optional<std::string> runs::Attempt::*key, std::string_view what) {
    for (const auto& attempt : in.earlier)
        if (attempt.*key)
            return StepResult::retry(in.scaled(3600s),
                                     {.error_class = FailureClass::internal,
                                      .code = "key-of-other-version",
                                      .message = cat("An attempt made ", what, " (", *(attempt.*key),
                                                     ") that this version of the desk can't take away."),
                                      .hint = "An administrator has to install a worker that can.",
                                      .turn = Turn::ADMIN});
    return StepResult::done("nothing of that kind was created");
}

}  // namespace

StepResult prereqs(StepContext& in) {
    return StepResult::done(cat("platform ", text(in.order.platform), " needs none"));
}

StepResult credentials_delete(StepContext& in) {
    return none_of(in, &runs::Attempt::ccoctl_name, "roles and an identity provider");
}

StepResult prereqs_destroy(StepContext& in) { return none_of(in, &runs::Attempt::tf_state_key, "terraform resources"); }

}  // namespace desk::worker::steps
