#include "core/store/workers.hpp"

namespace desk::workers {
namespace {

const pg::Statement kAll{"workers_all", R"sql(
    SELECT w.host, w.boot_id, w.version, w.slots, w.store_id, w.first_seen, w.last_tick, w.last_claim, w.draining,
           (SELECT count(*) FROM job_locks l WHERE l.host = w.host) AS leases
      FROM workers w WHERE $1::text IS NULL OR w.host = $1 ORDER BY w.host)sql"};
const pg::Statement kReport{"workers_report", R"sql(
    INSERT INTO workers (host, boot_id, version, slots, store_id) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (host) DO UPDATE
       SET boot_id = excluded.boot_id, version = excluded.version, slots = excluded.slots,
           store_id = excluded.store_id, last_tick = clock_timestamp()
    RETURNING draining)sql"};
const pg::Statement kSetDraining{"workers_set_draining",
                                 "UPDATE workers SET draining = $2 WHERE host = $1 AND draining <> $2"};
const pg::Statement kWake{"workers_wake", "SELECT pg_notify('jobs', 'worker')"};

Worker read(pg::Row r) {
    return {.host = r["host"],
            .boot_id = r["boot_id"],
            .version = r["version"],
            .slots = r["slots"],
            .store_id = r["store_id"],
            .first_seen = r["first_seen"],
            .last_tick = r["last_tick"],
            .last_claim = r["last_claim"].or_null(),
            .draining = r["draining"],
            .leases = r["leases"]};
}

}  // namespace

std::vector<Worker> all(pg::Transaction& tx) { return tx.all(kAll, read, std::optional<std::string>()); }

std::optional<Worker> find(pg::Transaction& tx, const std::string& host) {
    return tx.maybe(kAll, read, std::optional(host));
}

bool report(pg::Transaction& tx, const std::string& host, const std::string& boot_id, const std::string& version,
            int slots, const std::string& store_id) {
    const bool draining = tx.run(kReport, host, boot_id, version, slots, store_id)[0]["draining"];
    return !draining;
}

void set_draining(pg::Transaction& tx, const std::string& host, bool draining, const Actor& actor) {
    if (!find(tx, host)) throw Error(Code::not_found, "No worker of that name has ever reported.", host);
    if (tx.execute(kSetDraining, host, draining) == 0) return;
    if (!draining) tx.run(kWake);
    audit(tx, actor, {.action = draining ? "worker.drain" : "worker.resume", .target = host, .team = {}});
}

}  // namespace desk::workers
