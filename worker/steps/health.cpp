// health: asks a cluster that runs how it is. Whatever it says, the cluster stays what it was: READY.
#include "worker/health.hpp"

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/store/checks.hpp"
#include "worker/cluster_access.hpp"
#include "worker/steps/steps.hpp"

namespace desk::worker::steps {

StepResult health(StepContext& in) {
    CurlTransport transport;
    kube::Api api(transport, access_of(in));
    const auto found = ask_health(api, in.order.version);
    in.db.write([&](pg::Transaction& tx) { checks::replace(tx, in.job, in.attempt, found); });

    std::vector<std::string> failed;
    for (const auto& check : found) {
        if (check.level != CheckLevel::PASS) in.log.note(LogLevel::WARNING, cat(check.id, ": ", check.detail));
        if (check.level == CheckLevel::FAIL) failed.push_back(check.detail);
    }
    if (failed.empty()) return StepResult::done("it is well");
    return StepResult::fail({.error_class = FailureClass::cloud,
                             .code = "not-healthy",
                             .message = join(failed, " "),
                             .hint = "The cluster stays as it is. Its page lists what to look at.",
                             .turn = Turn::REQUESTER});
}

}  // namespace desk::worker::steps
