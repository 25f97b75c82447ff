// Teams and their members, with their quotas (set in quota_lines).
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/time.hpp"
#include "core/model/access.hpp"
#include "core/model/names.hpp"
#include "core/model/order.hpp"
#include "core/pg/transaction.hpp"
#include "core/store/audit.hpp"

namespace desk::teams {

/// Above a soft line an order needs approval, above a max it is refused; nothing = no line.
struct Quota {
    std::optional<int> soft_clusters = {}, max_clusters = {};
    std::optional<int> soft_vcpu = {}, max_vcpu = {};
    std::optional<std::int64_t> soft_monthly_micros = {}, max_monthly_micros = {};

    bool operator==(const Quota&) const = default;
};

struct Member {
    UserId user = {};
    std::string username = {}, display_name = {};
    std::set<Role> roles = {};  ///< requester, approver, team_admin
};

struct Team {
    std::string name = {}, title = {};
    Time created_at = {};
    std::vector<Member> members = {};  ///< by username
    Quota quota = {};
};

/// By name; those within reach.
std::vector<Team> list(pg::Transaction& tx, const Reach& reach);
std::optional<Team> find(pg::Transaction& tx, const std::string& name, const Reach& reach);

// --- commands: each with its audit row; the caller commits
// ---------------------------------------------------------------

/// Why no team can have it.
Broken title_fault(std::string_view title);
/// What create() would refuse, by the fields name and title.
FormErrors faults(pg::Transaction& tx, const std::string& name, const std::string& title);
/// Throws Error{invalid} for a name that is none (lower case letters, digits and '-', at most 63), Error{conflict} when
/// it is taken.
void create(pg::Transaction& tx, const std::string& name, const std::string& title, const Actor& actor);
/// Throws Error{not_found}; Error{invalid} for an empty title.
void set_title(pg::Transaction& tx, const std::string& name, const std::string& title, const Actor& actor);
/// Sets the roles of `user` in the team to exactly these; none = no member any more. Throws Error{not_found} when there
/// is no such team or user, Error{invalid} for a role on the whole desk.
void set_member(pg::Transaction& tx, const std::string& name, const UserId& user, const std::set<Role>& roles,
                const Actor& actor);

}  // namespace desk::teams
