// Rows that have served their time: removed by the tick, a limited number at once.
#pragma once

#include "core/pg/transaction.hpp"

namespace desk::maintenance {

/// Tries to be the only one who does `work` of this name now; false = somebody else is at it. Held until `tx` ends.
bool try_turn(pg::Transaction& tx, const char* work);

/// Answers kept for repeated calls are forgotten after 24 h. Returns how many.
int forget_idempotency_keys(pg::Transaction& tx, int limit);
/// Sessions that have ended.
int forget_sessions(pg::Transaction& tx, int limit);
/// Notices that were read and are older than 90 days.
int forget_notices(pg::Transaction& tx, int limit);
/// Failed sign-ins and refused attempts older than a day and a month.
int forget_failures(pg::Transaction& tx, int limit);

}  // namespace desk::maintenance
