// What hosts find wrong with themselves, for the administrators' page: a tick has no other way to speak to people.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/pg/transaction.hpp"

namespace desk::worker_faults {

/// Replaces what `host` said before; empty = all is well. The host must have reported (workers::report).
void report(pg::Transaction& tx, const std::string& host, const std::vector<std::string>& faults);

/// By host; hosts without faults are not in it.
std::map<std::string, std::vector<std::string>> all(pg::Transaction& tx);

}  // namespace desk::worker_faults
