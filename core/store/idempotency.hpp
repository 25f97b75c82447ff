// Idempotency keys of the API: inserted first, in the effect's own transaction, so that a key never causes two effects,
// also when two calls run at the same time, also over a crash. Kept for 24 h (core/store/maintenance.hpp).
#pragma once

#include <optional>
#include <string>

#include "core/base/id.hpp"
#include "core/base/time.hpp"
#include "core/pg/transaction.hpp"

namespace desk::idempotency {

struct Call {
    UserId principal = {};
    std::string key = {};           ///< 1 to 255 characters
    std::string route = {};         ///< "POST /api/v1/clusters"
    std::string request_hash = {};  ///< of path and body; where secrets come, a signature
};

/// The answer that the first call got.
struct Answer {
    int status = 0;
    std::optional<std::string> body = {};  ///< nothing for routes whose answers are not stored
    std::optional<std::string> location = {};
    std::string route = {}, request_hash = {};  ///< that it answered
};

enum class Begun {
    mine,      ///< the key is ours: do the effect, then keep() its answer, in this transaction
    repeated,  ///< done before: `earlier()` is the answer
    running,   ///< the first call has been at it for 2 s: come back later; the transaction is to be rolled back
};
Begun begin(pg::Transaction& tx, const Call& call);
Answer earlier(pg::Transaction& tx, const Call& call);
void keep(pg::Transaction& tx, const Call& call, const Answer& answer);

}  // namespace desk::idempotency
