#include "core/store/requests.hpp"

#include <algorithm>
#include <set>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/store/cluster_names.hpp"
#include "core/store/jobs.hpp"
#include "core/store/notices.hpp"
#include "core/store/scaling.hpp"

namespace desk::requests {
namespace {

#define REQUEST_COLUMNS                                                                                               \
    "r.id, r.kind, r.cluster_id, c.name AS cluster_name, c.profile, r.team, r.requester_id, c.owner_id, "             \
    "u.username AS requester_name, r.submitted_order, r.effective_order, r.digest, r.reason, r.rule, r.explanation, " \
    "r.cost_micros, r.state, r.approvals_needed, "                                                                    \
    "(SELECT count(*) FROM approvals a WHERE a.request_id = r.id AND a.verdict = 'APPROVE') AS approvals_given, "     \
    "r.approver_teams, r.created_at, r.lapses_at, r.decided_at, "                                                     \
    "(SELECT k.kind FROM request_comments k WHERE k.request_id = r.id ORDER BY k.id DESC LIMIT 1) AS last_comment "
#define FROM_REQUESTS "FROM requests r JOIN clusters c ON c.id = r.cluster_id JOIN users u ON u.id = r.requester_id "
#define IN_REACH \
    "($2 OR r.team = ANY($3::text[]) OR r.approver_teams && $5::text[] OR r.requester_id = $4 OR c.owner_id = $4) "

const pg::Statement kFind{"requests_find", "SELECT " REQUEST_COLUMNS FROM_REQUESTS "WHERE r.id = $1 AND " IN_REACH};
const pg::Statement kFindLocked{"requests_find_locked", "SELECT " REQUEST_COLUMNS FROM_REQUESTS
                                                        "WHERE r.id = $1 AND " IN_REACH "FOR UPDATE OF c, r"};
const pg::Statement kOfCluster{"requests_of_cluster",
                               "SELECT " REQUEST_COLUMNS FROM_REQUESTS
                               "WHERE r.cluster_id = $1 ORDER BY r.created_at DESC, r.id DESC LIMIT 100"};
const pg::Statement kList{"requests_list", "SELECT " REQUEST_COLUMNS FROM_REQUESTS
                                           "WHERE ($1::text IS NULL OR r.state = $1) AND " IN_REACH
                                           "AND ($6::timestamptz IS NULL OR (r.created_at, r.id) < ($6, $7)) "
                                           "ORDER BY r.created_at DESC, r.id DESC LIMIT $8"};
const pg::Statement kOpenOf{"requests_open_of", "SELECT " REQUEST_COLUMNS FROM_REQUESTS
                                                "WHERE r.state = 'OPEN' AND (r.requester_id = $1 OR c.owner_id = $1) "
                                                "ORDER BY r.created_at, r.id LIMIT $2"};

#define MINE_TO_DECIDE                                                                             \
    "($1 OR r.team = ANY($2::text[]) OR r.approver_teams && $2::text[]) AND r.requester_id <> $3 " \
    "AND c.owner_id <> $3 "
#define FOR_ME_TO_DECIDE                         \
    "WHERE r.state = 'OPEN' AND " MINE_TO_DECIDE \
    "AND NOT EXISTS (SELECT 1 FROM approvals a WHERE a.request_id = r.id AND a.approver_id = $3) "
const pg::Statement kInbox{
    "requests_inbox", "SELECT " REQUEST_COLUMNS FROM_REQUESTS FOR_ME_TO_DECIDE "ORDER BY r.created_at, r.id LIMIT $4"};
const pg::Statement kInboxSize{"requests_inbox_size", "SELECT count(*) AS open " FROM_REQUESTS FOR_ME_TO_DECIDE};

const pg::Statement kLapsed{"requests_lapsed_lately",
                            "SELECT " REQUEST_COLUMNS FROM_REQUESTS
                            "WHERE r.state = 'LAPSED' AND r.decided_at > desk_now() - $4 * interval '1 day' "
                            "AND " MINE_TO_DECIDE "ORDER BY r.decided_at DESC LIMIT $5"};

const pg::Statement kLastOrders{"requests_last_orders", R"sql(
    SELECT r.id, c.name, u.username AS requester, r.team, r.effective_order -> 'ttlHours' AS ttl_hours, r.cost_micros,
           r.created_at, r.rule, r.approvals_needed, r.state
      FROM clusters c JOIN requests r ON r.cluster_id = c.id AND r.kind = 'CREATE' JOIN users u ON u.id = r.requester_id
     WHERE c.profile = $1 AND r.rule <> 'adopted' ORDER BY c.created_at DESC, c.id DESC LIMIT $2)sql"};
const pg::Statement kLastOrder{"requests_last_order", R"sql(
    SELECT r.submitted_order, r.created_at FROM requests r JOIN clusters c ON c.id = r.cluster_id
     WHERE r.requester_id = $1 AND c.profile = $2 AND r.kind = 'CREATE' AND r.rule <> 'adopted'
     ORDER BY r.created_at DESC LIMIT 1)sql"};
const pg::Statement kOrderOf{"requests_order_of", R"sql(
    SELECT r.submitted_order, r.created_at FROM requests r JOIN clusters c ON c.id = r.cluster_id
     WHERE c.id = $1 AND c.profile = $2 AND r.kind = 'CREATE' AND r.rule <> 'adopted'
       AND ($3 OR c.team = ANY($4::text[]) OR c.owner_id = $5))sql"};

const pg::Statement kOwner{"users_owner_of_order", R"sql(
    SELECT u.id FROM users u
     WHERE u.username = $1 AND u.disabled_at IS NULL
       AND (u.id = $3 OR EXISTS (SELECT 1 FROM team_members m WHERE m.user_id = u.id AND m.team = $2)))sql"};
const pg::Statement kInsertCluster{"clusters_insert", R"sql(
    INSERT INTO clusters (id, name, platform, profile, region, base_domain, version, team, owner_id, cost_center, tags,
                          status, lifetime_seconds, max_lifetime_seconds, hourly_rate_micros, hibernated_rate_micros,
                          vcpu, seconds_per_hour)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18))sql"};
const pg::Statement kFirstInterval{"intervals_first", R"sql(
    INSERT INTO state_intervals (cluster_id, status, from_at) VALUES ($1, $2, desk_now()))sql"};
const pg::Statement kInsert{"requests_insert", R"sql(
    INSERT INTO requests (id, kind, cluster_id, team, requester_id, submitted_order, effective_order, digest, reason, rule,
                          explanation, cost_micros, state, approvals_needed, approver_teams, correlation_id, lapses_at,
                          decided_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
            CASE WHEN $13 = 'OPEN' THEN desk_now() + $17 * interval '1 hour' END,
            CASE WHEN $13 = 'OPEN' THEN NULL ELSE desk_now() END)
    RETURNING lapses_at)sql"};

const pg::Statement kDecision{"approvals_insert", R"sql(
    INSERT INTO approvals (request_id, approver_id, verdict, comment, digest) VALUES ($1, $2, $3, $4, $5))sql"};
const pg::Statement kClose{"requests_close", R"sql(
    UPDATE requests SET state = $2, decided_at = desk_now() WHERE id = $1 AND state = 'OPEN' RETURNING correlation_id)sql"};

const pg::Statement kWithdrawal{"requests_withdrawal", R"sql(
    SELECT actor, actor_name, coalesce(after ? 'cluster', false) AS with_cluster
      FROM audit_events WHERE target = $1 AND action = 'request.withdrawn' ORDER BY id DESC LIMIT 1)sql"};

const pg::Statement kStale{"requests_stale", "SELECT " REQUEST_COLUMNS FROM_REQUESTS
                                             "WHERE r.state = 'OPEN' AND r.lapses_at <= desk_now() "
                                             "ORDER BY r.lapses_at LIMIT $1 FOR UPDATE OF c, r SKIP LOCKED"};

const pg::Statement kExtend{"clusters_extend", R"sql(
    UPDATE clusters SET lifetime_seconds = lifetime_seconds + $2, destroy_at = destroy_at + $2 * interval '1 second'
     WHERE id = $1 AND destroy_wanted_at IS NULL AND status IN ('READY', 'HIBERNATING', 'HIBERNATED', 'RESUMING', 'ADOPTED')
       AND lifetime_seconds + $2 <= max_lifetime_seconds
    RETURNING destroy_at)sql"};

Request read(pg::Row r) {
    return {.id = r["id"],
            .kind = r["kind"],
            .cluster_id = r["cluster_id"],
            .cluster_name = r["cluster_name"],
            .profile = r["profile"],
            .team = r["team"],
            .requester_id = r["requester_id"],
            .owner_id = r["owner_id"],
            .requester_name = r["requester_name"],
            .submitted_order = r["submitted_order"].as<Json>(),
            .effective_order = r["effective_order"].as<Json>(),
            .digest = r["digest"],
            .reason = r["reason"],
            .rule = r["rule"],
            .explanation = r["explanation"],
            .cost_micros = r["cost_micros"],
            .state = r["state"],
            .approvals_needed = r["approvals_needed"],
            .approvals_given = r["approvals_given"],
            .approver_teams = r["approver_teams"],
            .created_at = r["created_at"],
            .lapses_at = r["lapses_at"].or_null(),
            .decided_at = r["decided_at"].or_null(),
            .last_comment = r["last_comment"].or_null()};
}

/// The row that a page ended with.
struct Cursor {
    std::optional<Time> created_at = {};
    std::string id = {};
};

std::string to_cursor(const Request& last) {
    return base64url(Json{last.created_at.time_since_epoch().count(), last.id.str()}.dump());
}

Cursor parse_cursor(const std::string& text) {
    if (text.empty()) return {};
    const Json parts = Json::parse(from_base64(text).value_or(""), nullptr, false);
    if (parts.is_array() && parts.size() == 2 && parts[0].is_number_integer() && parts[1].is_string())
        if (const auto id = RequestId::parse(parts[1].get<std::string>()))
            return {Time(std::chrono::microseconds(parts[0].get<std::int64_t>())), id->str()};
    throw Error(Code::invalid, "cursor: use the value of `next` of the page before, unchanged.");
}

RequestState initial_state(const Verdict& verdict) {
    return verdict.kind == VerdictKind::AUTO_APPROVED ? RequestState::APPROVED : RequestState::OPEN;
}

[[noreturn]] void no_longer_open(RequestState state) {
    throw Error(Code::conflict, cat("This request is no longer open: it is ", lower(text(state)), "."));
}

UserId owner_of(pg::Transaction& tx, const Principal& principal, const Order& order) {
    if (const auto owner = find_owner(tx, principal, order)) return *owner;
    throw Error(Code::invalid, cat("owner: ", order.owner, " is not a member of team ", order.team, "."));
}

/// The wish of an approved request: the job that makes or changes the cluster, or more time.
std::optional<JobId> carry_out(pg::Transaction& tx, const Request& request, const std::string& correlation_id) {
    if (request.kind == RequestKind::EXTEND) {
        const std::int64_t more = request.effective_order.at("seconds").get<std::int64_t>();
        if (tx.run(kExtend, request.cluster_id, more).empty())
            throw Error(Code::conflict,
                        "The cluster can't be extended any more: it is ending, or at its profile's maximum.");
        notices::settle_warnings(tx, request.cluster_id);
        return std::nullopt;
    }
    if (request.kind == RequestKind::SCALE)
        return scaling::begin(tx, clusters::lock(tx, request.cluster_id), request.effective_order, correlation_id);
    if (!clusters::advance(tx, request.cluster_id, ClusterEvent::APPROVE)) no_longer_open(request.state);
    return jobs::enqueue(tx, JobType::CREATE, request.cluster_id, correlation_id);
}

std::optional<PastOrder> past_order(const pg::Rows& rows) {
    if (rows.empty()) return std::nullopt;
    const auto order = Order::from_json(rows[0]["submitted_order"].as<Json>());
    if (!order) return std::nullopt;  // of a time when orders had other fields
    return PastOrder{*order, rows[0]["created_at"]};
}

/// Ends an open request without its wish.
void close(pg::Transaction& tx, const Request& request, RequestState state, ClusterEvent event, const Actor& actor,
           const Json& detail) {
    if (tx.run(kClose, request.id, state).empty()) no_longer_open(request.state);
    if (request.kind == RequestKind::CREATE && !clusters::advance(tx, request.cluster_id, event))
        no_longer_open(request.state);
    if (const auto kind = parse_enum<NoticeKind>(text(state)))  // who withdraws knows it
        notices::of_request(tx, request.id, *kind, detail.is_object() ? detail.value("comment", "") : "");
    audit(tx, actor,
          {.action = cat("request.", lower(text(state))),
           .target = request.id.str(),
           .team = request.team,
           .before = {{"state", text(request.state)}},
           .after = detail});
}

}  // namespace

std::optional<Request> find(pg::Transaction& tx, const RequestId& id, const Reach& reach) {
    return tx.maybe(kFind, read, id, reach.all, reach.teams, reach.user, reach.approver_teams);
}

std::vector<Request> of_cluster(pg::Transaction& tx, const ClusterId& cluster) {
    return tx.all(kOfCluster, read, cluster);
}

std::optional<Request> find_locked(pg::Transaction& tx, const RequestId& id, const Reach& reach) {
    return tx.maybe(kFindLocked, read, id, reach.all, reach.teams, reach.user, reach.approver_teams);
}

Page list(pg::Transaction& tx, const Reach& reach, const Filter& filter) {
    const auto after = parse_cursor(filter.cursor);
    const auto limit = static_cast<std::size_t>(std::clamp(filter.limit, 1, 100));
    Page page{.requests = tx.all(kList, read, filter.state, reach.all, reach.teams, reach.user, reach.approver_teams,
                                 after.created_at, after.id, static_cast<int>(limit) + 1)};
    if (page.requests.size() > limit) {
        page.requests.pop_back();
        page.next = to_cursor(page.requests.back());
    }
    return page;
}

std::vector<Request> open_of(pg::Transaction& tx, const UserId& user, int limit) {
    return tx.all(kOpenOf, read, user, limit);
}

std::vector<Request> inbox(pg::Transaction& tx, const Principal& principal, int limit) {
    const Reach reach = reach_of(principal, Permission::request_decide, Scope::team);
    return tx.all(kInbox, read, reach.all, reach.teams, reach.user, limit);
}

int inbox_size(pg::Transaction& tx, const Principal& principal) {
    const Reach reach = reach_of(principal, Permission::request_decide, Scope::team);
    return tx.run(kInboxSize, reach.all, reach.teams, reach.user)[0]["open"];
}

std::vector<Request> lapsed_lately(pg::Transaction& tx, const Principal& principal, int days, int limit) {
    const Reach reach = reach_of(principal, Permission::request_decide, Scope::team);
    return tx.all(kLapsed, read, reach.all, reach.teams, reach.user, days, limit);
}

std::optional<PastOrder> find_last_order(pg::Transaction& tx, const UserId& requester, const std::string& profile) {
    return past_order(tx.run(kLastOrder, requester, profile));
}

std::optional<PastOrder> find_order_of(pg::Transaction& tx, const ClusterId& cluster, const std::string& profile,
                                       const Reach& reach) {
    return past_order(tx.run(kOrderOf, cluster, profile, reach.all, reach.teams, reach.user));
}

std::vector<DecidedOrder> last_orders(pg::Transaction& tx, const std::string& profile, int limit) {
    return tx.all(
        kLastOrders,
        [](pg::Row r) {
            return DecidedOrder{.request = r["id"],
                                .name = r["name"],
                                .requester = r["requester"],
                                .team = r["team"],
                                .ttl_hours = r["ttl_hours"],
                                .cost = {r["cost_micros"]},
                                .at = r["created_at"],
                                .rule = r["rule"],
                                .approvals_needed = r["approvals_needed"],
                                .state = r["state"]};
        },
        profile, limit);
}

bool may_decide(const Principal& principal, const Request& request) {
    if (request.state != RequestState::OPEN) return false;
    if (principal.user == request.requester_id || principal.user == request.owner_id) return false;
    return principal.may_in(Permission::request_decide, request.team) ||
           std::any_of(request.approver_teams.begin(), request.approver_teams.end(),
                       [&](const auto& team) { return principal.may_in(Permission::request_decide, team); });
}

std::optional<Withdrawal> find_withdrawal(pg::Transaction& tx, const RequestId& id) {
    return tx.maybe(
        kWithdrawal,
        [](pg::Row r) {
            return Withdrawal{
                .by = UserId::parse(r["actor"].view()), .by_name = r["actor_name"], .with_cluster = r["with_cluster"]};
        },
        id);
}

bool may_withdraw(const Principal& principal, const Request& request) {
    return request.state == RequestState::OPEN &&
           (principal.user == request.requester_id || principal.may_in(Permission::request_withdraw, request.team));
}

std::optional<UserId> find_owner(pg::Transaction& tx, const Principal& principal, const Order& order) {
    if (order.owner.empty() || order.owner == principal.username) return principal.user;
    return tx.maybe(
        kOwner, [](pg::Row r) { return UserId(r["id"]); }, order.owner, order.team, principal.user);
}

Submitted submit(pg::Transaction& tx, const Principal& principal, const Order& order, const Evaluation& evaluation,
                 const Actor& actor) {
    const EffectiveOrder& effective = evaluation.order.value();
    const Verdict& verdict = evaluation.verdict;
    const RequestState state = initial_state(verdict);
    const bool approved = state == RequestState::APPROVED;

    Submitted done{.cluster = ClusterId::make(),
                   .request = RequestId::make(),
                   .job = {},
                   .status = approved ? ClusterStatus::PENDING : ClusterStatus::REQUESTED};
    if (const auto why = clusters::why_name_taken(tx, effective.name, effective.platform, effective.base_domain))
        throw NameTaken(*why);
    const Rates rates = effective.wall_rates();
    const UserId owner = owner_of(tx, principal, order);
    try {
        tx.savepoint([&] {
            tx.execute(kInsertCluster, done.cluster, effective.name, effective.platform, effective.profile,
                       effective.region, effective.base_domain, effective.version, effective.team, owner,
                       effective.cost_center, Json(effective.tags), done.status,
                       effective.pace.wall(effective.ttl_hours), effective.pace.wall(effective.max_ttl_hours),
                       rates.running.micros, rates.hibernated.micros, effective.vcpus, effective.pace.seconds_per_hour);
        });
    } catch (const pg::SqlError& error) {
        if (error.constraint() != "clusters_name_taken") throw;
        // taken between the question and the insert
        throw NameTaken(clusters::taken_words(effective.name, effective.platform, effective.base_domain));
    }
    tx.execute(kFirstInterval, done.cluster, done.status);
    tx.run(kInsert, done.request, RequestKind::CREATE, done.cluster, effective.team, principal.user, order.to_json(),
           effective.to_json(), effective.digest(), order.reason, verdict.rule, verdict.explanation,
           evaluation.price.to_expiry.micros, state, approved ? 0 : verdict.approvals_needed, verdict.approver_teams,
           actor.correlation_id, std::max(verdict.lapse_hours, 1));
    if (approved) done.job = jobs::enqueue(tx, JobType::CREATE, done.cluster, actor.correlation_id);
    audit(tx, actor,
          {.action = "request.submit",
           .target = done.request.str(),
           .team = effective.team,
           .before = nullptr,
           .after = {{"cluster", done.cluster.str()},
                     {"name", effective.name},
                     {"profile", effective.profile},
                     {"digest", effective.digest()},
                     {"rule", verdict.rule},
                     {"state", text(state)}}});
    return done;
}

Decided decide(pg::Transaction& tx, const Principal& principal, const RequestId& id, Decision verdict,
               const std::string& comment, const std::string& digest, const Actor& actor) {
    const Reach reach = reach_of(principal, Permission::request_decide, Scope::team);
    const auto request = find_locked(tx, id, reach);
    if (!request) throw Error(Code::not_found, "There is no such request.", id.str());
    if (principal.user == request->requester_id || principal.user == request->owner_id)
        throw Error(Code::forbidden, "Nobody decides on a request of their own. Ask another approver.");
    if (request->state != RequestState::OPEN) no_longer_open(request->state);
    if (!may_decide(principal, *request))
        throw Error(Code::forbidden, "Approvers of this request's team decide on it; you are none.");
    if (digest != request->digest)
        throw Error(Code::conflict, "The order is not the one that you were shown. Open the request again.");
    try {
        tx.execute(kDecision, id, principal.user, verdict, comment, digest);
    } catch (const pg::SqlError& error) {
        if (!error.is_unique_violation()) throw;
        throw Error(Code::conflict, "You have decided on this request already. It needs another approver.");
    }

    Decided done{.state = RequestState::OPEN, .cluster = request->cluster_id, .job = {}};
    if (verdict == Decision::REJECT) {
        close(tx, *request, RequestState::REJECTED, ClusterEvent::REJECT, actor, {{"comment", comment}});
        done.state = RequestState::REJECTED;
        return done;
    }
    if (request->approvals_given + 1 >= request->approvals_needed) {
        const pg::Rows closed = tx.run(kClose, id, RequestState::APPROVED);
        if (closed.empty()) no_longer_open(request->state);
        done.job = carry_out(tx, *request, closed[0]["correlation_id"]);
        done.state = RequestState::APPROVED;
        notices::of_request(tx, id, NoticeKind::APPROVED, comment);
    }
    audit(tx, actor,
          {.action = "request.approve",
           .target = id.str(),
           .team = request->team,
           .before = {{"state", text(request->state)}},
           .after = {{"state", text(done.state)}, {"digest", digest}, {"comment", comment}}});
    return done;
}

void withdraw(pg::Transaction& tx, const Principal& principal, const RequestId& id, const Reach& reach,
              const Actor& actor) {
    const auto request = find_locked(tx, id, reach);
    if (!request) throw Error(Code::not_found, "There is no such request.", id.str());
    if (request->state != RequestState::OPEN) no_longer_open(request->state);
    if (!may_withdraw(principal, *request))
        throw Error(Code::forbidden,
                    "Its requester and those who order for its team withdraw a request; you are neither.");
    close(tx, *request, RequestState::WITHDRAWN, ClusterEvent::WITHDRAW, actor, nullptr);
}

int lapse_stale(pg::Transaction& tx, int limit) {
    const auto stale = tx.all(kStale, read, limit);
    for (const auto& request : stale)
        close(tx, request, RequestState::LAPSED, ClusterEvent::LAPSE, Actor::desk("lapse"), nullptr);
    return static_cast<int>(stale.size());
}

Extended extend(pg::Transaction& tx, const Principal& principal, const clusters::Cluster& cluster, int hours,
                const Verdict& verdict, const std::string& reason, const Actor& actor) {
    const std::int64_t more = std::int64_t{hours} * cluster.seconds_per_hour;
    const Json wish{{"hours", hours}, {"seconds", more}, {"cluster", cluster.id.str()}};
    const RequestState state = initial_state(verdict);
    Extended done{.request = RequestId::make(), .state = state, .destroy_at = cluster.destroy_at};
    const Money cost = cost_over({cluster.hourly_rate_micros}, seconds(more));
    try {
        tx.run(kInsert, done.request, RequestKind::EXTEND, cluster.id, cluster.team, principal.user, wish, wish,
               sha256_hex(canonical(wish)), reason, verdict.rule, verdict.explanation, cost.micros, state,
               verdict.approvals_needed, verdict.approver_teams, actor.correlation_id,
               std::max(verdict.lapse_hours, 1));
    } catch (const pg::SqlError& error) {
        if (error.constraint() != "requests_one_open") throw;
        throw Error(Code::conflict, "A wish for more time is waiting for approval already. Withdraw it to ask anew.");
    }
    if (state == RequestState::APPROVED) {
        const pg::Rows extended = tx.run(kExtend, cluster.id, more);
        if (extended.empty())
            throw Error(Code::conflict,
                        cat(cluster.name,
                            " can't be extended: it must be ready, not about to be destroyed, and stay within "
                            "its profile's maximum."));
        done.destroy_at = extended[0]["destroy_at"];
        notices::settle_warnings(tx, cluster.id);
    }
    audit(tx, actor,
          {.action = "cluster.extend",
           .target = cluster.id.str(),
           .team = cluster.team,
           .before = {{"destroyAt", cluster.destroy_at ? Json(to_rfc3339(*cluster.destroy_at)) : Json(nullptr)}},
           .after = {{"destroyAt", done.destroy_at ? Json(to_rfc3339(*done.destroy_at)) : Json(nullptr)},
                     {"hours", hours},
                     {"request", done.request.str()},
                     {"state", text(state)}}});
    return done;
}

Scaled scale(pg::Transaction& tx, const Principal& principal, const clusters::Cluster& cluster,
             const ScalingEvaluation& evaluation, const std::string& reason, const Actor& actor) {
    const Verdict& verdict = evaluation.verdict;
    const Json wish = scaling::wish_of(cluster, evaluation);
    Scaled done{.request = RequestId::make(), .state = initial_state(verdict), .job = {}};
    try {
        tx.run(kInsert, done.request, RequestKind::SCALE, cluster.id, cluster.team, principal.user, wish, wish,
               sha256_hex(canonical(wish)), reason, verdict.rule, verdict.explanation, evaluation.cost.micros,
               done.state, verdict.approvals_needed, verdict.approver_teams, actor.correlation_id,
               std::max(verdict.lapse_hours, 1));
    } catch (const pg::SqlError& error) {
        if (error.constraint() != "requests_one_open") throw;
        throw Error(Code::conflict,
                    "Another number of workers is waiting for approval already. Withdraw it to ask anew.");
    }
    if (done.state == RequestState::APPROVED) done.job = scaling::begin(tx, cluster, wish, actor.correlation_id);
    audit(tx, actor,
          {.action = "cluster.scale",
           .target = cluster.id.str(),
           .team = cluster.team,
           .before = {{"workers", evaluation.before.workers}},
           .after = {
               {"workers", evaluation.after.workers}, {"request", done.request.str()}, {"state", text(done.state)}}});
    return done;
}

}  // namespace desk::requests
