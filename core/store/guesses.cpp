#include "core/store/guesses.hpp"

#include <algorithm>
#include <tuple>

#include "core/base/crypto.hpp"

namespace desk::guesses {
namespace {

// Counting and adding are one unit per name and per address; always the name's lock first.
const pg::Statement kLockName{"guesses_lock_name",
                              "SELECT pg_advisory_xact_lock(hashtext('clusterdesk.sign_in.name'), hashtext($1))"};
const pg::Statement kLockAddress{"guesses_lock_address",
                                 "SELECT pg_advisory_xact_lock(hashtext('clusterdesk.sign_in.address'), hashtext($1))"};
// The wait ends when the oldest of the last $2 failures leaves the window.
#define WAIT_OF(column)                                                                                                \
    "SELECT ceil(extract(epoch FROM min(at) + $3::bigint * interval '1 second' - clock_timestamp()))::bigint AS wait " \
    "FROM (SELECT at FROM login_failures "                                                                             \
    "WHERE " column                                                                                                    \
    " = $1 AND at > clock_timestamp() - $3::bigint * interval '1 second' "                                             \
    "ORDER BY at DESC LIMIT $2) newest HAVING count(*) >= $2"
const pg::Statement kWaitOfName{"guesses_wait_of_name", WAIT_OF("username")};
const pg::Statement kWaitOfAddress{"guesses_wait_of_address", WAIT_OF("address")};
const pg::Statement kCount{"guesses_count", "INSERT INTO login_failures (username, address) VALUES ($1, $2)"};
const pg::Statement kForget{"guesses_forget", "DELETE FROM login_failures WHERE username = $1 AND address = $2"};

/// People type their password into the field of the name; so guesses are kept under a digest of what was typed.
std::string digest_of(const std::string& username) { return sha256_hex(username).substr(0, 32); }

}  // namespace

std::optional<seconds> begin(pg::Database& db, const std::string& username, const std::string& address) {
    const std::string name = digest_of(username);
    auto tx = db.begin();
    tx.run(kLockName, name);
    tx.run(kLockAddress, address);
    for (const auto& [statement, value, limit] :
         {std::tuple{&kWaitOfName, &name, kPerName}, std::tuple{&kWaitOfAddress, &address, kPerAddress}}) {
        const auto wait = tx.maybe(
            *statement, [](pg::Row r) { return static_cast<seconds>(r["wait"]); }, *value, limit, kWindow);
        if (wait) return std::max(*wait, 1s);
    }
    tx.run(kCount, name, address);
    tx.commit();
    return std::nullopt;
}

void forget(pg::Transaction& tx, const std::string& username, const std::string& address) {
    tx.run(kForget, digest_of(username), address);
}

}  // namespace desk::guesses
