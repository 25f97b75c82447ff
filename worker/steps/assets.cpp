// manifests and ignition: the installer writes its assets, still without any call that creates something.
#include "worker/installer.hpp"
#include "worker/steps/steps.hpp"

namespace desk::worker::steps {
namespace {

/// Assets are a matter of seconds; preflight calls to a cloud in trouble are not (the installer retries for minutes).
constexpr seconds kDeadline = 15min;

StepResult create(StepContext& in, const std::string& what) {
    const InstallerCall call{.verb = {"create", what}, .dir = in.install_dir(), .deadline = kDeadline, .last_word = {}};
    const auto end = run_installer(in, call);
    hide_credentials(in, in.install_dir());
    if (end.is_complete) return StepResult::done();
    keep_installer_log(in, in.install_dir(), "installer.log");
    return installer_failed(in, call, end);
}

}  // namespace

StepResult manifests(StepContext& in) { return create(in, "manifests"); }

StepResult ignition(StepContext& in) {
    auto result = create(in, "ignition-configs");
    // A misspelt verb prints its help and exits 0: believe the files.
    if (result.kind == StepResult::Kind::done && !fs::exists(in.install_dir() / "metadata.json"))
        return StepResult::fail({.error_class = FailureClass::internal,
                                 .code = "metadata-missing",
                                 .message = "The installer wrote no metadata.json. Nothing was created.",
                                 .hint = "Without it the cluster could not be destroyed again. An administrator should "
                                         "look at the installer.",
                                 .turn = Turn::ADMIN});
    return result;
}

}  // namespace desk::worker::steps
