#include "core/store/audit_list.hpp"

namespace desk {
namespace {

const pg::Statement kList{"audit_list", R"sql(
    SELECT id, at, actor, actor_name, action, target, team, correlation_id, address, before, after
      FROM audit_events
     WHERE ($1 = '' OR actor_name = $1)
       AND ($2 = '' OR action = $2 OR starts_with(action, $2 || '.'))
       AND ($3 = '' OR target = $3)
       AND ($4 = 0 OR id < $4)
     ORDER BY id DESC LIMIT $5)sql"};

}  // namespace

std::vector<AuditEntry> list_audit(pg::Transaction& tx, const AuditFilter& filter) {
    return tx.all(
        kList,
        [](pg::Row r) {
            return AuditEntry{.row = {.id = r["id"],
                                      .at = r["at"],
                                      .actor = r["actor"],
                                      .actor_name = r["actor_name"],
                                      .action = r["action"],
                                      .target = r["target"],
                                      .team = r["team"].or_null(),
                                      .correlation_id = r["correlation_id"],
                                      .address = r["address"]},
                              .before = r["before"].value_or(Json(nullptr)),
                              .after = r["after"].value_or(Json(nullptr))};
        },
        filter.actor, filter.action, filter.target, filter.before, filter.limit);
}

}  // namespace desk
