// Who may do what: roles -> permissions. Routes name a permission and a scope (cgi/routes.cpp); this is the other half.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/enum.hpp"
#include "core/base/id.hpp"

namespace desk {

/// requester, approver and team_admin are held in a team; platform_admin and auditor on the whole desk.
DESK_ENUM(Role, requester, approver, team_admin, platform_admin, auditor)
constexpr bool is_team_role(Role role) { return role <= Role::team_admin; }

/// What a row of the routes table asks for. `everyone` needs no principal; `signed_in` any.
DESK_ENUM(Permission, everyone, signed_in, catalog_read, request_create, request_read, request_decide, request_withdraw,
          cluster_read, cluster_extend, cluster_destroy, outputs_read, log_read, receipt_read, job_read, cost_read,
          audit_read, team_manage, admin_read, admin_write)

/// own: rows of the principal; team: rows of the teams in which a role gives the permission (own rows included);
/// any: no limit by row.
DESK_ENUM(Scope, own, team, any)

/// Whether `role` gives `permission` (in its team, for team roles).
bool grants(Role role, Permission permission);

/// Who is asking, as found by session or token.
struct Principal {
    UserId user;
    std::string username;
    std::string display_name;
    std::string time_zone = "Etc/UTC";
    std::set<Role> desk_roles;                    ///< platform_admin, auditor
    std::map<std::string, std::set<Role>> teams;  ///< team -> roles there
    bool must_change_password = false;

    bool has(Role role) const;
    /// By any role, in any team.
    bool may(Permission permission) const;
    /// In this team (or by a role on the whole desk).
    bool may_in(Permission permission, const std::string& team) const;
};

/// Which rows a statement may touch: everything, or rows of these teams, or own rows. Part of the WHERE clause, so that
/// another team's row is not there: `$all OR team = ANY($teams) OR owner = $user`.
struct Reach {
    bool all = false;
    std::vector<std::string> teams;
    UserId user;
    std::vector<std::string> approver_teams = {};  ///< in which they decide, also on requests of other teams
};
Reach reach_of(const Principal& principal, Permission permission, Scope scope);

}  // namespace desk
