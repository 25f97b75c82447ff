// Hibernate and resume: stop-machines and wait-stopped; start-machines, wait-machines, then, on platforms whose
// clusters can be asked, wait-nodes, settle, wait-operators; the first and the last of these give kubelets the
// certificates that they ask for after a long sleep.
#include <algorithm>

#include "core/base/text.hpp"
#include "core/model/platform.hpp"
#include "core/store/power.hpp"
#include "worker/cluster_access.hpp"
#include "worker/health.hpp"
#include "worker/platforms/power.hpp"
#include "worker/steps/steps.hpp"
#include "worker/steps/wait_for.hpp"

namespace desk::worker::steps {
namespace {

constexpr seconds kMachinesDeadline = 20min;
constexpr seconds kNodesDeadline = 30min;
constexpr seconds kSettle = 60s;  ///< operators still tell what was true before the sleep
constexpr seconds kOperatorsDeadline = 45min;
constexpr seconds kClockSlack = 1min;  ///< between a node's clock and the database's; one that is further behind waits
constexpr const char* kNoAnswer = "the cluster's API does not answer yet";

/// The machines of every attempt that stored a key, and what switches them.
struct Machines {
    std::unique_ptr<PowerSwitch> power;
    std::vector<Machine> all = {};

    std::vector<Machine> that(bool (Machine::*is)() const, bool wanted) const {
        std::vector<Machine> some;
        std::ranges::copy_if(all, std::back_inserter(some),
                             [&](const Machine& machine) { return (machine.*is)() == wanted; });
        return some;
    }
};
Machines look(const StepContext& in) {
    std::vector<std::string> infra_ids, regions = {in.cluster.region};
    std::string account;
    for (const auto& attempt : in.earlier) {
        if (attempt.infra_id) infra_ids.push_back(*attempt.infra_id);
        if (!attempt.account.empty()) account = attempt.account;
    }
    Machines machines{.power = find_power_switch(in.cluster.platform, account, in.config)};
    if (!machines.power) throw Error(Code::internal, "The machines of this platform can't be switched.");
    machines.all = machines.power->machines(infra_ids, regions);
    return machines;
}

std::string some_of(const std::vector<Machine>& machines, const char* verb) {
    return cat(machines.size(), machines.size() == 1 ? " machine " : " machines ", verb);
}

/// When the machines were told to start. What a node said before, it said before its sleep, and etcd kept it.
Time time_of_start(StepContext& in) {
    return in.db.write([&](pg::Transaction& tx) {
        return power::moment_in(tx, -power::time_in_step(tx, in.job, in.attempt, "start-machines") - kClockSlack);
    });
}

/// Kubelets ask for a certificate to sign in with, and then for one to serve with. How many got one.
int approve_kubelets(StepContext& in, kube::Api& api) {
    const int approved = api.approve_kubelets();
    if (approved > 0)
        in.note(
            cat("Approved ", approved, approved == 1 ? " certificate" : " certificates", " that nodes had asked for."));
    return approved;
}

/// What the last step of a job writes.
std::function<void(pg::Transaction&)> advancing(const StepContext& in, ClusterEvent event) {
    return [id = in.cluster.id, event](pg::Transaction& tx) {
        if (!clusters::advance(tx, id, event))
            throw Error(Code::conflict, "The cluster's state changed.", cat(id, " can't ", text(event)));
    };
}

}  // namespace

StepResult stop_machines(StepContext& in) {
    const auto machines = look(in);
    auto running = machines.that(&Machine::is_off, false);
    std::erase_if(running, [](const Machine& machine) { return machine.state == "stopping"; });
    if (!running.empty()) machines.power->stop(running);
    return StepResult::done(some_of(machines.all, "told to stop"));
}

StepResult wait_stopped(StepContext& in) {
    const auto left = look(in).that(&Machine::is_off, false);
    if (!left.empty()) return wait_for(in, kMachinesDeadline, some_of(left, "not stopped yet"));
    return StepResult::done_with(advancing(in, ClusterEvent::HIBERNATED), "all machines are stopped");
}

StepResult start_machines(StepContext& in) {
    const auto machines = look(in);
    if (machines.all.empty())
        return StepResult::fail({.error_class = FailureClass::cloud,
                                 .code = "no-machines",
                                 .message = "The cluster has no machines any more.",
                                 .hint = "Somebody has deleted them in the cloud. Destroy the cluster.",
                                 .turn = Turn::REQUESTER});
    if (const auto stopped = machines.that(&Machine::is_off, true); !stopped.empty()) machines.power->start(stopped);
    return StepResult::done(some_of(machines.all, "told to start"));
}

StepResult wait_machines(StepContext& in) {
    const auto machines = look(in);
    // One that was still stopping when it was told to start stays off: it is told again.
    if (const auto stopped = machines.that(&Machine::is_off, true); !stopped.empty()) machines.power->start(stopped);
    if (const auto left = machines.that(&Machine::is_on, false); !left.empty())
        return wait_for(in, kMachinesDeadline, some_of(left, "not running yet"));
    return StepResult::done("all machines run");
}

StepResult wait_nodes(StepContext& in) {
    CurlTransport transport;
    kube::Api api(transport, access_of(in));
    const Time started = time_of_start(in);
    std::vector<std::string> away;
    try {
        approve_kubelets(in, api);
        for (const auto& node : api.nodes())
            if (!node.is_ready || node.heard_of < started) away.push_back(node.name);
    } catch (const Error& error) {
        if (error.code() != Code::unavailable) throw;
        return wait_for(in, kNodesDeadline, kNoAnswer);
    }
    if (!away.empty()) return wait_for(in, kNodesDeadline, cat("not ready yet: ", join(away, ", ")));
    return StepResult::done("all nodes are ready");
}

StepResult settle(StepContext& in) {
    const auto [so_far, next] = in.db.write([&](pg::Transaction& tx) {
        return std::pair(power::time_in_step(tx, in.job, in.attempt, in.step), power::moment_in(tx, kSettle));
    });
    return so_far < kSettle ? StepResult::wait(next, "operators find out that the cluster is awake")
                            : StepResult::done();
}

StepResult wait_operators(StepContext& in) {
    if (has_api(in.cluster.platform)) {
        CurlTransport transport;
        kube::Api api(transport, access_of(in));
        try {
            if (approve_kubelets(in, api) > 0)
                return wait_for(in, kOperatorsDeadline, "nodes get certificates that they had asked for");
        } catch (const Error& error) {
            if (error.code() != Code::unavailable) throw;
            return wait_for(in, kOperatorsDeadline, kNoAnswer);
        }
        for (const auto& check : ask_health(api, in.order.version))
            if (check.level == CheckLevel::FAIL) return wait_for(in, kOperatorsDeadline, check.detail);
    }
    return StepResult::done_with(advancing(in, ClusterEvent::RESUMED), "the cluster is awake");
}

}  // namespace desk::worker::steps
