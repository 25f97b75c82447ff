// scale: tells the sets of the cluster's workers how many machines each has to have. wait-nodes: until they have them.
// More workers are recorded before the first set is told, fewer after the last machine is gone: what may cost money is
// counted.
#include "core/model/scaling.hpp"

#include "core/base/fault_point.hpp"
#include "core/base/text.hpp"
#include "core/store/scaling.hpp"
#include "worker/platforms/worker_sets.hpp"
#include "worker/steps/steps.hpp"
#include "worker/steps/wait_for.hpp"

namespace desk::worker::steps {
namespace {

constexpr seconds kSetsDeadline = 10min;
constexpr seconds kNewMachinesDeadline = 30min;

int wanted(const StepContext& in) { return in.params.at("workers"); }

int sum(const std::vector<kube::MachineSet>& sets, int kube::MachineSet::*number) {
    int all = 0;
    for (const auto& set : sets) all += set.*number;
    return all;
}

std::string workers(int count) { return cat(count, count == 1 ? " worker" : " workers"); }

StepResult without_sets() {
    return StepResult::fail({.error_class = FailureClass::cloud,
                             .code = "no-machine-sets",
                             .message = "The cluster has none of the machine sets that its installer made.",
                             .hint = "Somebody has deleted or renamed them. Its workers have to be changed with its "
                                     "kubeconfig.",
                             .turn = Turn::REQUESTER});
}

StepResult changed_meanwhile(int others, int ours) {
    return StepResult::fail(
        {.error_class = FailureClass::user,
         .code = "workers-changed",
         .message = cat("The cluster is told to have ", workers(others), " by now, not ", ours,
                        ": somebody else has changed its machine sets."),
         .hint = "Agree with whoever works on the cluster, then ask again for the number that holds.",
         .turn = Turn::REQUESTER});
}

/// What the sets are told, and what they have, is looked at again when somebody else changes them, or nobody answers.
StepResult patiently(StepContext& in, seconds deadline, StepResult (*look)(StepContext&)) {
    try {
        return look(in);
    } catch (const Error& error) {
        if (error.code() != Code::conflict && error.code() != Code::unavailable) throw;
        return wait_for(in, deadline, error.for_user());
    }
}

StepResult tell_sets(StepContext& in) {
    const auto sets = worker_sets_of(in);
    const auto now = sets->all();
    if (now.empty()) return without_sets();

    if (wanted(in) > scaling::workers_of(in.cluster, in.order))
        in.db.write([&](pg::Transaction& tx) { scaling::record(tx, in.cluster.id, in.order, wanted(in)); });
    const auto share = spread(wanted(in), now.size());
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (now[i].wanted == share[i]) continue;
        sets->set_replicas(now[i], share[i]);
        in.note(cat("Machine set ", now[i].name, ": ", now[i].wanted, " -> ", share[i], '.'));
        fault_point("scale:one");
    }
    return StepResult::done(cat("told to have ", workers(wanted(in)), " in ", now.size(),
                                now.size() == 1 ? " machine set" : " machine sets"));
}

StepResult look_at_sets(StepContext& in) {
    const auto sets = worker_sets_of(in);
    const auto now = sets->all();
    if (const int told = sum(now, &kube::MachineSet::wanted); told != wanted(in))
        return changed_meanwhile(told, wanted(in));
    for (const auto& set : now)
        if (!set.is_settled())
            return wait_for(in, kNewMachinesDeadline,
                            cat(sum(now, &kube::MachineSet::ready), " of ", workers(wanted(in)), " ready, ",
                                sum(now, &kube::MachineSet::there), " there"));
    if (const auto away = sets->nodes_away(); !away.empty())
        return wait_for(in, kNewMachinesDeadline, cat("not ready yet: ", join(away, ", ")));
    return StepResult::done_with([id = in.cluster.id, order = in.order,
                                  count = wanted(in)](pg::Transaction& tx) { scaling::record(tx, id, order, count); },
                                 cat(workers(wanted(in)), ", every node is ready"));
}

}  // namespace

StepResult scale(StepContext& in) { return patiently(in, kSetsDeadline, tell_sets); }

StepResult wait_workers(StepContext& in) { return patiently(in, kNewMachinesDeadline, look_at_sets); }

}  // namespace desk::worker::steps
