// Runs the installer for a step, and turns the way it failed into what the step answers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/store/artifacts.hpp"
#include "worker/step.hpp"

namespace desk::worker {

struct InstallerCall {
    std::vector<std::string> verb = {};  ///< {"create", "cluster"}
    fs::path dir = {};                   ///< --dir
    seconds deadline = {};               ///< the desk's own: the installer's destroy has none
    std::optional<Mark> last_word = {};  ///< without it exit 0 proves nothing
};

/// What the installer did, as far as it was seen.
struct InstallerEnd {
    Exit exit = {};
    bool is_complete = false;  ///< exit 0, and its last word was said
};

/// The whole environment of a program that acts in the cloud for this job; see PlatformDriver::environment.
std::map<std::string, std::string> environment_of(StepContext& in);

/// Which installer does it: a cluster in FIPS mode takes the FIPS-capable build to be made, any build to be destroyed.
ProgramUse installer_for(const EffectiveOrder& order, bool destroys);

/// Runs it under the job's guard with an environment of its own; its lines go to the job's log.
InstallerEnd run_installer(StepContext& in, const InstallerCall& call);

/// The answer of a step whose installer run was not complete: mines the installer's log file for the reason, and asks
/// the failure rules.
StepResult installer_failed(StepContext& in, const InstallerCall& call, const InstallerEnd& end);

/// The answer of a step whose program failed by itself: what the failure rules say, with the lines that show it.
StepResult classified(StepContext& in, const FailureEvidence& evidence);

/// Stores the installer's log file, redacted, as an artifact for people. Nothing happens when there is none.
void keep_installer_log(StepContext& in, const fs::path& dir, const std::string& file_name);

/// Hides from all logs what the installer wrote into auth/: the password, and the key material of the kubeconfig.
void hide_credentials(StepContext& in, const fs::path& dir);

/// Stores `bytes` as an artifact of this cluster; the row belongs in a transaction of the caller.
artifacts::Artifact put_artifact(StepContext& in, ArtifactType type, const std::string& file_name,
                                 std::string_view bytes);
/// The same, sealed and private.
artifacts::Artifact put_sealed_artifact(StepContext& in, ArtifactType type, const std::string& file_name,
                                        const Secret& plain);

}  // namespace desk::worker
