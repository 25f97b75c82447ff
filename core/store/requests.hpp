// Requests and their decisions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/model/access.hpp"
#include "core/model/order.hpp"
#include "core/model/policy.hpp"
#include "core/model/request.hpp"
#include "core/store/audit.hpp"
#include "core/store/clusters.hpp"

namespace desk::requests {

struct Approval {
    std::string approver_name;
    Decision verdict;
    std::string comment;
    Time at;
};

struct Request {
    RequestId id = {};
    RequestKind kind = RequestKind::CREATE;
    ClusterId cluster_id = {};
    std::string cluster_name = {}, profile = {}, team = {};
    UserId requester_id = {}, owner_id = {};
    std::string requester_name = {};
    Json submitted_order = {}, effective_order = {};
    std::string digest = {}, reason = {}, rule = {}, explanation = {};
    std::int64_t cost_micros = 0;  ///< to expiry, as estimated at order time
    RequestState state = RequestState::OPEN;
    int approvals_needed = 0, approvals_given = 0;
    std::vector<std::string> approver_teams = {};
    Time created_at = {};
    std::optional<Time> lapses_at = {}, decided_at = {};
};

std::optional<Request> find(pg::Transaction& tx, const RequestId& id, const Reach& reach);
/// The newest request that made or changed `cluster`.
std::vector<Request> of_cluster(pg::Transaction& tx, const ClusterId& cluster);
/// Newest first, within reach; `state` empty = all.
std::vector<Request> list(pg::Transaction& tx, const Reach& reach, std::optional<RequestState> state, int limit);
/// Open requests that `principal` may decide: an approver of the request's team or of one of its approver teams, or a
/// platform admin; never their own. Oldest first.
std::vector<Request> inbox(pg::Transaction& tx, const Principal& principal, int limit);
int inbox_size(pg::Transaction& tx, const Principal& principal);
std::vector<Approval> approvals(pg::Transaction& tx, const RequestId& id);
/// Whether `principal` may decide `request` (the rule of `inbox`, for one row).
bool may_decide(const Principal& principal, const Request& request);

// --- commands: each does its whole work in `tx`, audit included; the caller commits
// -----------------------------------

/// Whom the cluster of `order` would belong to: the one it names, if a member of its team, or else the principal.
/// Nothing if there is no such member.
std::optional<UserId> find_owner(pg::Transaction& tx, const Principal& principal, const Order& order);

struct Submitted {
    ClusterId cluster = {};
    RequestId request = {};
    std::optional<JobId> job = {};  ///< set when policy approved at once
    ClusterStatus status = ClusterStatus::REQUESTED;
};
/// Stores an order that `evaluation` accepted (no errors, not refused): cluster, request, and, if policy approves, the
/// CREATE job. Throws Error{conflict} naming the field when the name is taken.
Submitted submit(pg::Transaction& tx, const Principal& principal, const Order& order, const Evaluation& evaluation,
                 const Actor& actor);

struct Decided {
    RequestState state = RequestState::OPEN;  ///< OPEN while more approvals are needed
    ClusterId cluster = {};
    std::optional<JobId> job = {};
};
/// Records a decision on what the approver saw (`digest`); the last needed approval queues the job. Throws
/// Error{not_found} out of reach, {forbidden} for an own request, {conflict} when it is no longer open, was decided by
/// this person before, or the digest differs.
Decided decide(pg::Transaction& tx, const Principal& principal, const RequestId& id, Decision verdict,
               const std::string& comment, const std::string& digest, const Actor& actor);

/// Throws Error{conflict} unless open.
void withdraw(pg::Transaction& tx, const RequestId& id, const Reach& reach, const Actor& actor);

/// Lapses at most `limit` open requests whose time is over; returns how many.
int lapse_stale(pg::Transaction& tx, int limit);

struct Extended {
    RequestId request = {};
    RequestState state = RequestState::OPEN;  ///< APPROVED: it holds at once
    std::optional<Time> destroy_at = {};
};
/// Asks for `hours` more. Throws Error{conflict} in a state that can't be extended; FormErrors come by the Evaluation.
Extended extend(pg::Transaction& tx, const Principal& principal, const clusters::Cluster& cluster, int hours,
                const Verdict& verdict, const std::string& reason, const Actor& actor);

/// What `evaluate` needs to know of the others' clusters. `locked`: holds the team's and the user's quota lock until
/// `tx` ends, so that two orders can't both take the last place; the preview of the form reads without.
QuotaState quota_state(pg::Transaction& tx, const std::string& team, const UserId& user, bool locked);

}  // namespace desk::requests
