#include "core/store/requests.hpp"

#include <algorithm>
#include <set>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/store/cluster_names.hpp"
#include "core/store/jobs.hpp"

namespace desk::requests {
namespace {

#define REQUEST_COLUMNS                                                                                               \
    "r.id, r.kind, r.cluster_id, c.name AS cluster_name, c.profile, r.team, r.requester_id, c.owner_id, "             \
    "u.username AS requester_name, r.submitted_order, r.effective_order, r.digest, r.reason, r.rule, r.explanation, " \
    "r.cost_micros, r.state, r.approvals_needed, "                                                                    \
    "(SELECT count(*) FROM approvals a WHERE a.request_id = r.id AND a.verdict = 'APPROVE') AS approvals_given, "     \
    "r.approver_teams, r.created_at, r.lapses_at, r.decided_at "
#define FROM_REQUESTS "FROM requests r JOIN clusters c ON c.id = r.cluster_id JOIN users u ON u.id = r.requester_id "
#define IN_REACH \
    "($2 OR r.team = ANY($3::text[]) OR r.approver_teams && $3::text[] OR r.requester_id = $4 OR c.owner_id = $4) "

const pg::Statement kFind{"requests_find", "SELECT " REQUEST_COLUMNS FROM_REQUESTS "WHERE r.id = $1 AND " IN_REACH};
const pg::Statement kFindLocked{"requests_find_locked", "SELECT " REQUEST_COLUMNS FROM_REQUESTS
                                                        "WHERE r.id = $1 AND " IN_REACH "FOR UPDATE OF c, r"};
const pg::Statement kOfCluster{"requests_of_cluster",
                               "SELECT " REQUEST_COLUMNS FROM_REQUESTS
                               "WHERE r.cluster_id = $1 ORDER BY r.created_at DESC, r.id DESC LIMIT 100"};
const pg::Statement kList{"requests_list", "SELECT " REQUEST_COLUMNS FROM_REQUESTS
                                           "WHERE ($1::text IS NULL OR r.state = $1) AND " IN_REACH
                                           "ORDER BY r.created_at DESC, r.id DESC LIMIT $5"};

#define FOR_ME_TO_DECIDE                                                                             \
    "WHERE r.state = 'OPEN' AND ($1 OR r.team = ANY($2::text[]) OR r.approver_teams && $2::text[]) " \
    "AND r.requester_id <> $3 AND c.owner_id <> $3 "                                                 \
    "AND NOT EXISTS (SELECT 1 FROM approvals a WHERE a.request_id = r.id AND a.approver_id = $3) "
const pg::Statement kInbox{
    "requests_inbox", "SELECT " REQUEST_COLUMNS FROM_REQUESTS FOR_ME_TO_DECIDE "ORDER BY r.created_at, r.id LIMIT $4"};
const pg::Statement kInboxSize{"requests_inbox_size", "SELECT count(*) AS open " FROM_REQUESTS FOR_ME_TO_DECIDE};

const pg::Statement kApprovals{"approvals_of_request", R"sql(
    SELECT u.username AS approver_name, a.verdict, a.comment, a.at
      FROM approvals a JOIN users u ON u.id = a.approver_id WHERE a.request_id = $1 ORDER BY a.id)sql"};

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

const pg::Statement kStale{"requests_stale", "SELECT " REQUEST_COLUMNS FROM_REQUESTS
                                             "WHERE r.state = 'OPEN' AND r.lapses_at <= desk_now() "
                                             "ORDER BY r.lapses_at LIMIT $1 FOR UPDATE OF c, r SKIP LOCKED"};

const pg::Statement kExtend{"clusters_extend", R"sql(
    UPDATE clusters SET lifetime_seconds = lifetime_seconds + $2, destroy_at = destroy_at + $2 * interval '1 second'
     WHERE id = $1 AND destroy_wanted_at IS NULL AND status IN ('READY', 'HIBERNATING', 'HIBERNATED', 'RESUMING')
       AND lifetime_seconds + $2 <= max_lifetime_seconds
    RETURNING destroy_at)sql"};

const pg::Statement kQuotaLock{"quotas_lock", R"sql(
    SELECT pg_advisory_xact_lock(hashtext('quota.team.' || $1)), pg_advisory_xact_lock(hashtext('quota.user.' || $2)))sql"};
#define QUOTA_OPEN "status NOT IN ('DESTROYED', 'ABANDONED', 'REJECTED', 'WITHDRAWN', 'LAPSED', 'CANCELLED')"
const pg::Statement kQuotaOpen{"quotas_open", R"sql(
    SELECT owner_id = $2 AS mine, team = $1 AS ours, vcpu, hourly_rate_micros,
           CASE WHEN destroy_at IS NULL THEN lifetime_seconds
                ELSE greatest(0, extract(epoch FROM destroy_at - desk_now())::bigint) END AS seconds_left
      FROM clusters WHERE (team = $1 OR owner_id = $2) AND )sql" QUOTA_OPEN};
const pg::Statement kQuotaAccrued{"quotas_accrued", R"sql(
    SELECT c.owner_id = $2 AS mine, c.team = $1 AS ours, i.hourly_rate_micros,
           sum(extract(epoch FROM coalesce(i.to_at, desk_now()) - greatest(i.from_at, date_trunc('month', desk_now()))))::bigint
               AS seconds_used
      FROM state_intervals i JOIN clusters c ON c.id = i.cluster_id
     WHERE (c.team = $1 OR c.owner_id = $2) AND i.hourly_rate_micros > 0
       AND coalesce(i.to_at, desk_now()) > date_trunc('month', desk_now())
     GROUP BY 1, 2, 3)sql"};
const pg::Statement kQuotaLines{"quotas_lines", R"sql(
    SELECT team IS NOT NULL AS is_team, soft_clusters, max_clusters, soft_vcpu, max_vcpu, soft_monthly_micros,
           max_monthly_micros
      FROM quotas WHERE team = $1 OR user_id = $2)sql"};

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
            .decided_at = r["decided_at"].or_null()};
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

/// The wish of an approved request: the job that makes the cluster, or more time.
std::optional<JobId> carry_out(pg::Transaction& tx, const Request& request, const std::string& correlation_id) {
    if (request.kind == RequestKind::EXTEND) {
        const std::int64_t more = request.effective_order.at("seconds").get<std::int64_t>();
        if (tx.run(kExtend, request.cluster_id, more).empty())
            throw Error(Code::conflict,
                        "The cluster can't be extended any more: it is ending, or at its profile's maximum.");
        return std::nullopt;
    }
    if (!clusters::advance(tx, request.cluster_id, ClusterEvent::APPROVE)) no_longer_open(request.state);
    return jobs::enqueue(tx, JobType::CREATE, request.cluster_id, correlation_id);
}

/// Ends an open request without its wish.
void close(pg::Transaction& tx, const Request& request, RequestState state, ClusterEvent event, const Actor& actor,
           const Json& detail) {
    if (tx.run(kClose, request.id, state).empty()) no_longer_open(request.state);
    if (request.kind == RequestKind::CREATE && !clusters::advance(tx, request.cluster_id, event))
        no_longer_open(request.state);
    audit(tx, actor,
          {.action = cat("request.", lower(text(state))),
           .target = request.id.str(),
           .team = request.team,
           .before = {{"state", text(request.state)}},
           .after = detail});
}

}  // namespace

std::optional<Request> find(pg::Transaction& tx, const RequestId& id, const Reach& reach) {
    return tx.maybe(kFind, read, id, reach.all, reach.teams, reach.user);
}

std::vector<Request> of_cluster(pg::Transaction& tx, const ClusterId& cluster) {
    return tx.all(kOfCluster, read, cluster);
}

std::vector<Request> list(pg::Transaction& tx, const Reach& reach, std::optional<RequestState> state, int limit) {
    return tx.all(kList, read, state, reach.all, reach.teams, reach.user, limit);
}

std::vector<Request> inbox(pg::Transaction& tx, const Principal& principal, int limit) {
    const Reach reach = reach_of(principal, Permission::request_decide, Scope::team);
    return tx.all(kInbox, read, reach.all, reach.teams, reach.user, limit);
}

int inbox_size(pg::Transaction& tx, const Principal& principal) {
    const Reach reach = reach_of(principal, Permission::request_decide, Scope::team);
    return tx.run(kInboxSize, reach.all, reach.teams, reach.user)[0]["open"];
}

std::vector<Approval> approvals(pg::Transaction& tx, const RequestId& id) {
    return tx.all(
        kApprovals,
        [](pg::Row r) {
            return Approval{r["approver_name"], r["verdict"], r["comment"], r["at"]};
        },
        id);
}

bool may_decide(const Principal& principal, const Request& request) {
    if (request.state != RequestState::OPEN) return false;
    if (principal.user == request.requester_id || principal.user == request.owner_id) return false;
    return principal.may_in(Permission::request_decide, request.team) ||
           std::any_of(request.approver_teams.begin(), request.approver_teams.end(),
                       [&](const auto& team) { return principal.may_in(Permission::request_decide, team); });
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
        throw Error(Code::conflict, cat("name: ", *why));
    const Rates rates = effective.wall_rates();
    try {
        tx.execute(kInsertCluster, done.cluster, effective.name, effective.platform, effective.profile,
                   effective.region, effective.base_domain, effective.version, effective.team,
                   owner_of(tx, principal, order), effective.cost_center, Json(effective.tags), done.status,
                   effective.pace.wall(effective.ttl_hours), effective.pace.wall(effective.max_ttl_hours),
                   rates.running.micros, rates.hibernated.micros, effective.vcpus, effective.pace.seconds_per_hour);
    } catch (const pg::SqlError& error) {
        if (error.constraint() != "clusters_name_taken") throw;
        // taken between the question and the insert
        throw Error(Code::conflict, cat("name: ", effective.name, ".", effective.base_domain, " is taken on platform ",
                                        text(effective.platform),
                                        ". Choose another name, or wait until the other cluster is destroyed."));
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
    const auto request = tx.maybe(kFindLocked, read, id, reach.all, reach.teams, reach.user);
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
    }
    audit(tx, actor,
          {.action = "request.approve",
           .target = id.str(),
           .team = request->team,
           .before = {{"state", text(request->state)}},
           .after = {{"state", text(done.state)}, {"digest", digest}, {"comment", comment}}});
    return done;
}

void withdraw(pg::Transaction& tx, const RequestId& id, const Reach& reach, const Actor& actor) {
    const auto request = tx.maybe(kFindLocked, read, id, reach.all, reach.teams, reach.user);
    if (!request) throw Error(Code::not_found, "There is no such request.", id.str());
    if (request->state != RequestState::OPEN) no_longer_open(request->state);
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

namespace {

void add(QuotaUse& use, int clusters, int vcpus, Money money) {
    use.clusters.used += clusters;
    use.vcpus.used += vcpus;
    use.month.used += money;
}

std::optional<Money> money_or_null(pg::Field field) {
    if (field.is_null()) return std::nullopt;
    return Money{field};
}

}  // namespace

QuotaState quota_state(pg::Transaction& tx, const std::string& team, const UserId& user, bool locked) {
    if (locked) tx.run(kQuotaLock, team, user);
    auto batch = tx.batch();
    const auto open_call = batch.add(kQuotaOpen, team, user);
    const auto accrued_call = batch.add(kQuotaAccrued, team, user);
    const auto lines_call = batch.add(kQuotaLines, team, user);
    const auto results = batch.run();

    QuotaState state;
    for (const pg::Row r : results[open_call]) {
        const Money committed = cost_over({r["hourly_rate_micros"]}, seconds(r["seconds_left"]));
        if (r["mine"]) add(state.user, 1, r["vcpu"], committed);
        if (r["ours"]) add(state.team, 1, r["vcpu"], committed);
    }
    for (const pg::Row r : results[accrued_call]) {
        const Money accrued = cost_over({r["hourly_rate_micros"]}, seconds(r["seconds_used"]));
        if (r["mine"]) add(state.user, 0, 0, accrued);
        if (r["ours"]) add(state.team, 0, 0, accrued);
    }
    for (const pg::Row r : results[lines_call]) {
        QuotaUse& use = r["is_team"] ? state.team : state.user;
        use.clusters.soft = r["soft_clusters"].or_null();
        use.clusters.hard = r["max_clusters"].or_null();
        use.vcpus.soft = r["soft_vcpu"].or_null();
        use.vcpus.hard = r["max_vcpu"].or_null();
        use.month.soft = money_or_null(r["soft_monthly_micros"]);
        use.month.hard = money_or_null(r["max_monthly_micros"]);
    }
    return state;
}

}  // namespace desk::requests
