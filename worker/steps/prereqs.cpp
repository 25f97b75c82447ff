// prereqs: what terraform makes before the installer runs, and prereqs-destroy, which takes it away again. The key of
// the state and the variables are stored before anything is created. A hosted zone stays unless somebody typed its
// name: other clusters have their names in it, and a new one would have other name servers.
#include "core/store/prereqs.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "worker/installer.hpp"
#include "worker/steps/steps.hpp"

namespace desk::worker::steps {
namespace {

constexpr seconds kLockTimeout = 20s;
constexpr std::string_view kStays = "aws_route53_zone.";

/// Looked up, not made.
bool is_read_only(const std::string& address) { return address.starts_with("data."); }

/// One state for all attempts of a cluster: the next one finds what the last one made.
std::string state_key_of(const StepContext& in) { return cat("clusters/", in.cluster.id, "/prereqs.tfstate"); }

void tell(StepContext& in, const TerraformPlan& plan) {
    in.note(cat("Terraform's plan: ", plan.words(), '.'));
    for (const auto& change : plan.changes) in.note(cat("  ", change.action, ' ', change.address));
}

Terraform open(StepContext& in, const TerraformRoot& root, LineSink log) {
    for (const auto& dir : {in.dir / "home", in.dir / "tmp"}) make_dir(dir);
    fs::remove_all(in.dir / "terraform");  // a step that runs again starts from nothing
    return {in.process,
            {.program = in.config.terraform.program,
             .environment = environment_of(in),
             .cli_config = in.config.terraform.cli_config,
             .kill_after = seconds(in.config.worker.kill_seconds),
             .lock_timeout = in.scaled(kLockTimeout)},
            root,
            in.dir / "terraform",
            std::move(log)};
}

StepResult answer_to(StepContext& in, TerraformFailed& failed) {
    if (in.heartbeat.reason() != StopReason::NONE) return StepResult::stopped();
    if (failed.exit.ending == Ending::own)
        return classified(in, {.exit_code = failed.exit.code, .lines = std::move(failed.said)});
    return StepResult::retry(in.scaled(60s),
                             {.error_class = FailureClass::internal,
                              .code = failed.exit.timed_out() ? "deadline-passed" : "terraform-missing",
                              .message = cat("Terraform did not do its work: ", failed.exit.why, "."),
                              .hint = "An administrator has to look at the worker: `clusterdesk-worker doctor`.",
                              .turn = Turn::ADMIN});
}

StepResult make_prereqs(StepContext& in) {
    const auto key = state_key_of(in);
    const auto stored = in.db.write([&](pg::Transaction& tx) { return prereqs::find(tx, in.cluster.id); });
    auto root = in.platform.prereqs(in.order, key, in.cluster.id, stored ? stored->variables : Json(nullptr));
    if (!root) return StepResult::done(cat("platform ", text(in.order.platform), " needs none"));
    in.db.write(
        [&](pg::Transaction& tx) { prereqs::begin(tx, in.cluster.id, in.job, in.attempt, key, root->variables); });

    auto terraform = open(in, *root, in.log.sink(LogSource::PROGRAM));
    const auto plan = terraform.plan(Terraform::Goal::make);
    tell(in, plan);
    in.db.write([&](pg::Transaction& tx) { prereqs::set_planned(tx, in.cluster.id, plan.to_json()); });
    terraform.apply();
    const Json outputs = terraform.outputs();
    in.db.write([&](pg::Transaction& tx) { prereqs::set_applied(tx, in.cluster.id, outputs); });
    return StepResult::done(plan.words());
}

StepResult take_prereqs_away(StepContext& in) {
    const auto stored = in.db.write([&](pg::Transaction& tx) { return prereqs::find(tx, in.cluster.id); });
    if (!stored) return StepResult::done("nothing of that kind was created");
    const auto root = in.platform.prereqs(in.order, stored->state_key, in.cluster.id, stored->variables);
    if (!root)  // a key that nobody here can follow is never passed over: the receipt would lie
        return StepResult::retry(in.scaled(3600s),
                                 {.error_class = FailureClass::internal,
                                  .code = "terraform-unknown",
                                  .message = cat("Terraform made things for this cluster (state ", stored->state_key,
                                                 "), and this worker has no root to take them away with."),
                                  .hint = "An administrator has to set terraform.aws_prereqs again.",
                                  .turn = Turn::ADMIN});

    auto terraform = open(in, *root, in.log.sink(LogSource::PROGRAM));
    const auto held = terraform.resources();
    const bool takes_zone = !stored->delete_zone.empty() && stored->delete_zone == stored->own_zone();
    std::vector<std::string> kept;
    for (const auto& address : held)
        if (address.starts_with(kStays) && !takes_zone) kept.push_back(address);
    for (const auto& address : kept) {
        in.note(cat("Stays in the cloud: ", address));
        terraform.forget(address);
    }
    if (!held.empty()) {
        tell(in, terraform.plan(Terraform::Goal::destroy));
        terraform.apply();
    }
    std::vector<std::string> left;
    for (auto& address : terraform.resources())
        if (!is_read_only(address)) left.push_back(std::move(address));
    if (!left.empty())
        return StepResult::retry(in.scaled(300s),
                                 {.error_class = FailureClass::dirty,
                                  .code = "terraform-left",
                                  .message = cat("Terraform left something: ", join(left, ", "), '.'),
                                  .hint = "It is tried again. If it stays so, an administrator has to look.",
                                  .turn = Turn::ADMIN});
    in.db.write([&](pg::Transaction& tx) { prereqs::set_destroyed(tx, in.cluster.id); });
    return StepResult::done(kept.empty() ? "nothing is left" : cat("stays: ", join(kept, ", ")));
}

StepResult with_terraform(StepContext& in, StepResult (*work)(StepContext&)) {
    try {
        return work(in);
    } catch (TerraformFailed& failed) {
        return answer_to(in, failed);
    }
}

}  // namespace

std::vector<Leftover> terraform_leftovers(StepContext& in) {
    const auto stored = in.db.write([&](pg::Transaction& tx) { return prereqs::find(tx, in.cluster.id); });
    if (!stored) return {};
    const auto root = in.platform.prereqs(in.order, stored->state_key, in.cluster.id, stored->variables);
    if (!root)
        throw Error(Code::unavailable,
                    cat("Terraform's state ", stored->state_key,
                        " can't be listed: an administrator has to set terraform.aws_prereqs again."));
    std::vector<Leftover> left;
    try {
        for (auto& address : open(in, *root, {}).resources())
            if (!is_read_only(address))
                left.push_back({.region = "terraform", .type = "terraform", .id = address, .name = address});
    } catch (const TerraformFailed& failed) {
        throw Error(Code::unavailable, cat("Terraform's state ", stored->state_key, " could not be listed."),
                    failed.said.empty() ? failed.exit.why : failed.said.back());
    }
    return left;
}

StepResult prereqs(StepContext& in) { return with_terraform(in, make_prereqs); }

StepResult prereqs_destroy(StepContext& in) { return with_terraform(in, take_prereqs_away); }

}  // namespace desk::worker::steps
