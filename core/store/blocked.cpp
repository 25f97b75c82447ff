#include "core/store/blocked.hpp"

#include <algorithm>

#include "core/base/json.hpp"

namespace desk::blocked {
namespace {

constexpr std::size_t kWarningsKept = 5;
/// What the installer says when the desk stops it: true, and no reason for anything.
const std::string kOurOwnStop = "Received interrupt signal";

// The newest destroy of each cluster that is ending, when it failed at least once.
#define BLOCKED                                                                                               \
    "FROM clusters c JOIN users u ON u.id = c.owner_id "                                                      \
    "JOIN LATERAL (SELECT id, subject, status, attempts, failures, run_after, error_class, error_code, "      \
    "error_message, error_hint FROM jobs WHERE cluster_id = c.id AND type IN ('DESTROY', 'JANITOR_DESTROY') " \
    "ORDER BY created_at DESC, id DESC LIMIT 1) j ON j.failures > 0 OR c.status = 'DESTROY_FAILED' "

const pg::Statement kList{"blocked_list",
                          R"sql(
    SELECT c.id AS cluster_id, c.name, c.base_domain, c.team, u.username AS owner_name, c.platform, c.status,
           j.id AS job, j.status AS job_status, j.attempts, j.failures, j.run_after, j.error_class,
           coalesce(j.error_code, '') AS error_code, coalesce(j.error_message, '') AS error_message,
           coalesce(j.error_hint, '') AS error_hint,
           (SELECT min(a.ended_at) FROM job_attempts a WHERE a.job_id = j.id AND a.outcome = 'RETRY') AS since,
           EXISTS (SELECT 1 FROM job_locks l WHERE l.subject = j.subject) AS held,
           look.at AS looked_at,
           (SELECT jsonb_agg(found.item || jsonb_build_object('firstSeenAt',
                       (SELECT min(s.at) FROM receipt_sweeps s
                         WHERE s.cluster_id = c.id AND s.found @> jsonb_build_array(found.item))) ORDER BY found.nth)
              FROM jsonb_array_elements(look.found) WITH ORDINALITY AS found(item, nth)) AS left_over,
           (SELECT jsonb_agg(jsonb_build_object('attempt', w.attempt, 'line', w.line, 'text', w.text)
                             ORDER BY w.attempt DESC, w.line DESC)
              FROM (SELECT attempt, line, text FROM job_logs
                     WHERE job_id = j.id AND attempt >= j.attempts - 1 AND level IN ('WARNING', 'ERROR')
                       AND source IN ('INSTALLER', 'INSTALLER_FILE') AND text <> $3
                     ORDER BY attempt DESC, line DESC LIMIT 50) w) AS warnings )sql" BLOCKED R"sql(
      LEFT JOIN LATERAL (SELECT at, found FROM receipt_sweeps WHERE cluster_id = c.id ORDER BY at DESC, id DESC LIMIT 1)
                look ON true
     WHERE c.status IN ('DESTROYING', 'DESTROY_VERIFYING', 'DESTROY_FAILED') AND ($1::text IS NULL OR c.id = $1)
     ORDER BY since NULLS LAST, c.id LIMIT $2)sql"};
const pg::Statement kCount{"blocked_count", "SELECT count(*) AS blocked FROM (SELECT 1 " BLOCKED
                                            "WHERE c.status IN ('DESTROYING', 'DESTROY_VERIFYING', 'DESTROY_FAILED') "
                                            "LIMIT 1000) counted"};

Look read_look(Time at, const Json& left_over) {
    Look look{.at = at};
    for (const Json& one : left_over)
        look.left.push_back({.resource = {.region = one.value("region", ""),
                                          .type = one.value("type", ""),
                                          .id = one.value("id", ""),
                                          .name = one.value("name", "")},
                             .first_seen_at = pg::Type<Time>::from_text(one.at("firstSeenAt").get<std::string>())});
    return look;
}

std::vector<Warning> read_warnings(const Json& lines) {
    std::vector<Warning> warnings;
    for (const Json& line : lines) {
        const std::string text = line.at("text");
        if (std::ranges::find(warnings, text, &Warning::text) != warnings.end()) continue;
        warnings.push_back({line.at("attempt"), line.at("line"), text});
        if (warnings.size() == kWarningsKept) break;
    }
    return warnings;
}

Deletion read(pg::Row r) {
    Deletion deletion{.cluster_id = r["cluster_id"],
                      .name = r["name"],
                      .base_domain = r["base_domain"],
                      .team = r["team"],
                      .owner_name = r["owner_name"],
                      .platform = r["platform"],
                      .status = r["status"],
                      .job = r["job"],
                      .job_status = r["job_status"],
                      .attempts = r["attempts"],
                      .failures = r["failures"],
                      .next_try = r["run_after"],
                      .since = r["since"].or_null(),
                      .error_class = r["error_class"].or_null(),
                      .error_code = r["error_code"],
                      .error_message = r["error_message"],
                      .error_hint = r["error_hint"],
                      .is_held = r["held"],
                      .warnings = read_warnings(r["warnings"].value_or(Json::array()))};
    if (!r["looked_at"].is_null())
        deletion.last_look = read_look(r["looked_at"], r["left_over"].value_or(Json::array()));
    return deletion;
}

}  // namespace

std::vector<Deletion> list(pg::Transaction& tx, int limit) {
    return tx.all(kList, read, std::optional<ClusterId>(), limit, kOurOwnStop);
}

std::optional<Deletion> find(pg::Transaction& tx, const ClusterId& cluster) {
    return tx.maybe(kList, read, std::optional(cluster), 1, kOurOwnStop);
}

int count(pg::Transaction& tx) { return tx.run(kCount)[0]["blocked"]; }

}  // namespace desk::blocked
