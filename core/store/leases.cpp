#include "core/store/leases.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/model/brake.hpp"

namespace desk::leases {
namespace {

// $1 of both: brakes and the types they hold back, "NO_CREATES:CREATE".
#define NOT_HELD_BACK                                                                                 \
    "j.type <> ALL (ARRAY(SELECT split_part(pair, ':', 2) FROM brakes b, unnest($1::text[]) AS pair " \
    "WHERE split_part(pair, ':', 1) = b.name)) "

// The time of the statement, not of the clock at each row: the index of the due ones then ends where they do. With it,
// and with brakes that are looked up once, one plan is the best whatever waits, and is not made anew for each look.
const pg::Statement kDue{"leases_due",
                         "SELECT j.id FROM jobs j "
                         "WHERE j.status IN ('PENDING', 'RETRYING') AND j.run_after <= statement_timestamp() "
                         "AND NOT EXISTS (SELECT 1 FROM job_locks l WHERE l.subject = j.subject) "
                         "AND " NOT_HELD_BACK "ORDER BY j.run_after, j.id LIMIT $2"};

const pg::Statement kCluster{"leases_cluster_of_job", "SELECT cluster_id FROM jobs WHERE id = $1"};

// PENDING with an attempt behind it comes from a wait alone: the same attempt goes on.
const pg::Statement kClaim{"leases_claim",
                           R"sql(
    WITH due AS (
        SELECT j.id, j.type, j.subject, j.cluster_id,
               CASE WHEN j.status = 'PENDING' AND j.attempts > 0 THEN j.attempts ELSE j.attempts + 1 END AS attempt
          FROM jobs j
         WHERE j.id = $2 AND j.status IN ('PENDING', 'RETRYING') AND j.run_after <= clock_timestamp()
           AND NOT EXISTS (SELECT 1 FROM workers w WHERE w.host = $3 AND w.draining)
           AND )sql" NOT_HELD_BACK R"sql(
           FOR UPDATE SKIP LOCKED),
    lease AS (
        INSERT INTO job_locks (subject, job_id, attempt, host, locked_by, lease_token, expires_at)
        SELECT subject, id, attempt, $3, $4, gen_random_uuid(), clock_timestamp() + $5::interval FROM due
        ON CONFLICT DO NOTHING
        RETURNING subject, job_id, attempt, lease_token),
    attempt AS (
        INSERT INTO job_attempts (job_id, attempt, cluster_id, worker, region)
        SELECT l.job_id, l.attempt, d.cluster_id, $4, c.region
          FROM lease l JOIN due d ON d.id = l.job_id LEFT JOIN clusters c ON c.id = d.cluster_id
        ON CONFLICT (job_id, attempt) DO UPDATE SET worker = excluded.worker),
    worker AS (
        UPDATE workers SET last_claim = clock_timestamp() WHERE host = $3 AND EXISTS (SELECT 1 FROM lease))
    UPDATE jobs j
       SET status = 'RUNNING', attempts = l.attempt, started_at = coalesce(j.started_at, clock_timestamp())
      FROM lease l
     WHERE j.id = l.job_id
    RETURNING j.id, j.type, j.subject, j.cluster_id, j.params, j.correlation_id, j.cancel_requested_at IS NOT NULL AS cancelled,
              l.attempt, l.lease_token)sql"};

const pg::Statement kFindClaim{"leases_find_claim", R"sql(
    SELECT j.id, j.type, j.subject, j.cluster_id, j.params, j.correlation_id, j.cancel_requested_at IS NOT NULL AS cancelled,
           l.attempt, l.lease_token
      FROM job_locks l JOIN jobs j ON j.id = l.job_id
     WHERE l.job_id = $1 AND l.locked_by = $2)sql"};

const pg::Statement kRenew{"leases_renew", R"sql(
    UPDATE job_locks l SET heartbeat_at = clock_timestamp(), expires_at = clock_timestamp() + $3::interval
     WHERE l.subject = $1 AND l.lease_token = $2 AND l.expires_at > clock_timestamp()
    RETURNING (SELECT j.cancel_requested_at IS NOT NULL FROM jobs j WHERE j.id = l.job_id) AS cancelled)sql"};
const pg::Statement kFence{"leases_fence", R"sql(
    WITH lease AS (
        SELECT lease_token FROM job_locks WHERE subject = $1 AND lease_token = $2 AND expires_at > clock_timestamp()
           FOR KEY SHARE),
    write AS (
        INSERT INTO job_writes AS w (lease_token, writer, number) SELECT lease_token, $3, $4 FROM lease
        ON CONFLICT (lease_token, writer) DO UPDATE SET number = excluded.number WHERE w.number < excluded.number
        RETURNING number)
    SELECT EXISTS (SELECT 1 FROM lease) AS held, EXISTS (SELECT 1 FROM write) AS is_new)sql"};
const pg::Statement kRelease{"leases_release", "DELETE FROM job_locks WHERE subject = $1 AND lease_token = $2"};

const pg::Statement kToLookAfter{"leases_to_look_after", R"sql(
    SELECT l.subject, l.job_id, l.attempt, l.lease_token, l.host, l.locked_by, j.type, j.cluster_id,
           l.expires_at <= clock_timestamp() AS expired
      FROM job_locks l JOIN jobs j ON j.id = l.job_id
     WHERE l.host = $1
        OR (l.expires_at <= clock_timestamp()
            AND NOT EXISTS (SELECT 1 FROM workers w
                             WHERE w.host = l.host AND w.last_tick > clock_timestamp() - $2::interval))
     ORDER BY l.expires_at)sql"};
const pg::Statement kTakeAway{"leases_take_away", R"sql(
    DELETE FROM job_locks WHERE subject = $1 AND lease_token = $2 AND ($3 OR expires_at <= clock_timestamp()))sql"};

const std::vector<std::string>& held_back() {
    static const auto pairs = [] {
        std::vector<std::string> all;
        for (const auto brake : all_texts<Brake>())
            for (const auto type : all_texts<JobType>())
                if (holds_back(*parse_enum<Brake>(brake), *parse_enum<JobType>(type)))
                    all.push_back(cat(brake, ':', type));
        return all;
    }();
    return pairs;
}

Claim read_claim(pg::Row r) {
    return {.lease = {.subject = r["subject"], .job = r["id"], .attempt = r["attempt"], .token = r["lease_token"]},
            .type = r["type"],
            .cluster_id = r["cluster_id"].or_null(),
            .params = r["params"].as<Json>(),
            .correlation_id = r["correlation_id"],
            .is_cancelled = r["cancelled"]};
}

}  // namespace

LeaseLost::LeaseLost(const Lease& lease)
    : Error(Code::conflict, "Another worker does this job now.",
            cat("the lease of ", lease.job, " attempt ", lease.attempt, " is lost")) {}

std::vector<JobId> due(pg::Transaction& tx, int limit) {
    return tx.all(
        kDue, [](pg::Row r) { return r["id"].as<JobId>(); }, held_back(), limit);
}

std::optional<ClusterId> find_cluster(pg::Transaction& tx, const JobId& job) {
    const pg::Rows rows = tx.run(kCluster, job);
    if (rows.empty()) return std::nullopt;
    return rows[0]["cluster_id"].or_null();
}

std::optional<Claim> claim(pg::Transaction& tx, const JobId& job, const std::string& host, const std::string& holder,
                           seconds life) {
    return tx.maybe(kClaim, read_claim, held_back(), job, host, holder, life);
}

std::optional<Claim> find_claim(pg::Transaction& tx, const JobId& job, const std::string& holder) {
    return tx.maybe(kFindClaim, read_claim, job, holder);
}

std::optional<Pulse> renew(pg::Transaction& tx, const Lease& lease, seconds life) {
    return tx.maybe(
        kRenew, [](pg::Row r) { return Pulse{.is_cancelled = r["cancelled"]}; }, lease.subject, lease.token, life);
}

bool fence(pg::Transaction& tx, const Lease& lease, Writer writer, std::int64_t number) {
    const pg::Rows rows = tx.run(kFence, lease.subject, lease.token, writer, number);
    if (!rows[0]["held"]) throw LeaseLost(lease);
    return rows[0]["is_new"];
}

void release(pg::Transaction& tx, const Lease& lease) {
    if (tx.execute(kRelease, lease.subject, lease.token) == 0) throw LeaseLost(lease);
}

std::vector<Held> to_look_after(pg::Transaction& tx, const std::string& host, seconds silence) {
    return tx.all(
        kToLookAfter,
        [](pg::Row r) {
            return Held{.lease = {.subject = r["subject"],
                                  .job = r["job_id"],
                                  .attempt = r["attempt"],
                                  .token = r["lease_token"]},
                        .host = r["host"],
                        .holder = r["locked_by"],
                        .type = r["type"],
                        .cluster_id = r["cluster_id"].or_null(),
                        .is_expired = r["expired"]};
        },
        host, silence);
}

bool take_away(pg::Transaction& tx, const Lease& lease, bool even_if_live) {
    return tx.execute(kTakeAway, lease.subject, lease.token, even_if_live) == 1;
}

}  // namespace desk::leases
