#include "core/model/job.hpp"

namespace desk {
namespace {

constexpr std::array<std::string_view, all_texts<JobType>().size()> kDoing = {
    "Installing",   "Destroying", "Destroying",          "Changing the workers", "Hibernating",           "Waking up",
    "Handing over", "Verifying",  "Looking for orphans", "Deploying a preview",  "Taking a preview down", "Adopting",
};

}  // namespace

std::string_view doing(JobType type) { return kDoing.at(static_cast<std::size_t>(type)); }

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
