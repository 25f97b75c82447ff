// Which store belongs to which database: a host that sees another store must claim no jobs.
#pragma once

#include <optional>
#include <string>

#include "core/cloud/object_store.hpp"
#include "core/pg/transaction.hpp"

namespace desk {

/// The desk's own id, which is its store's: "" before they are tied.
std::string desk_id(pg::Transaction& tx);

/// Ties a database that has no store yet to this one (and gives the store its id when it has none). Changes nothing
/// once they are tied. Returns the database's store id.
std::string bind_store(pg::Transaction& tx, ObjectStore& store);

/// Why this store is not the database's, as a sentence for `doctor` and the log; nothing when it is.
std::optional<std::string> store_fault(pg::Transaction& tx, const ObjectStore& store);

}  // namespace desk
