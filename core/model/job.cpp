#include "core/model/job.hpp"

namespace desk {

std::optional<int> attempt_limit(JobType type) {
    if (is_destroy(type)) return std::nullopt;
    return 3;
}

std::string subject_of(const ClusterId& cluster) { return cluster.str(); }

}  // namespace desk
