// templates/admin_teams.tpl
#pragma once

#include "cgi/views/parts.hpp"
#include "core/store/teams.hpp"

namespace desk::views {

struct AdminTeams {
    struct Member {
        std::string username = {}, display_name = {};
        std::set<Role> roles = {};
    };
    struct Team {
        std::string name = {}, title = {};
        std::vector<Member> members = {};
        Facts limits = {};
    };
    std::vector<Team> teams = {};
    bool may_create = false, may_see_use = false;  ///< of the limits
    std::optional<ErrorSummary> errors = {};
    Field new_name = {}, new_title = {};

    static AdminTeams of(const std::vector<teams::Team>& teams, const Principal& principal);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
