#include "core/store/idempotency.hpp"

namespace desk::idempotency {
namespace {

const pg::Statement kTimeout{"idempotency_timeout", "SELECT set_config('lock_timeout', $1, true)"};
// Waits for another transaction that holds the same key, up to the lock_timeout: then 55P03.
const pg::Statement kClaim{"idempotency_claim", R"sql(
    INSERT INTO idempotency_keys (principal, key, route, request_hash) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING)sql"};
const pg::Statement kEarlier{"idempotency_earlier", R"sql(
    SELECT route, request_hash, status, answer, location FROM idempotency_keys WHERE principal = $1 AND key = $2)sql"};
const pg::Statement kKeep{"idempotency_keep", R"sql(
    UPDATE idempotency_keys SET status = $3, answer = $4, location = $5 WHERE principal = $1 AND key = $2)sql"};
const pg::Statement kForgetOld{"idempotency_forget_old", R"sql(
    DELETE FROM idempotency_keys
     WHERE principal = $1 AND key = $2 AND created_at < clock_timestamp() - interval '24 hours')sql"};

constexpr const char* kLockNotAvailable = "55P03";

}  // namespace

Begun begin(pg::Transaction& tx, const Call& call) {
    try {
        tx.run(kTimeout, std::string("2s"));
        tx.run(kForgetOld, call.principal, call.key);  // the sweep may be late
        const int mine = tx.execute(kClaim, call.principal, call.key, call.route, call.request_hash);
        tx.run(kTimeout, std::string("0"));
        return mine == 1 ? Begun::mine : Begun::repeated;
    } catch (const pg::SqlError& error) {
        if (error.sqlstate() == kLockNotAvailable) return Begun::running;
        throw;
    }
}

Answer earlier(pg::Transaction& tx, const Call& call) {
    const pg::Rows rows = tx.run(kEarlier, call.principal, call.key);
    if (rows.empty()) throw Error(Code::conflict, "The first call with this key was undone. Repeat it.");
    const pg::Row r = rows[0];
    return {.status = r["status"].value_or(0),
            .body = r["answer"].or_null(),
            .location = r["location"].or_null(),
            .route = r["route"],
            .request_hash = r["request_hash"]};
}

void keep(pg::Transaction& tx, const Call& call, const Answer& answer) {
    tx.run(kKeep, call.principal, call.key, answer.status, answer.body, answer.location);
}

}  // namespace desk::idempotency
