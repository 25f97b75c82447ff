#include "worker/step.hpp"

namespace desk::worker {

const runs::Attempt* StepContext::continued() const {
    const runs::Attempt* newest = nullptr;
    for (const auto& attempt_before : earlier)
        if (attempt_before.job_id == job && attempt_before.attempt != attempt) newest = &attempt_before;
    if (newest == nullptr || newest->host_lost || newest->phase < Phase::bootstrapped) return nullptr;
    return newest;
}

seconds StepContext::scaled(seconds duration) const { return duration * order.pace.seconds_per_hour / 3600; }

}  // namespace desk::worker
