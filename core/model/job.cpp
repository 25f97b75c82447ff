#include "core/model/job.hpp"

namespace desk {

std::optional<int> attempt_limit(JobType type) {
    if (is_destroy(type)) return std::nullopt;
    return 3;
}

std::optional<ClusterEvent> gave_up(JobType type) {
    switch (type) {
        case JobType::HIBERNATE:
            return ClusterEvent::HIBERNATE_GAVE_UP;
        case JobType::RESUME:
            return ClusterEvent::RESUME_GAVE_UP;
        default:
            return std::nullopt;
    }
}

std::string subject_of(const ClusterId& cluster) { return cluster.str(); }

}  // namespace desk
