// Refused attempts, counted per principal, route and minute. Not part of the audit chain, so that nobody can queue on
// it.
#pragma once

#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/time.hpp"
#include "core/pg/transaction.hpp"

namespace desk::denials {

/// Counts one. In a transaction of its own, committed at once; never throws: a refusal is answered all the same.
void record(pg::Database& db, const UserId& principal, const std::string& route) noexcept;

struct Denial {
    std::string principal_name = {}, route = {};
    Time minute = {};
    int count = 0;
};
/// Newest first.
std::vector<Denial> recent(pg::Transaction& tx, int limit);

}  // namespace desk::denials
