// install: `create cluster`, once. It can't be repeated: the phase that was committed before decides what follows a
// crash. Past the bootstrap `wait-for install-complete` goes on instead.
#include "core/base/fault_point.hpp"
#include "core/base/text.hpp"
#include "worker/installer.hpp"
#include "worker/steps/steps.hpp"

namespace desk::worker::steps {
namespace {

/// Exit codes of openshift-install that mean: the bootstrap is over, the cluster runs, operators are late.
constexpr int kOperatorsMissing = 6, kOperatorsUnstable = 7;

void set_phase(StepContext& in, Phase phase) {
    in.db.write([&](pg::Transaction& tx) { runs::set_phase(tx, in.job, in.key_attempt(), phase); });
    fault_point(cat("install:", text(phase)));
}

Phase phase_now(StepContext& in) {
    return in.db.write([&](pg::Transaction& tx) {
        for (const auto& attempt : runs::unclean(tx, in.cluster.id))
            if (attempt.job_id == in.job && attempt.attempt == in.key_attempt()) return attempt.phase;
        throw Error(Code::internal, "The attempt has no key.", cat(in.job, " would install without a stored infraID"));
    });
}

}  // namespace

StepResult install(StepContext& in) {
    const Phase phase = phase_now(in);
    if (phase == Phase::cloud)
        return StepResult::retry(0s, {.error_class = FailureClass::dirty,
                                      .code = "install-interrupted",
                                      .message = "An earlier run had begun to create machines.",
                                      .hint = "They are destroyed first, then the installation starts over.",
                                      .turn = Turn::NOBODY});
    InstallerCall call{.verb = {"wait-for", "install-complete"},
                       .dir = in.install_dir(),
                       .deadline = in.order.deadlines.install,
                       .last_word = Mark::INSTALLED};
    if (phase == Phase::local) {
        call.verb = {"create", "cluster"};
        set_phase(in, Phase::cloud);  // committed: from here on a retry must destroy first
    }
    const auto end = run_installer(in, call);
    fault_point("install:ended");
    hide_credentials(in, in.install_dir());
    keep_installer_log(in, in.install_dir(), "installer.log");
    if (end.is_complete) return StepResult::done();
    if (end.exit.code == kOperatorsMissing || end.exit.code == kOperatorsUnstable) set_phase(in, Phase::bootstrapped);
    return installer_failed(in, call, end);
}

}  // namespace desk::worker::steps
