#include "worker/steps/wait_for.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/store/power.hpp"

namespace desk::worker::steps {
namespace {

constexpr seconds kPause = 15s;  ///< between two looks

}  // namespace

StepResult wait_for(StepContext& in, seconds deadline, const std::string& what) {
    const auto [so_far, next] = in.db.write([&](pg::Transaction& tx) {
        return std::pair(power::time_in_step(tx, in.job, in.attempt, in.step),
                         power::moment_in(tx, std::max(in.scaled(kPause), seconds(1))));
    });
    if (so_far < std::max(in.scaled(deadline), seconds(60))) return StepResult::wait(next, what);
    return StepResult::retry(in.scaled(60s), {.error_class = FailureClass::cloud,
                                              .code = "machines-late",
                                              .message = cat("After ", to_words(so_far), ": ", what, "."),
                                              .hint = "It is tried again. If it stays so, look at the machines in the "
                                                      "cloud's console.",
                                              .turn = Turn::ADMIN});
}

}  // namespace desk::worker::steps
