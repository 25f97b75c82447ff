#include "core/store/audit.hpp"

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"

namespace desk {
namespace {

const pg::Statement kLock{"audit_lock", "SELECT pg_advisory_xact_lock(hashtext('clusterdesk.audit'))"};

// A statement of its own, behind the lock: it sees every row that was committed before the lock was given.
const pg::Statement kHead{"audit_head", R"sql(
    SELECT clock_timestamp() AS at,
           coalesce((SELECT hash FROM audit_events ORDER BY id DESC LIMIT 1), repeat('0', 64)) AS head)sql"};

const pg::Statement kAppend{"audit_append", R"sql(
    INSERT INTO audit_events (at, actor, actor_name, action, target, team, before, after, correlation_id, address,
                              previous_hash, hash)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))sql"};

const pg::Statement kOfTarget{"audit_of_target", R"sql(
    SELECT id, at, actor, actor_name, action, target, team, correlation_id, address
      FROM audit_events
     WHERE target = $1
     ORDER BY id DESC
     LIMIT $2)sql"};

const pg::Statement kChain{"audit_chain", R"sql(
    SELECT id, at, actor, actor_name, action, target, team, before, after, correlation_id, address, previous_hash, hash
      FROM audit_events
     WHERE id > $1
     ORDER BY id
     LIMIT 1000)sql"};

struct Link {
    Time at;
    std::string actor, actor_name, action, target;
    std::optional<std::string> team;
    Json before, after;
    std::string correlation_id, address, previous_hash;
};

/// SHA-256 of the canonical JSON of all members; the time in microseconds since 1970.
std::string hash_of(const Link& link) {
    const Json document{{"at", link.at.time_since_epoch().count()},
                        {"actor", link.actor},
                        {"actorName", link.actor_name},
                        {"action", link.action},
                        {"target", link.target},
                        {"team", link.team ? Json(*link.team) : Json(nullptr)},
                        {"before", link.before},
                        {"after", link.after},
                        {"correlationId", link.correlation_id},
                        {"address", link.address},
                        {"previous", link.previous_hash}};
    return sha256_hex(canonical(document));
}

std::optional<Json> unless_null(const Json& value) {
    if (value.is_null()) return std::nullopt;
    return value;
}

}  // namespace

void audit(pg::Transaction& tx, const Actor& actor, const AuditEvent& event) {
    auto batch = tx.batch();
    batch.add(kLock);
    const auto head_call = batch.add(kHead);
    const auto answers = batch.run();
    const pg::Row head = answers[head_call][0];
    const Link link{head["at"],   actor.id,    actor.name,           event.action,  event.target, event.team,
                    event.before, event.after, actor.correlation_id, actor.address, head["head"]};
    tx.execute(kAppend, link.at, link.actor, link.actor_name, link.action, link.target, link.team,
               unless_null(link.before), unless_null(link.after), link.correlation_id, link.address, link.previous_hash,
               hash_of(link));
}

std::vector<AuditRow> audit_of(pg::Transaction& tx, const std::string& target, int limit) {
    return tx.all(
        kOfTarget,
        [](pg::Row r) {
            return AuditRow{r["id"],     r["at"],     r["actor"],          r["actor_name"],
                            r["action"], r["target"], r["team"].or_null(), r["correlation_id"],
                            r["address"]};
        },
        target, limit);
}

ChainState verify_audit(pg::Transaction& tx, std::int64_t from) {
    ChainState state{.rows = 0, .broken_at = 0, .head = std::string(64, '0')};
    bool first = true;
    for (std::int64_t after = from > 0 ? from - 1 : 0;;) {
        const pg::Rows rows = tx.run(kChain, after);
        if (rows.empty()) return state;
        for (const pg::Row r : rows) {
            after = r["id"];
            const Link link{r["at"],
                            r["actor"],
                            r["actor_name"],
                            r["action"],
                            r["target"],
                            r["team"].or_null(),
                            r["before"].value_or(Json(nullptr)),
                            r["after"].value_or(Json(nullptr)),
                            r["correlation_id"],
                            r["address"],
                            r["previous_hash"]};
            const std::string hash = r["hash"];
            const bool linked = (first && from > 0) || link.previous_hash == state.head;
            if (!linked || hash_of(link) != hash) {
                state.broken_at = after;
                return state;
            }
            first = false;
            state.head = hash;
            ++state.rows;
        }
    }
}

}  // namespace desk
