// What people are told: one row for each reader, written in the transaction of what it tells. Pages show them; a mail
// may be made of kind, payload and version later.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/json.hpp"
#include "core/base/time.hpp"
#include "core/model/cost.hpp"
#include "core/model/notice_kind.hpp"
#include "core/pg/transaction.hpp"

namespace desk {

DESK_ID(NoticeId, "ntc_");

namespace notices {

// --- telling: nobody is told the same twice; none of these commits
// ---------------------------------------------------

/// What happened to the cluster at this moment: to its owner and whoever ordered it. The payload gets its name as
/// "cluster", and the reason of its outcome, if it has one. That it can't be destroyed is told once, however often it
/// is tried.
void of_cluster(pg::Transaction& tx, const ClusterId& cluster, NoticeKind kind);
/// That it ends `hours` (of the desk) from `due` on, at `destroy_at`: to the same people.
void of_end(pg::Transaction& tx, const ClusterId& cluster, Time due, int hours, Time destroy_at);
/// What became of a request, or was asked about it: to its requester and the cluster's owner; ANSWERED to those who
/// asked. `said` is the comment, "" = none.
void of_request(pg::Transaction& tx, const RequestId& request, NoticeKind kind, const std::string& said);
/// That `adopter` took the cluster up for its owner: to the owner, unless that is the same person.
void of_adoption(pg::Transaction& tx, const ClusterId& cluster, const UserId& adopter);

/// Warnings of an end that has moved are read.
void settle_warnings(pg::Transaction& tx, const ClusterId& cluster);

// --- reading
// -----------------------------------------------------------------------------------------------------------

struct Notice {
    NoticeId id = {};
    NoticeKind kind = NoticeKind::READY;
    Json payload = {};
    Time at = {};
    std::optional<Time> read_at = {};
    ClusterId cluster = {};
    std::optional<RequestId> request = {};
    // as the cluster is now
    std::string cluster_name = {};
    ClusterStatus status = ClusterStatus::REQUESTED;
    std::optional<Time> destroy_at = {};
    Money hourly = {};  ///< of the wall
    int seconds_per_hour = 3600;
    seconds may_grow_by{};  ///< what its profile's maximum leaves
};

struct Filter {
    bool only_unread = false;
    std::optional<NoticeId> before = {};  ///< only older ones
    int limit = 50;
};
/// Of `reader`, newest first.
std::vector<Notice> list(pg::Transaction& tx, const UserId& reader, const Filter& filter);

/// False when `reader` has no such notice.
bool mark_read(pg::Transaction& tx, const UserId& reader, const NoticeId& notice);
/// Those up to `newest`, which the reader has seen; how many that were.
int mark_all_read(pg::Transaction& tx, const UserId& reader, const NoticeId& newest);

}  // namespace notices
}  // namespace desk
