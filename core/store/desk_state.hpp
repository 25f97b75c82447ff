// How the desk itself is doing, in numbers: for the home page and for monitoring.
#pragma once

#include <optional>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/cluster.hpp"
#include "core/pg/transaction.hpp"

namespace desk {

struct DeskState {
    int workers = 0;                         ///< hosts whose tick was alive within the last three minutes
    int running = 0;                         ///< jobs that a worker has
    int waiting = 0;                         ///< jobs that wait for a worker, a retry or a time
    std::optional<seconds> since_tick = {};  ///< since the newest tick of any host; nothing = there never was one
    std::optional<seconds> oldest_due = {};  ///< how long the job that is due longest has waited for a worker
};
/// One query.
DeskState desk_state(pg::Transaction& tx);

struct ClusterCount {
    Platform platform = Platform::demo;
    ClusterStatus status = ClusterStatus::READY;
    int count = 0;
};
/// All clusters that have not ended, by platform and status; what there is none of is left out.
std::vector<ClusterCount> count_clusters(pg::Transaction& tx);

}  // namespace desk
