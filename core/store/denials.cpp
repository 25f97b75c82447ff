#include "core/store/denials.hpp"

#include "core/base/log.hpp"

namespace desk::denials {
namespace {

const pg::Statement kRecord{"denials_record", R"sql(
    INSERT INTO access_denials AS d (principal, route, minute)
    VALUES ($1, $2, date_trunc('minute', clock_timestamp()))
    ON CONFLICT (principal, route, minute) DO UPDATE SET count = d.count + 1)sql"};
const pg::Statement kRecent{"denials_recent", R"sql(
    SELECT coalesce(u.username, d.principal) AS principal_name, d.route, d.minute, d.count
      FROM access_denials d LEFT JOIN users u ON u.id = d.principal
     ORDER BY d.minute DESC, d.principal, d.route LIMIT $1)sql"};

}  // namespace

void record(pg::Database& db, const UserId& principal, const std::string& route) noexcept {
    try {
        auto tx = db.begin();
        tx.run(kRecord, principal, route);
        tx.commit();
    } catch (const std::exception& error) {
        log::warning("denial_not_recorded", {{"route", route}, {"why", error.what()}});
    }
}

std::vector<Denial> recent(pg::Transaction& tx, int limit) {
    return tx.all(
        kRecent,
        [](pg::Row r) {
            return Denial{r["principal_name"], r["route"], r["minute"], r["count"]};
        },
        limit);
}

}  // namespace desk::denials
