// templates/admin_teams.tpl
#pragma once

#include "cgi/views/parts.hpp"
#include "core/store/teams.hpp"

namespace desk::views {

/// One quantity of a quota, as the form shows it: two fields.
struct QuotaLine {
    std::string text = {}, soft = {}, hard = {};  ///< what it limits; names of its fields
    std::string soft_value = {}, hard_value = {};
};
/// Clusters, vCPUs and dollars a month.
std::vector<QuotaLine> quota_lines(const teams::Quota& quota);

struct AdminTeams {
    struct Member {
        std::string username = {}, display_name = {};
        std::set<Role> roles = {};
    };
    struct Team {
        std::string name = {}, title = {};
        std::vector<Member> members = {};
        Facts limits = {};
        std::vector<QuotaLine> lines = {};
    };
    std::vector<Team> teams = {};
    bool may_create = false, may_set_quota = false;
    std::optional<ErrorSummary> errors = {};
    Field new_name = {}, new_title = {};

    static AdminTeams of(const std::vector<teams::Team>& teams, const Principal& principal);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
