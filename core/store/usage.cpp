#include "core/store/usage.hpp"

namespace desk::usage {
namespace {

#define STAY_COLUMNS                                                                                                \
    "SELECT c.id, c.name, c.team, u.username AS owner, c.profile, c.cost_center, c.platform, i.status, i.from_at, " \
    "i.to_at, i.hourly_rate_micros, c.hourly_rate_micros AS running_micros, c.hibernated_rate_micros, "             \
    "c.lifetime_seconds, c.seconds_per_hour, c.destroy_at, c.destroy_wanted_at IS NOT NULL AS is_ending "           \
    "FROM state_intervals i JOIN clusters c ON c.id = i.cluster_id JOIN users u ON u.id = c.owner_id "
#define IN_REACH "AND ($1 OR c.team = ANY($2::text[]) OR c.owner_id = $3) "

// Added up by the program: to do it in the database's exact numbers takes as long as to send the rows (0.3 s for a
// hundred thousand), and the rule of money would be there twice. What waits in the queue costs nothing yet, but it
// will.
const pg::Statement kStays{"usage_stays", STAY_COLUMNS
                           "WHERE i.hourly_rate_micros > 0 AND i.from_at < $5 "
                           "AND coalesce(i.to_at, 'infinity'::timestamptz) > $4 " IN_REACH "UNION ALL " STAY_COLUMNS
                           "WHERE c.status = 'PENDING' AND i.to_at IS NULL " IN_REACH};
const pg::Statement kBudgets{"usage_budgets", R"sql(
    SELECT team, coalesce(soft_monthly_micros, max_monthly_micros) AS micros
      FROM quotas
     WHERE team IS NOT NULL AND coalesce(soft_monthly_micros, max_monthly_micros) IS NOT NULL
       AND ($1 OR team = ANY($2::text[]))
     ORDER BY team)sql"};

Stay read(pg::Row r, Time now) {
    const ClusterStatus status = r["status"];
    Stay stay{.cluster = r["id"],
              .name = r["name"],
              .team = r["team"],
              .owner = r["owner"],
              .profile = r["profile"],
              .cost_center = r["cost_center"],
              .platform = r["platform"],
              .hibernated = status == ClusterStatus::HIBERNATED,
              .pace = {r["seconds_per_hour"]},
              .interval = {r["from_at"], r["to_at"].or_null(), {r["hourly_rate_micros"]}}};
    if (!stay.interval.to && !r["is_ending"])
        stay.outlook = outlook(status, {{r["running_micros"]}, {r["hibernated_rate_micros"]}}, r["lifetime_seconds"],
                               r["destroy_at"].or_null(), now);
    return stay;
}

}  // namespace

std::vector<Stay> stays(pg::Transaction& tx, const Reach& reach, Time from, Time to, Time now) {
    return tx.all(
        kStays, [&](pg::Row r) { return read(r, now); }, reach.all, reach.teams, reach.user, from, to);
}

std::vector<Budget> budgets(pg::Transaction& tx, const Reach& reach) {
    return tx.all(
        kBudgets,
        [](pg::Row r) {
            return Budget{r["team"], {r["micros"]}};
        },
        reach.all, reach.teams);
}

}  // namespace desk::usage
