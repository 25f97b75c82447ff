// Giving up: an administrator ends a destroy that does not end, and the desk keeps a record of what is left.
#pragma once

#include <string>

#include "core/base/id.hpp"
#include "core/pg/transaction.hpp"
#include "core/store/audit.hpp"
#include "core/store/clusters.hpp"

namespace desk::clusters {

struct Abandoned {
    ReceiptId receipt = {};
    int left = 0;  ///< orphans that are open now and hold the name; 0 = the desk never created anything
};

/// DESTROY_FAILED -> ABANDONED: closes the open destroy, writes a receipt of kind GIVEN_UP that lists what was left,
/// and opens an orphan for each of it. Where no sweep could tell what that is, an orphan stands for everything of an
/// infraID. `cluster` must be locked by this transaction. Throws Error{conflict} in another state, and while a worker
/// has a lease of it: nothing is given up under somebody's hands. Audit row included.
Abandoned abandon(pg::Transaction& tx, const Cluster& cluster, const std::string& reason, const Actor& actor);

}  // namespace desk::clusters
