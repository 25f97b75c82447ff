// user and demo-people: how the first people get in. Whoever may run this on the host is an administrator anyway; every
// change has its audit row.
#include <array>
#include <cstdio>
#include <iostream>

#include "core/base/text.hpp"
#include "core/store/teams.hpp"
#include "core/store/tokens.hpp"
#include "core/store/users.hpp"
#include "worker/verbs/verbs.hpp"

namespace desk::worker::verbs {
namespace {

constexpr int kTokenDays = 30;

const Actor kOperator = Actor::desk("operator");

pg::Database database_of(const Arguments& arguments) {
    return pg::Database({.url = arguments.config().database.url, .application_name = "clusterdesk-people"});
}

Role role_of(const Arguments& arguments) {
    const auto role = parse_enum<Role>(arguments.value("--role"));
    if (!role) {
        std::vector<std::string> all;
        for (const auto name : all_texts<Role>()) all.emplace_back(name);
        throw Usage{cat("--role takes one of: ", join(all, ", "))};
    }
    if (is_team_role(*role) != arguments.has("--team"))
        throw Usage{is_team_role(*role) ? cat(text(*role), " is held in a team: name it with --team")
                                        : cat(text(*role), " is held on the whole desk: leave --team out")};
    return *role;
}

UserId get_user(pg::Transaction& tx, const std::string& name) {
    const auto user = users::find_by_name(tx, name);
    if (!user) throw Error(Code::not_found, cat("There is no user ", name, "."));
    return user->id;
}

/// Adds or takes away one role; a team is made when it is first named.
void change_role(pg::Transaction& tx, const std::string& username, Role role, const std::string& team, bool has_it) {
    const auto user = users::find_by_name(tx, username);
    if (!user) throw Error(Code::not_found, cat("There is no user ", username, "."));
    const auto change = [&](std::set<Role> roles) {
        has_it ? static_cast<void>(roles.insert(role)) : static_cast<void>(roles.erase(role));
        return roles;
    };
    if (!is_team_role(role)) return users::set_desk_roles(tx, user->id, change(user->desk_roles), kOperator);
    if (!teams::find(tx, team, Reach{.all = true, .teams = {}, .user = {}})) teams::create(tx, team, team, kOperator);
    const auto held = user->teams.find(team);
    teams::set_member(tx, team, user->id, change(held == user->teams.end() ? std::set<Role>{} : held->second),
                      kOperator);
}

Secret password_for(const Arguments& arguments) {
    if (arguments.has("--random-password") == arguments.has("--password-stdin"))
        throw Usage{"needs either --random-password or --password-stdin"};
    if (arguments.has("--random-password")) return users::random_password();
    std::string line;
    std::getline(std::cin, line);
    return Secret(std::move(line));
}

int add(const Arguments& arguments) {
    arguments.want_words(2, "add NAME");
    const auto role = role_of(arguments);
    const auto password = password_for(arguments);
    auto database = database_of(arguments);
    auto tx = database.begin();
    users::create(tx,
                  {.username = arguments.words()[1],
                   .display_name = arguments.value("--display-name"),
                   .email = arguments.value("--email"),
                   .must_change_password = arguments.has("--must-change")},
                  password, kOperator);
    change_role(tx, arguments.words()[1], role, arguments.value("--team"), true);
    tx.commit();
    if (arguments.has("--random-password")) print(password.reveal());
    return 0;
}

int role(const Arguments& arguments) {
    arguments.want_words(2, "role NAME");
    const auto wanted = role_of(arguments);
    auto database = database_of(arguments);
    auto tx = database.begin();
    change_role(tx, arguments.words()[1], wanted, arguments.value("--team"), !arguments.has("--remove"));
    tx.commit();
    return 0;
}

int token(const Arguments& arguments) {
    arguments.want_words(2, "token NAME");
    const auto days = arguments.has("--days") ? parse_int(arguments.value("--days")) : kTokenDays;
    if (!days || *days < 1 || *days > tokens::kLongestDays)
        throw Usage{cat("--days takes a number from 1 to ", tokens::kLongestDays)};
    auto database = database_of(arguments);
    auto tx = database.begin();
    const auto created = tokens::create(
        tx, get_user(tx, arguments.words()[1]), arguments.has("--name") ? arguments.value("--name") : "command line",
        arguments.has("--read-only") ? TokenScope::READ : TokenScope::WRITE, static_cast<int>(*days), kOperator);
    tx.commit();
    print(created.token.reveal());
    return 0;
}

struct DemoPerson {
    const char* username;
    const char* display_name;
    Role role;
};
constexpr std::array kDemoPeople = {
    DemoPerson{"requester", "Robin Requester", Role::requester},
    DemoPerson{"approver", "Alex Approver", Role::approver},
    DemoPerson{"teamlead", "Toni Teamlead", Role::team_admin},
    DemoPerson{"auditor", "Andrea Auditor", Role::auditor},
    DemoPerson{"platform", "Pat Platform", Role::platform_admin},
};

}  // namespace

int user(const Arguments& arguments) {
    struct Action {
        std::string_view name;
        int (*run)(const Arguments&);
    };
    constexpr std::array kActions = {Action{"add", add}, Action{"role", role}, Action{"token", token}};
    for (const auto& action : kActions)
        if (!arguments.words().empty() && arguments.words()[0] == action.name) return action.run(arguments);
    throw Usage{"expects add, role or token"};
}

int demo_people(const Arguments& arguments) {
    arguments.want_words(0, "no words");
    auto database = database_of(arguments);
    for (const auto& person : kDemoPeople) {
        auto tx = database.begin();
        if (users::find_by_name(tx, person.username)) {
            print(cat(person.username, " is there already (", text(person.role), ")"));
            continue;
        }
        const auto password = users::random_password();
        users::create(tx,
                      {.username = person.username,
                       .display_name = person.display_name,
                       .email = {},
                       .must_change_password = false},
                      password, kOperator);
        change_role(tx, person.username, person.role, "demo", true);
        tx.commit();
        print(cat(person.username, ' ', password.reveal(), " (", text(person.role), ")"));
    }
    return 0;
}

}  // namespace desk::worker::verbs
