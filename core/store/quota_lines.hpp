// The lines of quotas as administrators see and set them: of teams and of people.
#pragma once

#include <string>
#include <vector>

#include "core/base/enum.hpp"
#include "core/store/teams.hpp"

namespace desk::quotas {

DESK_ENUM(Holder, TEAM, USER)

struct Lines {
    Holder holder = Holder::TEAM;
    std::string name = {};  ///< of the team or the account
    UserId user = {};       ///< of an account
    teams::Quota quota = {};

    /// Tells these lines from others: who sets new ones says by it which they have seen.
    std::string version() const;
};
/// Every team, then everybody who has lines of their own; by name.
std::vector<Lines> all(pg::Transaction& tx);

/// Sets the lines, audited; the caller commits. Who has no line has no row. Throws Error{not_found},
/// Error{conflict} when they are not those of `seen_version` any more, Error{invalid} for a soft line above its hard
/// one.
void set(pg::Transaction& tx, Holder holder, const std::string& name, const teams::Quota& quota,
         const std::string& seen_version, const Actor& actor);

}  // namespace desk::quotas
