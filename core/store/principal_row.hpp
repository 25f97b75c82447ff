// The part of a row that tells who asks: shared by sessions and API tokens, so that one statement answers both.
#pragma once

#include <vector>

#include "core/model/access.hpp"
#include "core/pg/row.hpp"
#include "core/store/brakes.hpp"

// Columns of `users u`, to be read by the functions below. A macro, because a statement is one literal.
#define DESK_PRINCIPAL_COLUMNS                                                                              \
    "u.id AS user_id, u.username, u.display_name, u.time_zone, u.must_change_password, desk_now() AS now, " \
    "ARRAY(SELECT r.role FROM user_roles r WHERE r.user_id = u.id) AS desk_roles, "                         \
    "ARRAY(SELECT m.team || ':' || m.role FROM team_members m WHERE m.user_id = u.id) AS team_roles, "      \
    "(SELECT json_agg(json_build_object('brake', b.name, 'reason', b.reason, 'by', p.username, "            \
    "'since', b.since) ORDER BY b.name) FROM brakes b JOIN users p ON p.id = b.by_id) AS brakes "

namespace desk {

Principal principal_of(const pg::Row& row);
std::vector<brakes::Pulled> brakes_of(const pg::Row& row);

/// "payments:approver" -> team and role.
std::map<std::string, std::set<Role>> team_roles_of(const std::vector<std::string>& pairs);

}  // namespace desk
