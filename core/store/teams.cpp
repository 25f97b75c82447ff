#include "core/store/teams.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace desk::teams {
namespace {

#define TEAM_COLUMNS                                                                                    \
    "t.name, t.title, t.created_at, q.soft_clusters, q.max_clusters, q.soft_vcpu, q.max_vcpu, "         \
    "q.soft_monthly_micros, q.max_monthly_micros, "                                                     \
    "(SELECT json_agg(json_build_object('user', p.id, 'username', p.username, 'name', p.display_name, " \
    "'roles', p.roles) ORDER BY p.username) FROM (SELECT u.id, u.username, u.display_name, "            \
    "array_agg(m.role ORDER BY m.role) AS roles FROM team_members m JOIN users u ON u.id = m.user_id "  \
    "WHERE m.team = t.name GROUP BY u.id) p) AS members "                                               \
    "FROM teams t LEFT JOIN quotas q ON q.team = t.name "

const pg::Statement kList{"teams_list",
                          "SELECT " TEAM_COLUMNS "WHERE $1 OR t.name = ANY($2::text[]) ORDER BY t.name LIMIT 1000"};
const pg::Statement kFind{"teams_find",
                          "SELECT " TEAM_COLUMNS "WHERE t.name = $3 AND ($1 OR t.name = ANY($2::text[]))"};
const pg::Statement kLock{"teams_lock", "SELECT title FROM teams WHERE name = $1 FOR UPDATE"};
const pg::Statement kCreate{"teams_create",
                            "INSERT INTO teams (name, title) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING"};
const pg::Statement kSetTitle{"teams_set_title", "UPDATE teams SET title = $2 WHERE name = $1"};
const pg::Statement kUser{"teams_user", "SELECT username FROM users WHERE id = $1"};
const pg::Statement kRolesOf{"teams_roles_of", R"sql(
    SELECT ARRAY(SELECT role FROM team_members WHERE team = $1 AND user_id = $2 ORDER BY role) AS roles)sql"};
const pg::Statement kDropRoles{"teams_drop_roles", R"sql(
    DELETE FROM team_members WHERE team = $1 AND user_id = $2 AND role <> ALL($3::text[]))sql"};
const pg::Statement kAddRoles{"teams_add_roles", R"sql(
    INSERT INTO team_members (team, user_id, role) SELECT $1, $2, unnest($3::text[]) ON CONFLICT DO NOTHING)sql"};

constexpr std::size_t kLongestName = 63;
constexpr std::size_t kLongestTitle = 100;

Team read(pg::Row r) {
    Team team{.name = r["name"],
              .title = r["title"],
              .created_at = r["created_at"],
              .members = {},
              .quota = {.soft_clusters = r["soft_clusters"].or_null(),
                        .max_clusters = r["max_clusters"].or_null(),
                        .soft_vcpu = r["soft_vcpu"].or_null(),
                        .max_vcpu = r["max_vcpu"].or_null(),
                        .soft_monthly_micros = r["soft_monthly_micros"].or_null(),
                        .max_monthly_micros = r["max_monthly_micros"].or_null()}};
    for (const Json& one : r["members"].value_or(Json::array())) {
        Member member{.user = UserId(one.at("user").get<std::string>()),
                      .username = one.at("username"),
                      .display_name = one.at("name"),
                      .roles = {}};
        for (const Json& role : one.at("roles"))
            member.roles.insert(pg::Type<Role>::from_text(role.get<std::string>()));
        team.members.push_back(std::move(member));
    }
    return team;
}

/// The title. Throws when there is no such team.
std::string lock(pg::Transaction& tx, const std::string& name) {
    auto title = tx.maybe(
        kLock, [](pg::Row r) { return static_cast<std::string>(r["title"]); }, name);
    if (!title) throw Error(Code::not_found, "There is no such team.");
    return std::move(*title);
}

Broken team_name_fault(std::string_view name) {
    const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    if (!name.empty() && name.size() <= kLongestName && is_plain(name.front()) &&
        std::all_of(name.begin(), name.end(), [&](char c) { return is_plain(c) || c == '-'; }))
        return std::nullopt;
    return cat("Lower case letters, digits and '-', at most ", kLongestName, ", not beginning with '-'.");
}

/// Throws Error{invalid} for a title that is none.
std::string title_of(std::string_view typed) {
    if (const auto fault = title_fault(typed)) throw Error(Code::invalid, *fault);
    return std::string(trim(typed));
}

std::vector<std::string> texts_of(const std::set<Role>& roles) {
    std::vector<std::string> texts;
    for (const Role role : roles) texts.emplace_back(text(role));
    return texts;
}

}  // namespace

std::vector<Team> list(pg::Transaction& tx, const Reach& reach) { return tx.all(kList, read, reach.all, reach.teams); }

std::optional<Team> find(pg::Transaction& tx, const std::string& name, const Reach& reach) {
    return tx.maybe(kFind, read, reach.all, reach.teams, name);
}

Broken title_fault(std::string_view title) {
    if (trim(title).empty()) return "Give the team a title.";
    return text_fault(trim(title), kLongestTitle);
}

FormErrors faults(pg::Transaction& tx, const std::string& name, const std::string& title) {
    FormErrors found;
    if (const auto fault = team_name_fault(name))
        found.push_back({"name", *fault});
    else if (find(tx, name, {.all = true, .teams = {}, .user = {}}))
        found.push_back({"name", cat("There is a team ", name, " already.")});
    if (const auto fault = title_fault(title)) found.push_back({"title", *fault});
    return found;
}

void create(pg::Transaction& tx, const std::string& name, const std::string& title, const Actor& actor) {
    if (const auto fault = team_name_fault(name)) throw Error(Code::invalid, *fault);
    const std::string shown = title_of(title);
    if (tx.execute(kCreate, name, shown) == 0) throw Error(Code::conflict, cat("There is a team ", name, " already."));
    audit(tx, actor, {.action = "team.create", .target = name, .team = name, .after = {{"title", shown}}});
}

void set_title(pg::Transaction& tx, const std::string& name, const std::string& title, const Actor& actor) {
    const std::string before = lock(tx, name);
    const std::string shown = title_of(title);
    if (before == shown) return;
    tx.run(kSetTitle, name, shown);
    audit(tx, actor,
          {.action = "team.title",
           .target = name,
           .team = name,
           .before = {{"title", before}},
           .after = {{"title", shown}}});
}

void set_member(pg::Transaction& tx, const std::string& name, const UserId& user, const std::set<Role>& roles,
                const Actor& actor) {
    if (!std::all_of(roles.begin(), roles.end(), is_team_role))
        throw Error(Code::invalid, "This role is given on the whole desk, not in a team.");
    lock(tx, name);
    const auto username = tx.maybe(
        kUser, [](pg::Row r) { return static_cast<std::string>(r["username"]); }, user);
    if (!username) throw Error(Code::not_found, "There is no such person.");
    const std::vector<Role> held = tx.run(kRolesOf, name, user)[0]["roles"];
    const std::set<Role> before{held.begin(), held.end()};
    if (before == roles) return;

    tx.run(kDropRoles, name, user, texts_of(roles));
    tx.run(kAddRoles, name, user, texts_of(roles));
    audit(tx, actor,
          {.action = "team.member",
           .target = user.str(),
           .team = name,
           .before = {{"username", *username}, {"roles", texts_of(before)}},
           .after = {{"username", *username}, {"roles", texts_of(roles)}}});
}

}  // namespace desk::teams
