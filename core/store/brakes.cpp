#include "core/store/brakes.hpp"

namespace desk::brakes {
namespace {

const pg::Statement kAll{"brakes_all", R"sql(
    SELECT b.name, b.reason, u.username, b.since FROM brakes b JOIN users u ON u.id = b.by_id ORDER BY b.name)sql"};
const pg::Statement kIsPulled{"brakes_is_pulled", "SELECT 1 FROM brakes WHERE name = $1"};
const pg::Statement kPull{"brakes_pull", R"sql(
    INSERT INTO brakes (name, reason, by_id) VALUES ($1, $2, $3)
    ON CONFLICT (name) DO UPDATE SET reason = excluded.reason, by_id = excluded.by_id)sql"};
const pg::Statement kRelease{"brakes_release", "DELETE FROM brakes WHERE name = $1"};
const pg::Statement kWake{"brakes_wake", "SELECT pg_notify('jobs', 'brake')"};

}  // namespace

std::vector<Pulled> all(pg::Transaction& tx) {
    return tx.all(kAll, [](pg::Row r) { return Pulled{r["name"], r["reason"], r["username"], r["since"]}; });
}

bool is_pulled(pg::Transaction& tx, Brake brake) { return !tx.run(kIsPulled, brake).empty(); }

void pull(pg::Transaction& tx, Brake brake, const std::string& reason, const UserId& by, const Actor& actor) {
    tx.run(kPull, brake, reason, by);
    audit(tx, actor,
          {.action = "brake.pull", .target = std::string(text(brake)), .team = {}, .after = {{"reason", reason}}});
}

void release(pg::Transaction& tx, Brake brake, const Actor& actor) {
    if (tx.execute(kRelease, brake) == 0) return;
    tx.run(kWake);
    audit(tx, actor, {.action = "brake.release", .target = std::string(text(brake)), .team = {}});
}

}  // namespace desk::brakes
