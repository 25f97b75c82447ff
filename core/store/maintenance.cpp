#include "core/store/maintenance.hpp"

namespace desk::maintenance {
namespace {

const pg::Statement kTryTurn{"maintenance_try_turn",
                             "SELECT pg_try_advisory_xact_lock(hashtext('clusterdesk.sweep'), hashtext($1)) AS mine"};
const pg::Statement kKeys{"maintenance_idempotency_keys", R"sql(
    DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM idempotency_keys WHERE created_at < clock_timestamp() - interval '24 hours' LIMIT $1)))sql"};
const pg::Statement kSessions{"maintenance_sessions", R"sql(
    DELETE FROM sessions WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM sessions WHERE expires_at < clock_timestamp() LIMIT $1)))sql"};
const pg::Statement kNotices{"maintenance_notices", R"sql(
    DELETE FROM notices WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM notices WHERE read_at IS NOT NULL AND at < desk_now() - interval '90 days' LIMIT $1)))sql"};
const pg::Statement kLoginFailures{"maintenance_login_failures", R"sql(
    DELETE FROM login_failures WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM login_failures WHERE at < clock_timestamp() - interval '1 day' LIMIT $1)))sql"};
const pg::Statement kDenials{"maintenance_access_denials", R"sql(
    DELETE FROM access_denials WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM access_denials WHERE minute < clock_timestamp() - interval '30 days' LIMIT $1)))sql"};

}  // namespace

bool try_turn(pg::Transaction& tx, const char* work) { return tx.run(kTryTurn, std::string(work))[0]["mine"]; }

int forget_idempotency_keys(pg::Transaction& tx, int limit) { return tx.execute(kKeys, limit); }
int forget_sessions(pg::Transaction& tx, int limit) { return tx.execute(kSessions, limit); }
int forget_notices(pg::Transaction& tx, int limit) { return tx.execute(kNotices, limit); }
int forget_failures(pg::Transaction& tx, int limit) {
    return tx.execute(kLoginFailures, limit) + tx.execute(kDenials, limit);
}

}  // namespace desk::maintenance
