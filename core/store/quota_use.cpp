#include "core/store/quota_use.hpp"

#include <optional>

namespace desk::quotas {
namespace {

const pg::Statement kLock{"quotas_lock", R"sql(
    SELECT pg_advisory_xact_lock(hashtext('quota.team.' || $1)), pg_advisory_xact_lock(hashtext('quota.user.' || $2)))sql"};
// What is open with the seconds it will still cost money, and what this month has cost so far.
const pg::Statement kUse{"quotas_use", R"sql(
    SELECT team, owner_id, count(*) AS clusters, sum(vcpu) AS vcpus, hourly_rate_micros,
           sum(CASE WHEN destroy_at IS NULL THEN lifetime_seconds
                    ELSE greatest(0, extract(epoch FROM destroy_at - desk_now())::bigint) END)::bigint AS seconds
      FROM clusters
     WHERE (team = ANY($1::text[]) OR owner_id = ANY($2::text[]))
       AND status NOT IN ('DESTROYED', 'ABANDONED', 'REJECTED', 'WITHDRAWN', 'LAPSED', 'CANCELLED')
     GROUP BY team, owner_id, hourly_rate_micros
    UNION ALL
    SELECT c.team, c.owner_id, 0, 0, i.hourly_rate_micros,
           sum(extract(epoch FROM coalesce(i.to_at, desk_now()) - greatest(i.from_at, date_trunc('month', desk_now()))))::bigint
      FROM state_intervals i JOIN clusters c ON c.id = i.cluster_id
     WHERE (c.team = ANY($1::text[]) OR c.owner_id = ANY($2::text[])) AND i.hourly_rate_micros > 0
       AND coalesce(i.to_at, desk_now()) > date_trunc('month', desk_now())
     GROUP BY c.team, c.owner_id, i.hourly_rate_micros
    UNION ALL -- workers that are about to be added
    SELECT c.team, c.owner_id, 0, (j.params->>'moreVcpus')::integer, (j.params->>'moreMicros')::bigint,
           greatest(0, extract(epoch FROM c.destroy_at - desk_now())::bigint)
      FROM jobs j JOIN clusters c ON c.id = j.cluster_id
     WHERE (c.team = ANY($1::text[]) OR c.owner_id = ANY($2::text[]))
       AND j.type = 'SCALE_WORKERS' AND j.status IN ('PENDING', 'RUNNING', 'RETRYING')
       AND (j.params->>'workers')::integer > coalesce(c.workers, (j.params->>'from')::integer))sql"};
const pg::Statement kLines{"quotas_lines", R"sql(
    SELECT team, user_id, soft_clusters, max_clusters, soft_vcpu, max_vcpu, soft_monthly_micros, max_monthly_micros
      FROM quotas WHERE team = ANY($1::text[]) OR user_id = ANY($2::text[]))sql"};

std::optional<Money> money_or_null(pg::Field field) {
    if (field.is_null()) return std::nullopt;
    return Money{field};
}

/// The entry of `key`, if it was asked for.
template <class Map, class Key>
QuotaUse* wanted(Map& uses, const Key& key) {
    const auto found = uses.find(key);
    return found == uses.end() ? nullptr : &found->second;
}

}  // namespace

Uses uses(pg::Transaction& tx, const std::vector<std::string>& teams, const std::vector<UserId>& users) {
    auto batch = tx.batch();
    const auto use_call = batch.add(kUse, teams, users);
    const auto lines_call = batch.add(kLines, teams, users);
    const auto results = batch.run();

    Uses out;
    for (const auto& team : teams) out.teams[team] = {};
    for (const auto& user : users) out.users[user] = {};
    for (const pg::Row r : results[use_call]) {
        const Money cost = cost_over({r["hourly_rate_micros"]}, seconds(r["seconds"]));
        for (QuotaUse* use :
             {wanted(out.teams, r["team"].as<std::string>()), wanted(out.users, UserId(r["owner_id"]))}) {
            if (use == nullptr) continue;
            use->clusters.used += static_cast<int>(r["clusters"]);
            use->vcpus.used += static_cast<int>(r["vcpus"]);
            use->month.used += cost;
        }
    }
    for (const pg::Row r : results[lines_call]) {
        QuotaUse* use = r["team"].is_null() ? wanted(out.users, UserId(r["user_id"]))
                                            : wanted(out.teams, r["team"].as<std::string>());
        if (use == nullptr) continue;
        use->clusters.soft = r["soft_clusters"].or_null();
        use->clusters.hard = r["max_clusters"].or_null();
        use->vcpus.soft = r["soft_vcpu"].or_null();
        use->vcpus.hard = r["max_vcpu"].or_null();
        use->month.soft = money_or_null(r["soft_monthly_micros"]);
        use->month.hard = money_or_null(r["max_monthly_micros"]);
    }
    return out;
}

QuotaState state(pg::Transaction& tx, const std::string& team, const UserId& user, bool locked) {
    if (locked) tx.run(kLock, team, user);
    return uses(tx, {team}, {user}).of(team, user);
}

}  // namespace desk::quotas
