// Another number of workers for a cluster that runs: what it comes to, whether policy allows it, and where they go.
#pragma once

#include <cstddef>
#include <vector>

#include "core/model/policy.hpp"

namespace desk {

/// Whether a cluster's workers are machines that it makes and deletes by itself when their number changes.
constexpr bool has_machine_sets(Platform platform) {
    return platform == Platform::aws || platform == Platform::ibmcloud || platform == Platform::demo;
}

/// Beyond this no profile goes: what is more is a slip of the keyboard.
inline constexpr int kMostWorkers = 1000;

/// What a cluster comes to.
struct Size {
    int workers = 0;
    int vcpus = 0;
    Rates rates = {};  ///< per hour of the desk

    bool operator==(const Size&) const = default;
};

/// `order` with this number of workers. A profile has one price for the whole cluster: each machine has the share of it
/// that its vCPUs have of all.
Size size_with(const EffectiveOrder& order, int workers);

/// `workers` over `places`, as evenly as it goes; the first places get those that are left over, as the installer does.
std::vector<int> spread(int workers, std::size_t places);

/// A wish for another number.
struct Scaling {
    int workers = 0;      ///< wanted
    int workers_now = 0;  ///< as the desk last recorded
    Time now = {}, first_ready_at = {}, destroy_at = {};
};

struct ScalingEvaluation {
    FormErrors errors = {};
    Verdict verdict = {};
    Size before = {}, after = {};
    Money cost = {};  ///< from now to the cluster's end, more than before; below zero: saved
};

/// Within the profile's limits. More workers are judged as the whole lifetime with them would be; as many or fewer are
/// free.
ScalingEvaluation evaluate_scaling(const Scaling& scaling, const EffectiveOrder& order, const QuotaState& quota);

}  // namespace desk
