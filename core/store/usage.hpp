// What clusters cost, as rows: stays in states that cost money, and the teams' budgets.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/access.hpp"
#include "core/model/usage.hpp"
#include "core/pg/transaction.hpp"

namespace desk::usage {

/// Every stay that costs, or is going to cost, anything between `from` and `to`, of clusters within reach.
std::vector<Stay> stays(pg::Transaction& tx, const Reach& reach, Time from, Time to, Time now);

/// What a team means to spend in a month: the soft line of its quota, or the hard one where there is no other.
struct Budget {
    std::string team = {};
    Money amount = {};
};
/// Of the teams in reach (not of those in which only a row of one's own is), by name.
std::vector<Budget> budgets(pg::Transaction& tx, const Reach& reach);

}  // namespace desk::usage
