// What the tick has to do because of the time: lifetimes that are over, warnings that are due, and when it must look
// again. Compared with desk_now().
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/time.hpp"
#include "core/pg/transaction.hpp"

namespace desk::deadlines {

/// Clusters whose lifetime is over and that nobody asked to destroy yet, longest overdue first.
std::vector<ClusterId> expired(pg::Transaction& tx, int limit);
/// Whether that still holds, of a cluster that the caller has locked.
bool is_expired(pg::Transaction& tx, const ClusterId& cluster);

/// Failed clusters that are kept for nobody (any more) and not asked to be destroyed.
std::vector<ClusterId> failed_and_left(pg::Transaction& tx, int limit);
/// Whether somebody wants a failed cluster to stay for a while.
bool is_preserved(pg::Transaction& tx, const ClusterId& cluster);

/// Clusters that are to be destroyed and for which nothing is queued: should be none.
std::vector<ClusterId> forgotten_destroys(pg::Transaction& tx, int limit);

/// A cluster that ends soon and what its owner is to be told.
struct Ending {
    ClusterId id = {};
    std::string name = {}, team = {}, owner_name = {};
    std::optional<std::string> owner_email = {};
    Time now = {}, began_at = {}, destroy_at = {};  ///< it began when it was READY, or adopted
    int warn_hours = 0;                             ///< the profile's own distance; 0 = none
    int seconds_per_hour = 3600;
    std::vector<std::string> warned = {};  ///< kinds of the messages that warned of this end (core/store/outbox)
};
/// READY, HIBERNATED and ADOPTED clusters within their longest warning distance, soonest first.
std::vector<Ending> ending(pg::Transaction& tx, int limit);

/// Until the next job is due, lease ends, lifetime is over, request lapses or warning is to be given; at least 0.
/// Nothing when no time is known. Jobs that wait for a brake or a lease do not count.
std::optional<std::chrono::milliseconds> time_to_next(pg::Transaction& tx);

}  // namespace desk::deadlines
