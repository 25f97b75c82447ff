// Whether a name is free: forms say so before an order is submitted. (The unique index of the table is what holds.)
#pragma once

#include <string>

#include "core/model/cluster.hpp"
#include "core/pg/transaction.hpp"

namespace desk::clusters {

/// A name is taken while anything may be left of its cluster.
bool is_name_taken(pg::Transaction& tx, const std::string& name, Platform platform, const std::string& base_domain);

}  // namespace desk::clusters
