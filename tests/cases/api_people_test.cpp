// The API of people: accounts, teams and members, one's own sessions and password. No password is kept anywhere.
#include "core/base/crypto.hpp"
#include "core/store/guesses.hpp"
#include "core/store/users.hpp"
#include "tests/cases/api_desk.hpp"
#include "tests/cases/openapi.hpp"

namespace desk {
namespace {

constexpr const char* kWanted = "four words that fit";

class PeopleApi : public ApiDesk {
  protected:
    std::string path_of(const UserId& user, std::string_view verb = "") {
        return cat("/api/v1/users/", user, verb.empty() ? "" : "/", verb);
    }
    bool is_password(const UserId& user, const std::string& password) {
        auto tx = db.begin();
        return users::is_password(tx, user, Secret(password));
    }
    int sessions_of(const UserId& user) {
        return db.count(cat("SELECT count(*) FROM sessions WHERE user_id = '", user, "'"));
    }
    /// Everything that the calls left behind about themselves.
    std::string kept() {
        return db.value("SELECT coalesce(string_agg(a::text, ' '), '') FROM audit_events a") +
               db.value("SELECT coalesce(string_agg(k::text, ' '), '') FROM idempotency_keys k");
    }
    /// As a page's script calls: by cookie, with the session's token against forgery.
    Answer post_in(const given::SignedIn& session, const std::string& target, const Json& body) {
        return call("POST", target,
                    {{"HTTP_COOKIE", "desk_session=" + session.session},
                     {"HTTP_X_CSRF_TOKEN", session.csrf},
                     {"HTTP_IDEMPOTENCY_KEY", cat("key-", ++keys_used)},
                     {"CONTENT_TYPE", "application/json"}},
                    body.dump());
    }

    const Schemas schemas{get(people.admin, "/api/openapi.json").json};
};

// --- one's own

TEST_F(PeopleApi, ListsTheCallersSessionsAndMarksTheOneThatAsks) {
    const auto session = given::session(db, people.requester);
    given::session(db, people.requester);
    given::session(db, people.approver);

    const auto by_token = get(people.requester, "/api/v1/sessions");
    const auto by_session = open(session, "/api/v1/sessions");

    EXPECT_EQ(schemas.faults("SessionList", by_token.json), "");
    const auto current = [](const Answer& answer) {
        int count = 0;
        for (const auto& one : answer.json.at("sessions")) count += one.at("isCurrent") ? 1 : 0;
        return count;
    };
    EXPECT_EQ(by_token.json.at("sessions").size(), 2U);
    EXPECT_EQ(current(by_token), 0);
    EXPECT_EQ(current(by_session), 1);
    EXPECT_EQ(by_token.body.find(session.session), std::string::npos) << "the cookie is nobody's to read";
}

TEST_F(PeopleApi, TellsTheCallersRoles) {
    const auto answer = get(people.approver, "/api/v1/account");

    EXPECT_EQ(schemas.faults("Account", answer.json), "");
    EXPECT_EQ(answer.json.at("roles"), Json::array());
    EXPECT_EQ(answer.json.at("teams"), Json::parse(R"([{"team": "demo", "roles": ["approver"]}])"));
}

TEST_F(PeopleApi, EndsASessionOfTheCallerAndNoOther) {
    const auto session = given::session(db, people.requester);
    const auto path = cat("/api/v1/sessions/", hex(sha256(session.session)), "/end");

    EXPECT_EQ(post(people.admin, path).status, 404);
    EXPECT_EQ(sessions_of(people.requester), 1);
    const auto answer = post(people.requester, path);

    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(schemas.faults("Ended", answer.json), "");
    EXPECT_EQ(sessions_of(people.requester), 0);
    EXPECT_EQ(post(people.requester, path).status, 404);
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE action = 'session.end'"), 1);
}

TEST_F(PeopleApi, ChangesThePasswordForWhoKnowsTheOldOne) {
    const auto mine = given::session(db, people.requester), other = given::session(db, people.requester);

    const auto answer =
        post_in(mine, "/api/v1/account/password", {{"current", given::kPassword}, {"newPassword", kWanted}});

    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(schemas.faults("Account", answer.json), "");
    EXPECT_TRUE(is_password(people.requester, kWanted));
    EXPECT_EQ(open(mine, "/api/v1/sessions").status, 200);
    EXPECT_EQ(open(other, "/api/v1/sessions").status, 401);
    expect_not_in(kept() + answer.body, kWanted);
    expect_not_in(kept() + answer.body, given::kPassword);
}

TEST_F(PeopleApi, EndsEverySessionWhenATokenChangesThePassword) {
    given::session(db, people.requester);

    const auto answer = post(people.requester, "/api/v1/account/password",
                             Json{{"current", given::kPassword}, {"newPassword", kWanted}});

    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(sessions_of(people.requester), 0);
    EXPECT_EQ(get(people.requester, "/api/v1/account").status, 200) << "tokens stay";
}

TEST_F(PeopleApi, NamesEveryFaultOfAPasswordInThePagesWords) {
    const auto session = given::session(db, people.requester);

    const auto page = submit(session, "/account/password", "current=wrong&newPassword=short&repeated=short");
    const auto answer = post(people.requester, "/api/v1/account/password",
                             Json{{"current", "wrong"}, {"newPassword", "short"}, {"repeated", "short"}});
    const auto empty = post(people.requester, "/api/v1/account/password", Json{{"newPassword", 7}});

    EXPECT_EQ(answer.status, 422);
    const auto errors = answer.errors();
    EXPECT_EQ(errors.size(), 3U) << answer.body;
    expect_in(page.body, errors.at("current"));
    expect_in(page.body, errors.at("newPassword"));
    EXPECT_EQ(empty.errors().size(), 2U) << empty.body;
    EXPECT_TRUE(is_password(people.requester, given::kPassword));
    expect_not_in(kept(), "user.change_password");
}

TEST_F(PeopleApi, CountsGuessesOfTheOldPasswordFromEveryDoor) {
    const auto session = given::session(db, people.requester);
    const auto guess = [&](const std::string& current) {
        return post_in(session, "/api/v1/account/password", {{"current", current}, {"newPassword", kWanted}});
    };
    for (int i = 0; i < guesses::kPerName - 1; ++i) EXPECT_EQ(guess("wrong").status, 422);
    submit(session, "/account/password", "current=wrong&newPassword=x&repeated=x");

    const auto right = guess(given::kPassword);
    const auto page = submit(session, "/account/password", "current=x&newPassword=x&repeated=x");

    EXPECT_EQ(right.status, 429) << right.body;
    EXPECT_NE(right.header("Retry-After"), "");
    EXPECT_EQ(page.status, 429);
    expect_in(page.body, "Too many wrong passwords");
    EXPECT_TRUE(is_password(people.requester, given::kPassword));
}

TEST_F(PeopleApi, CountsNoGuessWhenOnlyTheNewPasswordIsRefused) {
    const auto session = given::session(db, people.requester);

    for (int i = 0; i <= guesses::kPerName; ++i)
        EXPECT_EQ(
            post_in(session, "/api/v1/account/password", {{"current", given::kPassword}, {"newPassword", "x"}}).status,
            422);

    EXPECT_EQ(db.count("SELECT count(*) FROM login_failures"), 0);
}

TEST_F(PeopleApi, IsOpenForTheFirstPasswordToWhoMustChangeIt) {
    const auto newcomer = given::person(db, {.username = "newcomer", .must_change_password = true});
    const auto session = given::session(db, newcomer);

    EXPECT_EQ(open(session, "/api/v1/account").status, 403);
    const auto answer =
        post_in(session, "/api/v1/account/password", {{"current", given::kPassword}, {"newPassword", kWanted}});

    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(open(session, "/api/v1/account").status, 200);
}

TEST_F(PeopleApi, KnowsARepeatedPasswordChangeThoughItKeepsNoneOfIt) {
    const auto first = Json{{"current", given::kPassword}, {"newPassword", kWanted}}.dump();
    const std::string path = "/api/v1/account/password";
    EXPECT_EQ(post(people.requester, path, first, "k").status, 200);

    const auto again = post(people.requester, path, first, "k");
    const auto another = post(people.requester, path, Json{{"current", "x"}, {"newPassword", "y"}}.dump(), "k");

    EXPECT_EQ(again.status, 200) << again.body;
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(another.status, 422);
    expect_not_in(kept(), sha256_hex(cat(path, '\n', first)));
}

// --- accounts

TEST_F(PeopleApi, ListsAccountsAndFindsThemByPartOfAName) {
    const auto all = get(people.auditor, "/api/v1/users");
    const auto found = get(people.auditor, "/api/v1/users?q=REQ");

    EXPECT_EQ(schemas.faults("UserList", all.json), "");
    EXPECT_EQ(all.json.at("users").size(), 7U);
    EXPECT_EQ(get(people.auditor, "/api/v1/users?limit=2").json.at("users").size(), 2U);
    ASSERT_EQ(found.json.at("users").size(), 1U) << found.body;
    EXPECT_EQ(found.json.at("users").at(0).at("teams"), Json::parse(R"([{"team": "demo", "roles": ["requester"]}])"));
    EXPECT_EQ(get(people.admin, "/api/v1/users?limit=201").status, 422);
    EXPECT_EQ(get(people.teamlead, "/api/v1/users").status, 403);
}

TEST_F(PeopleApi, ShowsAnAccountWithItsRoles) {
    const auto answer = get(people.auditor, path_of(people.admin));

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(schemas.faults("User", answer.json), "");
    EXPECT_EQ(answer.json.at("username"), "admin");
    EXPECT_EQ(answer.json.at("roles"), Json::array({"platform_admin"}));
    EXPECT_EQ(get(people.requester, path_of(people.requester)).status, 403);
    EXPECT_EQ(get(people.admin, "/api/v1/users/usr_01JD0000000000000000000000").status, 404);
}

TEST_F(PeopleApi, MakesAnAccountWhosePasswordIsInOneAnswerOnly) {
    const auto body = Json{{"username", " newbie "}, {"displayName", "New B."}, {"email", "new@example.com"}}.dump();

    const auto answer = post(people.admin, "/api/v1/users", body, "k");
    const auto again = post(people.admin, "/api/v1/users", body, "k");

    EXPECT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(schemas.faults("NewPassword", answer.json), "");
    const auto made = get(people.admin, answer.header("Location")).json;
    EXPECT_EQ(made.at("username"), "newbie");
    EXPECT_EQ(made.at("displayName"), "New B.");
    EXPECT_EQ(made.at("email"), "new@example.com");
    EXPECT_EQ(made.at("mustChangePassword"), true);
    const std::string password = answer.json.at("password");
    EXPECT_TRUE(is_password(UserId(made.at("id").get<std::string>()), password));
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.header("Location"), answer.header("Location"));
    expect_not_in(again.body + kept(), password);
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE action = 'user.create'"), 1);
}

TEST_F(PeopleApi, NamesEveryFaultOfAnAccountInThePagesWords) {
    const auto session = given::session(db, people.admin);
    const std::string long_name(101, 'x');

    const auto page = submit(session, "/admin/users", cat("username=Bad+Name&displayName=", long_name));
    const auto answer = post(people.admin, "/api/v1/users",
                             Json{{"username", "Bad Name"}, {"displayName", long_name}, {"email", 7}, {"role", "x"}});
    const auto taken = post(people.admin, "/api/v1/users", Json{{"username", "requester"}});

    EXPECT_EQ(answer.status, 422);
    const auto errors = answer.errors();
    EXPECT_EQ(errors.size(), 4U) << answer.body;
    expect_in(page.body, errors.at("username"));
    expect_in(page.body, errors.at("displayName"));
    EXPECT_EQ(taken.errors().at("username"), "There is a requester already.");
    EXPECT_EQ(post(people.admin, "/api/v1/users").errors().count("username"), 1U);
    EXPECT_EQ(post(people.auditor, "/api/v1/users", Json{{"username", "newbie"}}).status, 403);
    EXPECT_EQ(db.count("SELECT count(*) FROM users"), 7);
}

TEST_F(PeopleApi, SetsTheRolesOnTheWholeDeskToExactlyThese) {
    const auto path = path_of(people.auditor, "roles");

    const auto more = post(people.admin, path, Json{{"roles", {"platform_admin", "auditor"}}});
    const auto none = post(people.admin, path, Json{{"roles", Json::array()}});

    EXPECT_EQ(more.status, 200) << more.body;
    EXPECT_EQ(schemas.faults("User", more.json), "");
    EXPECT_EQ(more.json.at("roles").size(), 2U);
    EXPECT_EQ(none.json.at("roles").size(), 0U);
    for (const Json& roles : {Json(nullptr), Json("auditor"), Json::array({"requester"}), Json::array({7})})
        EXPECT_EQ(post(people.admin, path, Json{{"roles", roles}}).errors().count("roles"), 1U) << roles;
    EXPECT_EQ(post(people.admin, path_of(people.admin, "roles"), Json{{"roles", Json::array()}}).status, 409)
        << "somebody must administer the desk";
    EXPECT_EQ(post(people.teamlead, path, Json{{"roles", {"platform_admin"}}}).status, 403);
}

TEST_F(PeopleApi, ResetsAPasswordAndEndsTheSessions) {
    given::session(db, people.requester);

    EXPECT_EQ(post(people.auditor, path_of(people.requester, "reset-password")).status, 403);
    const auto answer = post(people.admin, path_of(people.requester, "reset-password"));

    EXPECT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(schemas.faults("NewPassword", answer.json), "");
    EXPECT_EQ(answer.json.at("username"), "requester");
    EXPECT_TRUE(is_password(people.requester, answer.json.at("password")));
    EXPECT_EQ(sessions_of(people.requester), 0);
    EXPECT_EQ(get(people.admin, path_of(people.requester)).json.at("mustChangePassword"), true);
    expect_not_in(kept(), answer.json.at("password"));
    EXPECT_EQ(post(people.admin, "/api/v1/users/usr_01JD0000000000000000000000/reset-password").status, 404);
}

TEST_F(PeopleApi, SwitchesAnAccountOffAndOn) {
    EXPECT_EQ(get(people.requester, "/api/v1/account").status, 200);

    const auto off = post(people.admin, path_of(people.requester, "disable"));
    EXPECT_EQ(off.status, 200) << off.body;
    EXPECT_EQ(schemas.faults("User", off.json), "");
    EXPECT_TRUE(off.json.at("disabledAt").is_string());
    EXPECT_EQ(get(people.requester, "/api/v1/account").status, 401) << "its tokens are revoked";

    const auto on = post(people.admin, path_of(people.requester, "enable"));
    EXPECT_EQ(on.json.at("disabledAt"), nullptr);
    EXPECT_EQ(get(people.requester, "/api/v1/account").status, 401) << "and stay so";
    EXPECT_EQ(post(people.admin, path_of(people.admin, "disable")).status, 409) << "the last administrator";
    EXPECT_EQ(post(people.teamlead, path_of(people.approver, "disable")).status, 403);
    EXPECT_EQ(post(people.admin, path_of(people.approver, "disable"), Json{{"why", "x"}}).status, 422);
}

// --- teams

TEST_F(PeopleApi, ListsTheTeamsThatTheCallerManages) {
    const auto all = get(people.admin, "/api/v1/teams");
    const auto own = get(people.teamlead, "/api/v1/teams");

    EXPECT_EQ(schemas.faults("TeamList", all.json), "");
    EXPECT_EQ(all.json.at("teams").size(), 2U);
    ASSERT_EQ(own.json.at("teams").size(), 1U) << own.body;
    EXPECT_EQ(own.json.at("teams").at(0).at("name"), "demo");
    EXPECT_EQ(own.json.at("teams").at(0).at("members").size(), 3U);
    EXPECT_EQ(get(people.requester, "/api/v1/teams").status, 403);
}

TEST_F(PeopleApi, MakesATeam) {
    const auto answer = post(people.admin, "/api/v1/teams", Json{{"name", "payments"}, {"title", " Payments "}});

    EXPECT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(schemas.faults("Team", answer.json), "");
    EXPECT_EQ(answer.json.at("title"), "Payments");
    EXPECT_EQ(post(people.teamlead, "/api/v1/teams", Json{{"name", "x"}, {"title", "x"}}).status, 403);
}

TEST_F(PeopleApi, NamesEveryFaultOfATeamInThePagesWords) {
    const auto session = given::session(db, people.admin);

    const auto page = submit(session, "/admin/teams", "name=-Bad&title=");
    const auto answer = post(people.admin, "/api/v1/teams", Json{{"name", "-Bad"}, {"title", ""}});
    const auto taken = post(people.admin, "/api/v1/teams", Json{{"name", "demo"}, {"title", "Again"}});

    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.errors().size(), 2U) << answer.body;
    expect_in(page.body, answer.errors().at("title"));
    expect_in(page.body, "not beginning with");
    expect_in(answer.errors().at("name"), "not beginning with");
    EXPECT_EQ(taken.errors().at("name"), "There is a team demo already.");
    EXPECT_EQ(db.count("SELECT count(*) FROM teams"), 2);
}

TEST_F(PeopleApi, RenamesATeamByWhoManagesIt) {
    const std::string path = "/api/v1/teams/demo/rename";

    const auto answer = post(people.teamlead, path, Json{{"title", "The demonstrators"}});

    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(schemas.faults("Team", answer.json), "");
    EXPECT_EQ(answer.json.at("title"), "The demonstrators");
    EXPECT_EQ(post(people.teamlead, path, Json{{"title", " "}}).errors().at("title"), "Give the team a title.");
    EXPECT_EQ(post(people.stranger, path, Json{{"title", "Mine"}}).status, 404);
    EXPECT_EQ(post(people.requester, path, Json{{"title", "Mine"}}).status, 403);
}

TEST_F(PeopleApi, SetsTheRolesOfAMemberToExactlyThese) {
    const std::string path = "/api/v1/teams/demo/members";
    const auto roles_of_nobody =
        "SELECT coalesce(string_agg(role, ' ' ORDER BY role), '') FROM team_members m "
        "JOIN users u ON u.id = m.user_id WHERE u.username = 'nobody'";

    const auto added = post(people.teamlead, path, Json{{"username", " Nobody"}, {"roles", {"requester", "approver"}}});
    EXPECT_EQ(added.status, 200) << added.body;
    EXPECT_EQ(schemas.faults("Team", added.json), "");
    EXPECT_EQ(added.json.at("members").size(), 4U);
    EXPECT_EQ(db.value(roles_of_nobody), "approver requester");

    const auto removed = post(people.teamlead, path, Json{{"username", "nobody"}, {"roles", Json::array()}});
    EXPECT_EQ(removed.json.at("members").size(), 3U);
    EXPECT_EQ(db.value(roles_of_nobody), "");
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE action = 'team.member'"), 2);
}

TEST_F(PeopleApi, NamesEveryFaultOfAMember) {
    const std::string path = "/api/v1/teams/demo/members";

    const auto answer = post(people.teamlead, path, Json{{"username", "somebody"}, {"roles", {"platform_admin"}}});

    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.errors().at("username"), "There is nobody called somebody. An administrator makes accounts.");
    EXPECT_EQ(answer.errors().at("roles"), "must be a list of: requester, approver, team_admin.");
    EXPECT_EQ(post(people.teamlead, path).errors().size(), 2U);
    EXPECT_EQ(post(people.stranger, path, Json{{"username", "stranger"}, {"roles", {"requester"}}}).status, 404);
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events"), 0);
}

}  // namespace
}  // namespace desk
