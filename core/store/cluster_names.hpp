// Who holds a name: forms say so before an order is submitted. (The unique index of the table is what holds.)
#pragma once

#include <optional>
#include <string>

#include "core/model/cluster.hpp"
#include "core/pg/transaction.hpp"

namespace desk::clusters {

/// Why `name` can't be ordered now, as a sentence; nothing when it is free. A name is taken while anything may be left
/// of its cluster: as long as it lives, and after it was given up until its last orphan is closed.
std::optional<std::string> why_name_taken(pg::Transaction& tx, const std::string& name, Platform platform,
                                          const std::string& base_domain);

/// That another cluster has this name, as a sentence with the way out.
std::string taken_words(const std::string& name, Platform platform, const std::string& base_domain);

}  // namespace desk::clusters
