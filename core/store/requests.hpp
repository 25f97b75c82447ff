// Requests and their decisions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/id.hpp"
#include "core/model/access.hpp"
#include "core/model/order.hpp"
#include "core/model/policy.hpp"
#include "core/model/request.hpp"
#include "core/model/rule_simulation.hpp"
#include "core/model/scaling.hpp"
#include "core/store/audit.hpp"
#include "core/store/clusters.hpp"

namespace desk::requests {

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
    std::optional<CommentKind> last_comment = {};  ///< QUESTION: somebody waits for an answer
};

std::optional<Request> find(pg::Transaction& tx, const RequestId& id, const Reach& reach);
/// The newest request that made or changed `cluster`.
std::vector<Request> of_cluster(pg::Transaction& tx, const ClusterId& cluster);
/// The same, locked with its cluster until the transaction ends.
std::optional<Request> find_locked(pg::Transaction& tx, const RequestId& id, const Reach& reach);

struct Filter {
    std::optional<RequestState> state = {};
    std::string cursor = {};  ///< `next` of the page before; "" = from the newest
    int limit = 50;           ///< 1..100
};
struct Page {
    std::vector<Request> requests = {};
    std::string next = {};  ///< cursor of the next page; "" = this is the last
};
/// Newest first, within reach. Throws Error{invalid} for a cursor that is not one of ours.
Page list(pg::Transaction& tx, const Reach& reach, const Filter& filter);
/// Open requests that `user` submitted or whose cluster would be theirs, oldest first.
std::vector<Request> open_of(pg::Transaction& tx, const UserId& user, int limit);
/// Open requests that `principal` may decide: an approver of the request's team or of one of its approver teams, or a
/// platform admin; never their own. Oldest first.
std::vector<Request> inbox(pg::Transaction& tx, const Principal& principal, int limit);
int inbox_size(pg::Transaction& tx, const Principal& principal);
/// Requests that lapsed undecided within the last `days` and that `principal` might have decided, newest first.
std::vector<Request> lapsed_lately(pg::Transaction& tx, const Principal& principal, int days, int limit);

/// What somebody ordered before, to order it again.
struct PastOrder {
    Order order = {};
    Time at = {};
};
/// The newest order of `profile` that `requester` submitted, whatever became of it.
std::optional<PastOrder> find_last_order(pg::Transaction& tx, const UserId& requester, const std::string& profile);
/// The order that `cluster` was made by, if that is one of `profile` and within reach.
std::optional<PastOrder> find_order_of(pg::Transaction& tx, const ClusterId& cluster, const std::string& profile,
                                       const Reach& reach);
/// The newest orders of `profile`, to try another rule on them.
std::vector<DecidedOrder> last_orders(pg::Transaction& tx, const std::string& profile, int limit);
/// Whether `principal` may decide `request` (the rule of `inbox`, for one row).
bool may_decide(const Principal& principal, const Request& request);
/// How a request came to be withdrawn.
struct Withdrawal {
    std::optional<UserId> by = {};  ///< nothing: a part of the desk, as at the end of a lifetime
    std::string by_name = {};
    bool with_cluster = false;  ///< by a destroy of its cluster
};
/// Nothing for a request that was not withdrawn, and for one that ended with its cluster before the desk recorded that.
std::optional<Withdrawal> find_withdrawal(pg::Transaction& tx, const RequestId& id);
/// Whether `principal` may take `request` back: theirs, or of a team in which they may; those who decide on requests of
/// other teams may not.
bool may_withdraw(const Principal& principal, const Request& request);

// --- commands: each does its whole work in `tx`, audit included; the caller commits
// -----------------------------------

/// Whom the cluster of `order` would belong to: the one it names, if a member of its team, or else the principal.
/// Nothing if there is no such member.
std::optional<UserId> find_owner(pg::Transaction& tx, const Principal& principal, const Order& order);

/// The name of an order belongs to another cluster. The transaction can go on: nothing of the order is in it.
class NameTaken : public Error {
  public:
    /// `why` is a sentence for the requester.
    explicit NameTaken(const std::string& why) : Error(Code::conflict, "name: " + why), why_(why) {}
    const std::string& why() const { return why_; }

  private:
    std::string why_;
};

struct Submitted {
    ClusterId cluster = {};
    RequestId request = {};
    std::optional<JobId> job = {};  ///< set when policy approved at once
    ClusterStatus status = ClusterStatus::REQUESTED;
};
/// Stores an order that `evaluation` accepted (no errors, not refused): cluster, request, and, if policy approves, the
/// CREATE job. Throws NameTaken.
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

/// Throws Error{not_found} out of reach, {conflict} unless open, {forbidden} for who may not (may_withdraw).
void withdraw(pg::Transaction& tx, const Principal& principal, const RequestId& id, const Reach& reach,
              const Actor& actor);

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

struct Scaled {
    RequestId request = {};
    RequestState state = RequestState::OPEN;
    std::optional<JobId> job = {};  ///< set when policy approved at once
};
/// Asks for the number of workers that `evaluation` accepted. Throws Error{conflict} in a state in which it can't be
/// changed, while another job is open, and while another number is waiting for approval.
Scaled scale(pg::Transaction& tx, const Principal& principal, const clusters::Cluster& cluster,
             const ScalingEvaluation& evaluation, const std::string& reason, const Actor& actor);

}  // namespace desk::requests
