#include "core/store/quota_lines.hpp"

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
const pg::Statement kSetUser{"quota_lines_set_user", R"sql(
    INSERT INTO quotas (user_id, soft_clusters, max_clusters, soft_vcpu, max_vcpu, soft_monthly_micros, max_monthly_micros)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (user_id) WHERE user_id IS NOT NULL DO UPDATE
       SET soft_clusters = excluded.soft_clusters, max_clusters = excluded.max_clusters,
           soft_vcpu = excluded.soft_vcpu, max_vcpu = excluded.max_vcpu,
           soft_monthly_micros = excluded.soft_monthly_micros, max_monthly_micros = excluded.max_monthly_micros)sql"};
const pg::Statement kDropUser{"quota_lines_drop_user", "DELETE FROM quotas WHERE user_id = $1"};

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

void set_of_user(pg::Transaction& tx, const Lines& before, const teams::Quota& quota, const Actor& actor) {
    teams::check_quota(quota);
    if (before.quota == quota) return;
    if (quota == teams::Quota{})
        tx.execute(kDropUser, before.user);
    else
        tx.execute(kSetUser, before.user, quota.soft_clusters, quota.max_clusters, quota.soft_vcpu, quota.max_vcpu,
                   quota.soft_monthly_micros, quota.max_monthly_micros);
    audit(tx, actor,
          {.action = "user.quota",
           .target = before.user.str(),
           .before = teams::json_of(before.quota),
           .after = teams::json_of(quota)});
}

}  // namespace

std::string Lines::version() const { return sha256_hex(canonical(teams::json_of(quota))).substr(0, 16); }

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
    holder == Holder::TEAM ? teams::set_quota(tx, name, quota, actor) : set_of_user(tx, *before, quota, actor);
}

}  // namespace desk::quotas
