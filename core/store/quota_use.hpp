// What teams and people use of their quotas, and the lines that are drawn for them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/model/quota.hpp"
#include "core/pg/transaction.hpp"

namespace desk::quotas {

/// Of several teams and people at once.
struct Uses {
    std::map<std::string, QuotaUse> teams = {};
    std::map<UserId, QuotaUse> users = {};

    /// Of a team and a person that were asked for.
    QuotaState of(const std::string& team, const UserId& user) const { return {users.at(user), teams.at(team)}; }
};
/// Two queries in one round trip, however many are asked for.
Uses uses(pg::Transaction& tx, const std::vector<std::string>& teams, const std::vector<UserId>& users);

/// What `evaluate` needs to know of the others' clusters. `locked`: holds the team's and the user's quota lock until
/// `tx` ends, so that two orders can't both take the last place; the preview of the form reads without.
QuotaState state(pg::Transaction& tx, const std::string& team, const UserId& user, bool locked);

}  // namespace desk::quotas
