#include "core/model/access.hpp"

#include <algorithm>
#include <array>

namespace desk {
namespace {

using enum Role;
using enum Permission;

struct Grant {
    Role role;
    Permission permission;
};

constexpr std::array kGrants = {
    Grant{requester, catalog_read},
    Grant{requester, request_create},
    Grant{requester, request_read},
    Grant{requester, request_withdraw},
    Grant{requester, cluster_read},
    Grant{requester, cluster_extend},
    Grant{requester, cluster_destroy},
    Grant{requester, outputs_read},
    Grant{requester, log_read},
    Grant{requester, receipt_read},
    Grant{requester, job_read},
    Grant{requester, cost_read},

    Grant{approver, catalog_read},
    Grant{approver, request_read},
    Grant{approver, request_decide},
    Grant{approver, cluster_read},
    Grant{approver, log_read},
    Grant{approver, receipt_read},
    Grant{approver, job_read},
    Grant{approver, cost_read},

    Grant{team_admin, catalog_read},
    Grant{team_admin, request_create},
    Grant{team_admin, request_read},
    Grant{team_admin, request_decide},
    Grant{team_admin, request_withdraw},
    Grant{team_admin, cluster_read},
    Grant{team_admin, cluster_extend},
    Grant{team_admin, cluster_destroy},
    Grant{team_admin, outputs_read},
    Grant{team_admin, log_read},
    Grant{team_admin, receipt_read},
    Grant{team_admin, job_read},
    Grant{team_admin, cost_read},
    Grant{team_admin, team_manage},

    Grant{platform_admin, catalog_read},
    Grant{platform_admin, request_read},
    Grant{platform_admin, request_decide},
    Grant{platform_admin, request_withdraw},
    Grant{platform_admin, cluster_read},
    Grant{platform_admin, cluster_extend},
    Grant{platform_admin, cluster_destroy},
    Grant{platform_admin, outputs_read},
    Grant{platform_admin, log_read},
    Grant{platform_admin, receipt_read},
    Grant{platform_admin, job_read},
    Grant{platform_admin, cost_read},
    Grant{platform_admin, audit_read},
    Grant{platform_admin, team_manage},
    Grant{platform_admin, admin_read},
    Grant{platform_admin, admin_write},

    Grant{auditor, catalog_read},
    Grant{auditor, request_read},
    Grant{auditor, cluster_read},
    Grant{auditor, log_read},
    Grant{auditor, receipt_read},
    Grant{auditor, job_read},
    Grant{auditor, cost_read},
    Grant{auditor, audit_read},
    Grant{auditor, admin_read},
};

}  // namespace

bool grants(Role role, Permission permission) {
    if (permission == everyone || permission == signed_in) return true;
    return std::any_of(kGrants.begin(), kGrants.end(),
                       [&](const Grant& g) { return g.role == role && g.permission == permission; });
}

bool Principal::has(Role role) const {
    if (!is_team_role(role)) return desk_roles.contains(role);
    return std::any_of(teams.begin(), teams.end(), [&](const auto& team) { return team.second.contains(role); });
}

bool Principal::may(Permission permission) const {
    if (permission == everyone || permission == signed_in) return true;
    for (const Role role : desk_roles)
        if (grants(role, permission)) return true;
    return std::any_of(teams.begin(), teams.end(), [&](const auto& team) { return may_in(permission, team.first); });
}

bool Principal::may_in(Permission permission, const std::string& team) const {
    const auto gives = [&](Role role) { return grants(role, permission); };
    if (std::any_of(desk_roles.begin(), desk_roles.end(), gives)) return true;
    const auto found = teams.find(team);
    return found != teams.end() && std::any_of(found->second.begin(), found->second.end(), gives);
}

Reach reach_of(const Principal& principal, Permission permission, Scope scope) {
    Reach reach{.all = false, .teams = {}, .user = principal.user};
    if (scope == Scope::own) return reach;
    const auto give = [](const std::set<Role>& roles, Permission wanted) {
        return std::any_of(roles.begin(), roles.end(), [&](Role role) { return grants(role, wanted); });
    };
    reach.all = scope == Scope::any || give(principal.desk_roles, permission);
    for (const auto& [team, roles] : principal.teams) {
        if (give(roles, permission)) reach.teams.push_back(team);
        if (give(roles, request_decide)) reach.approver_teams.push_back(team);
    }
    return reach;
}

}  // namespace desk
