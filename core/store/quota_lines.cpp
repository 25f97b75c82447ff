#include "core/store/quota_lines.hpp"

#include <optional>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"

namespace desk::quotas {
namespace {

#define LINES "q.soft_clusters, q.max_clusters, q.soft_vcpu, q.max_vcpu, q.soft_monthly_micros, q.max_monthly_micros "
const pg::Statement kAll{"quota_lines_all", "SELECT false AS is_person, t.name, NULL AS user_id, " LINES
                                            "FROM teams t LEFT JOIN quotas q ON q.team = t.name "
                                            "UNION ALL SELECT true, u.username, u.id, " LINES
                                            "FROM quotas q JOIN users u ON u.id = q.user_id ORDER BY is_person, name"};
const pg::Statement kOfTeam{"quota_lines_of_team", "SELECT t.name, NULL AS user_id, " LINES
                                                   "FROM teams t LEFT JOIN quotas q ON q.team = t.name "
                                                   "WHERE t.name = $1 FOR UPDATE OF t"};
const pg::Statement kOfUser{"quota_lines_of_user", "SELECT u.username AS name, u.id AS user_id, " LINES
                                                   "FROM users u LEFT JOIN quotas q ON q.user_id = u.id "
                                                   "WHERE u.username = $1 FOR UPDATE OF u"};
const pg::Statement kDrop{"quota_lines_drop", "DELETE FROM quotas WHERE team = $1 OR user_id = $2"};
const pg::Statement kAdd{"quota_lines_add", R"sql(
    INSERT INTO quotas (team, user_id, soft_clusters, max_clusters, soft_vcpu, max_vcpu, soft_monthly_micros,
                        max_monthly_micros)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

Lines read(pg::Row r) {
    Lines lines{.name = r["name"],
                .quota = {.soft_clusters = r["soft_clusters"].or_null(),
                          .max_clusters = r["max_clusters"].or_null(),
                          .soft_vcpu = r["soft_vcpu"].or_null(),
                          .max_vcpu = r["max_vcpu"].or_null(),
                          .soft_monthly_micros = r["soft_monthly_micros"].or_null(),
                          .max_monthly_micros = r["max_monthly_micros"].or_null()}};
    if (r["user_id"].is_null()) return lines;
    lines.holder = Holder::USER;
    lines.user = r["user_id"];
    return lines;
}

/// As it stands in the audit.
Json json_of(const teams::Quota& quota) {
    const auto line = [](const auto& value) { return value ? Json(*value) : Json(nullptr); };
    return {{"softClusters", line(quota.soft_clusters)},
            {"maxClusters", line(quota.max_clusters)},
            {"softVcpu", line(quota.soft_vcpu)},
            {"maxVcpu", line(quota.max_vcpu)},
            {"softMonthlyMicros", line(quota.soft_monthly_micros)},
            {"maxMonthlyMicros", line(quota.max_monthly_micros)}};
}

template <class Amount>
void check_lines(std::string_view what, const std::optional<Amount>& soft, const std::optional<Amount>& max) {
    if ((soft && *soft < 0) || (max && *max < 0))
        throw Error(Code::invalid, cat("A line for ", what, " is at least 0."));
    if (soft && max && *soft > *max)
        throw Error(Code::invalid,
                    cat("The soft line for ", what, " is above its maximum: approval would never be asked for."));
}

void check(const teams::Quota& quota) {
    check_lines("clusters", quota.soft_clusters, quota.max_clusters);
    check_lines("vCPU", quota.soft_vcpu, quota.max_vcpu);
    check_lines("cost", quota.soft_monthly_micros, quota.max_monthly_micros);
}

}  // namespace

std::string Lines::version() const { return sha256_hex(canonical(json_of(quota))).substr(0, 16); }

std::vector<Lines> all(pg::Transaction& tx) { return tx.all(kAll, read); }

void set(pg::Transaction& tx, Holder holder, const std::string& name, const teams::Quota& quota,
         const std::string& seen_version, const Actor& actor) {
    const auto before = tx.maybe(holder == Holder::TEAM ? kOfTeam : kOfUser, read, name);
    if (!before)
        throw Error(Code::not_found,
                    cat("There is ", holder == Holder::TEAM ? "no team " : "nobody called ", name, '.'));
    if (before->version() != seen_version)
        throw Error(Code::conflict,
                    cat("Somebody changed the limits of ", name, " since you looked. Look again and repeat."));
    check(quota);
    if (before->quota == quota) return;

    const bool is_team = holder == Holder::TEAM;
    const auto team = is_team ? std::optional(name) : std::nullopt;
    const auto user = is_team ? std::nullopt : std::optional(before->user);
    tx.execute(kDrop, team, user);
    if (quota != teams::Quota{})
        tx.execute(kAdd, team, user, quota.soft_clusters, quota.max_clusters, quota.soft_vcpu, quota.max_vcpu,
                   quota.soft_monthly_micros, quota.max_monthly_micros);
    audit(tx, actor,
          {.action = is_team ? "team.quota" : "user.quota",
           .target = is_team ? name : before->user.str(),
           .team = team,
           .before = json_of(before->quota),
           .after = json_of(quota)});
}

}  // namespace desk::quotas
