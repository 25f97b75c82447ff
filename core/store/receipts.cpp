#include "core/store/receipts.hpp"

#include "core/base/crypto.hpp"

namespace desk::receipts {
namespace {

const pg::Statement kAddSweep{"receipts_add_sweep", R"sql(
    INSERT INTO receipt_sweeps (cluster_id, job_id, attempt, sweep, scope, found) VALUES ($1, $2, $3, $4, $5, $6))sql"};
const pg::Statement kSweeps{"receipts_sweeps", R"sql(
    SELECT sweep, at, scope, found, (extract(epoch FROM clock_timestamp() - at) * 1000)::bigint AS age_ms
      FROM receipt_sweeps WHERE job_id = $1 AND attempt = $2 ORDER BY at, id)sql"};
const pg::Statement kAdd{"receipts_add", R"sql(
    INSERT INTO receipts (id, cluster_id, job_id, body, sha256, clean_at, kind) VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};
const pg::Statement kFind{"receipts_find", R"sql(
    SELECT id, cluster_id, job_id, body, sha256, clean_at, kind
      FROM receipts WHERE cluster_id = $1 ORDER BY id DESC LIMIT 1)sql"};

}  // namespace

void add_sweep(pg::Transaction& tx, const ClusterId& cluster, const JobId& job, int attempt, const Sweep& sweep) {
    tx.execute(kAddSweep, cluster, job, attempt, sweep.sweep, sweep.scope, sweep.found);
}

std::vector<Sweep> sweeps(pg::Transaction& tx, const JobId& job, int attempt) {
    return tx.all(
        kSweeps,
        [](pg::Row r) {
            return Sweep{.sweep = r["sweep"],
                         .at = r["at"],
                         .scope = r["scope"].as<Json>(),
                         .found = r["found"].as<Json>(),
                         .age = std::chrono::milliseconds(r["age_ms"].as<std::int64_t>())};
        },
        job, attempt);
}

Receipt add(pg::Transaction& tx, const ClusterId& cluster, const JobId& job, ReceiptKind kind, const Json& body,
            std::optional<Time> clean_at) {
    Receipt receipt{ReceiptId::make(), cluster, job, body, sha256_hex(canonical(body)), kind, clean_at};
    tx.execute(kAdd, receipt.id, cluster, job, body, receipt.sha256, clean_at, kind);
    return receipt;
}

std::optional<Receipt> find(pg::Transaction& tx, const ClusterId& cluster) {
    return tx.maybe(
        kFind,
        [](pg::Row r) {
            return Receipt{r["id"],   r["cluster_id"],        r["job_id"], r["body"].as<Json>(), r["sha256"],
                           r["kind"], r["clean_at"].or_null()};
        },
        cluster);
}

}  // namespace desk::receipts
