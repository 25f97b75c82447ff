#include "core/store/principal_row.hpp"

#include "core/base/text.hpp"

namespace desk {

Principal principal_of(const pg::Row& row) {
    const std::vector<Role> desk_roles = row["desk_roles"];
    return {.user = row["user_id"],
            .username = row["username"],
            .display_name = row["display_name"],
            .time_zone = row["time_zone"],
            .desk_roles = {desk_roles.begin(), desk_roles.end()},
            .teams = team_roles_of(row["team_roles"]),
            .must_change_password = row["must_change_password"]};
}

std::vector<brakes::Pulled> brakes_of(const pg::Row& row) {
    std::vector<brakes::Pulled> pulled;
    for (const Json& one : row["brakes"].value_or(Json::array()))
        pulled.push_back({.brake = pg::Type<Brake>::from_text(one.at("brake").get<std::string>()),
                          .reason = one.at("reason"),
                          .by_name = one.at("by"),
                          .since = pg::Type<Time>::from_text(one.at("since").get<std::string>())});
    return pulled;
}

std::map<std::string, std::set<Role>> team_roles_of(const std::vector<std::string>& pairs) {
    std::map<std::string, std::set<Role>> teams;
    for (const auto& pair : pairs) {
        const auto colon = pair.find(':');
        teams[pair.substr(0, colon)].insert(pg::Type<Role>::from_text(std::string_view(pair).substr(colon + 1)));
    }
    return teams;
}

}  // namespace desk
