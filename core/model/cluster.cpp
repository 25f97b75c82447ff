#include "core/model/cluster.hpp"

namespace desk {

std::vector<ClusterStatus> sources_of(ClusterEvent event) {
    std::vector<ClusterStatus> sources;
    for (const auto& row : kClusterTransitions)
        if (row.on == event) sources.push_back(row.from);
    return sources;
}

DestroyMeaning meaning_of_destroy(ClusterStatus status) {
    if (status == ClusterStatus::REQUESTED) return DestroyMeaning::WITHDRAW;
    if (status == ClusterStatus::PENDING) return DestroyMeaning::CANCEL;
    if (is_ending(status)) return DestroyMeaning::ALREADY;
    return is_final(status) ? DestroyMeaning::IMPOSSIBLE : DestroyMeaning::DESTROY;
}

}  // namespace desk
