// restore, destroy: takes away what attempts of this cluster stored the keys of, one infraID after the other. Only by
// those keys and never by a name: a name may belong to somebody else's cluster. clear: the same inside a create that
// has to start over.
#include "core/base/fault_point.hpp"
#include "core/base/text.hpp"
#include "worker/installer.hpp"
#include "worker/steps/steps.hpp"

namespace desk::worker::steps {
namespace {

fs::path dir_of(const StepContext& in, const runs::Attempt& attempt) { return in.dir / *attempt.infra_id; }

/// The installer's destroy needs metadata.json and nothing else, and deletes it when it is done.
void restore_metadata(const StepContext& in, const runs::Attempt& attempt) {
    make_dir(dir_of(in, attempt));
    replace_file(dir_of(in, attempt) / "metadata.json", attempt.metadata.dump());
}

StepResult destroy_all(StepContext& in) {
    int destroyed = 0;
    for (const auto& attempt : in.earlier) {
        if (!attempt.infra_id) continue;
        restore_metadata(in, attempt);
        const InstallerCall call{.verb = {"destroy", "cluster"},
                                 .dir = dir_of(in, attempt),
                                 .deadline = in.order.deadlines.destroy,
                                 .last_word = Mark::UNINSTALLED};
        in.note(cat("Destroying what attempt ", attempt.attempt, " made (infraID ", *attempt.infra_id, ")."));
        const auto end = run_installer(in, call);
        keep_installer_log(in, call.dir, cat("destroy-", *attempt.infra_id, ".log"));
        if (!end.is_complete) return installer_failed(in, call, end);
        ++destroyed;
        fault_point("destroy:one");
    }
    return StepResult::done(destroyed == 0 ? "nothing of that kind was created"
                                           : cat("the installer says: ", destroyed, " uninstalled"));
}

}  // namespace

StepResult restore(StepContext& in) {
    int restored = 0;
    for (const auto& attempt : in.earlier) {
        if (!attempt.infra_id) continue;
        restore_metadata(in, attempt);
        ++restored;
    }
    return StepResult::done(restored == 0 ? "no attempt stored a key: nothing was ever created"
                                          : cat(restored, restored == 1 ? " infraID" : " infraIDs", " to destroy"));
}

StepResult destroy(StepContext& in) {
    auto result = destroy_all(in);
    // people want to know what the installer could not delete, though no sweep comes after it
    if (result.kind == StepResult::Kind::retry || result.kind == StepResult::Kind::fail) record_leftovers(in);
    return result;
}

StepResult clear(StepContext& in) {
    auto result = destroy_all(in);
    if (result.kind != StepResult::Kind::done) return result;
    const auto roles = credentials_delete(in);  // after the cluster: its operators need them to the end
    return roles.kind == StepResult::Kind::done ? result : roles;
}

}  // namespace desk::worker::steps
