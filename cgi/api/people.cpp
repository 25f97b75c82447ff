// People and teams: accounts with their roles, and who belongs to a team. A password is in one answer, which is never
// stored.
#include "cgi/api/api.hpp"
#include "cgi/api/documents.hpp"
#include "cgi/api/input.hpp"
#include "cgi/idempotent.hpp"
#include "core/base/text.hpp"
#include "core/store/teams.hpp"
#include "core/store/users.hpp"

namespace desk::api {
namespace {

constexpr std::size_t kPersonBytes = 255;  // what fits is told by the rules of accounts and teams

Json document(const users::User& user) {
    return {{"id", user.id.str()},
            {"username", user.username},
            {"displayName", user.display_name},
            {"email", or_null(user.email)},
            {"timeZone", user.time_zone},
            {"roles", texts_of(user.desk_roles)},
            {"teams", teams_of(user.teams)},
            {"mustChangePassword", user.must_change_password},
            {"createdAt", to_rfc3339(user.created_at)},
            {"lastSeenAt", or_null(user.last_seen)},
            {"disabledAt", or_null(user.disabled_at)}};
}

Json document(const teams::Team& team) {
    Json members = Json::array();
    for (const auto& member : team.members)
        members.push_back(
            {{"username", member.username}, {"displayName", member.display_name}, {"roles", texts_of(member.roles)}});
    return {{"name", team.name},
            {"title", team.title},
            {"createdAt", to_rfc3339(team.created_at)},
            {"members", std::move(members)},
            {"limits", api::document(team.quota)}};
}

users::User get_user(pg::Transaction& tx, const Request& request) {
    auto user = users::find(tx, request.path_id<UserId>("user"));
    if (!user) not_found();
    return std::move(*user);
}

teams::Team get_team(pg::Transaction& tx, const Request& request) {
    auto team = teams::find(tx, request.path_text("team"), request.reach());
    if (!team) not_found();
    return std::move(*team);
}

/// All that the person or member shall have; of roles in a team, or of those on the whole desk.
std::set<Role> read_roles(Body& body, bool in_team) {
    std::vector<std::string> known;
    for (const auto word : all_texts<Role>())
        if (is_team_role(*parse_enum<Role>(word)) == in_team) known.emplace_back(word);
    std::set<Role> roles;
    for (const auto& word : body.words("roles", known)) roles.insert(*parse_enum<Role>(word));
    return roles;
}

std::string trimmed(Body& body, std::string_view name) { return std::string(trim(body.text(name, kPersonBytes))); }

Response password_answer(const UserId& id, const std::string& username, const Secret& password) {
    return json({{"id", id.str()}, {"username", username}, {"password", password.reveal()}}, 201);
}

/// A change of the account in the path, without anything in the body; answers with the account.
Response change_user(const Request& request, App& app,
                     const std::function<void(pg::Transaction&, const UserId&)>& change) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {});
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        change(tx, get_user(tx, request).id);
        return json(document(get_user(tx, request)));
    });
}

}  // namespace

Response user_list(const Request& request, App& app) {
    Query query(request, {"q", "limit"});
    const auto search = query.text("q");
    const int limit = query.number("limit", 1, users::kMostListed, users::kMostListed);
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    Json list = Json::array();
    for (const auto& user : users::list(tx, std::string(trim(search)), limit)) list.push_back(document(user));
    return json({{"users", std::move(list)}, {"limit", limit}});
}

Response user_get(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    return json(document(get_user(tx, request)));
}

Response user_create(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {"username", "displayName", "email"});
        const users::NewUser wanted{.username = trimmed(body, "username"),
                                    .display_name = trimmed(body, "displayName"),
                                    .email = trimmed(body, "email")};
        body.faults.add(users::faults(tx, wanted));
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        const Secret password = users::random_password();
        const auto id = users::create(tx, wanted, password, request.actor());
        return password_answer(id, wanted.username, password).with_header("Location", cat("/api/v1/users/", id));
    });
}

Response user_roles(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        const auto user = get_user(tx, request);
        Body body(request, {"roles"});
        const auto roles = read_roles(body, false);
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        users::set_desk_roles(tx, user.id, roles, request.actor());
        return json(document(get_user(tx, request)));
    });
}

Response user_reset(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {});
        if (body.faults.any()) return validation_failed(request, body.faults.all());
        const auto user = get_user(tx, request);

        const Secret password = users::random_password();
        users::reset_password(tx, user.id, password, request.actor());
        return password_answer(user.id, user.username, password);
    });
}

Response user_disable(const Request& request, App& app) {
    return change_user(request, app, [&](pg::Transaction& tx, const UserId& id) {
        users::set_disabled(tx, id, true, request.actor());
    });
}

Response user_enable(const Request& request, App& app) {
    return change_user(request, app, [&](pg::Transaction& tx, const UserId& id) {
        users::set_disabled(tx, id, false, request.actor());
    });
}

Response team_list(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    Json list = Json::array();
    for (const auto& team : teams::list(tx, request.reach())) list.push_back(document(team));
    return json({{"teams", std::move(list)}});
}

Response team_create(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {"name", "title"});
        const auto name = trimmed(body, "name"), title = trimmed(body, "title");
        body.faults.add(teams::faults(tx, name, title));
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        teams::create(tx, name, title, request.actor());
        return json(document(teams::find(tx, name, request.reach()).value()), 201);
    });
}

Response team_rename(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        const auto team = get_team(tx, request);
        Body body(request, {"title"});
        const auto title = trimmed(body, "title");
        if (const auto fault = teams::title_fault(title)) body.faults.add({{"title", *fault}});
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        teams::set_title(tx, team.name, title, request.actor());
        return json(document(get_team(tx, request)));
    });
}

Response team_member(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        const auto team = get_team(tx, request);
        Body body(request, {"username", "roles"});
        const auto user = users::find_as_typed(tx, body.text("username", kPersonBytes));
        if (!user) body.faults.add({{"username", user.error()}});
        const auto roles = read_roles(body, true);
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        teams::set_member(tx, team.name, user->id, roles, request.actor());
        return json(document(get_team(tx, request)));
    });
}

}  // namespace desk::api
