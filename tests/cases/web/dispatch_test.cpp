// What dispatch promises for every route, on a table of its own.
#include "cgi/dispatch.hpp"

#include "cgi/csrf.hpp"
#include "core/store/brakes.hpp"
#include "tests/cases/api_desk.hpp"

namespace desk {
namespace {

constexpr const char* kInside = "the inside of the desk";  // must not get out

Response says_hello(const Request& request, App&) {
    return html("hello " + (request.identity() == nullptr ? "anyone" : request.principal().username));
}
Response fails(const Request&, App&) { throw std::runtime_error(kInside); }
Response fails_with_words(const Request&, App&) {
    throw Error(Code::internal, "Something went wrong inside the desk.", kInside);
}
Response reads_form(const Request& request, App&) { return plain(std::string(request.form()["word"])); }
Response reads_json(const Request& request, App&) { return json(request.json()); }

const Route kTable[] = {
    {Method::get, "/open", {Permission::everyone, Scope::own}, says_hello},
    {Method::post, "/open", {Permission::everyone, Scope::own}, says_hello, Flags::unbraked},
    {Method::get, "/mine", {Permission::signed_in, Scope::own}, says_hello},
    {Method::get, "/account", {Permission::signed_in, Scope::own}, says_hello, Flags::unchanged},
    {Method::post, "/mine", {Permission::signed_in, Scope::own}, reads_form},
    {Method::get, "/admin", {Permission::admin_read, Scope::any}, says_hello},
    {Method::get, "/things/new", {Permission::signed_in, Scope::own}, fails},
    {Method::get,
     "/things/{thing}",
     {Permission::signed_in, Scope::own},
     [](const Request& r, App&) { return plain("thing " + r.path_text("thing")); }},
    {Method::get,
     "/clusters/{cluster}",
     {Permission::signed_in, Scope::own},
     [](const Request& r, App&) { return plain(r.path_id<ClusterId>("cluster").str()); }},
    {Method::get, "/fails", {Permission::everyone, Scope::own}, fails},
    {Method::get, "/fails-with-words", {Permission::everyone, Scope::own}, fails_with_words},
    {Method::post, "/orders", {Permission::request_create, Scope::team}, says_hello, Flags::creates},
    {Method::post, "/ends", {Permission::cluster_destroy, Scope::team}, says_hello, Flags::destroys},
    {Method::post, "/brakes", {Permission::signed_in, Scope::own}, says_hello, Flags::unbraked},
    {Method::get, "/api/v1/mine", {Permission::signed_in, Scope::own}, says_hello},
    {Method::get, "/api/v1/fails", {Permission::signed_in, Scope::own}, fails},
    {Method::get, "/api/v1/link", {Permission::outputs_read, Scope::team}, says_hello, Flags::writes},
    {Method::post, "/api/v1/mine", {Permission::signed_in, Scope::own}, reads_json},
};

class Dispatch : public ApiDesk {
  protected:
    Answer send(const std::string& method, const std::string& target, Headers headers = {}, std::string body = {},
                Incoming::Body state = Incoming::Body::whole) {
        headers["REQUEST_METHOD"] = method;
        headers["REQUEST_URI"] = target;
        headers.emplace("REMOTE_ADDR", "192.0.2.7");
        Incoming incoming{.params = {headers.begin(), headers.end()}, .body = std::move(body), .state = state};
        Answer answer{.raw = dispatch(app, std::move(incoming), kTable)};
        answer.status = answer.raw.status;
        answer.body = answer.raw.body;
        if (Json::accept(answer.body)) answer.json = Json::parse(answer.body);
        return answer;
    }
    given::SignedIn& session_of(const UserId& user) {
        auto& session = sessions[user];
        if (session.session.empty()) session = given::session(db, user);
        return session;
    }
    Headers as(const UserId& user) { return {{"HTTP_COOKIE", "desk_session=" + session_of(user).session}}; }
    Headers form_as(const UserId& user) {
        auto headers = as(user);
        headers["CONTENT_TYPE"] = "application/x-www-form-urlencoded";
        return headers;
    }
    Answer post_form(const UserId& user, const std::string& target, const std::string& fields = "word=x") {
        return send("POST", target, form_as(user), fields + "&csrf=" + session_of(user).csrf);
    }
    int denials() { return db.count("SELECT coalesce(sum(count), 0) FROM access_denials"); }

    std::map<UserId, given::SignedIn> sessions;
};

// --- who asks
// ---------------------------------------------------------------------------------------------------------

TEST_F(Dispatch, SendsWhoIsNotSignedInToTheFormAndBack) {
    const auto page = send("GET", "/things/a?b=c&d=e");
    EXPECT_EQ(page.status, 303);
    EXPECT_EQ(page.header("Location"), "/sign-in?next=%2Fthings%2Fa%3Fb%3Dc%26d%3De");

    EXPECT_EQ(send("POST", "/mine").status, 401) << "a redirect would lose what was typed";
    const auto api = send("GET", "/api/v1/mine");
    EXPECT_EQ(api.status, 401);
    EXPECT_EQ(api.json.at("code"), "UNAUTHORIZED");
    EXPECT_EQ(api.header("WWW-Authenticate"), "Bearer");
}

TEST_F(Dispatch, KnowsASessionAndAToken) {
    EXPECT_EQ(send("GET", "/mine", as(people.requester)).body, "hello requester");
    EXPECT_EQ(send("GET", "/api/v1/mine", by(people.approver)).body, "hello approver");
    EXPECT_EQ(send("GET", "/api/v1/mine", as(people.requester)).body, "hello requester") << "a session works too";
}

TEST_F(Dispatch, TakesNoTokenOnPagesAndNoOtherScheme) {
    EXPECT_EQ(send("GET", "/mine", by(people.requester)).status, 401);
    EXPECT_EQ(send("GET", "/api/v1/mine", {{"HTTP_AUTHORIZATION", "Basic YTpi"}}).status, 401);
    EXPECT_EQ(send("GET", "/api/v1/mine", {{"HTTP_AUTHORIZATION", "Bearer nonsense"}}).status, 401);
    auto both = as(people.requester);
    both["HTTP_AUTHORIZATION"] = "Bearer nonsense";
    EXPECT_EQ(send("GET", "/api/v1/mine", both).status, 401) << "a wrong token is not made good by a cookie";
}

TEST_F(Dispatch, RefusesWithoutThePermissionAndCountsIt) {
    const auto answer = send("GET", "/admin", as(people.requester));

    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(answer.body.find("hello"), std::string::npos);
    EXPECT_EQ(denials(), 1);
    EXPECT_EQ(db.value("SELECT route FROM access_denials"), "GET /admin");
    EXPECT_EQ(send("GET", "/admin", as(people.auditor)).status, 200);
    EXPECT_EQ(denials(), 1);
}

TEST_F(Dispatch, LetsNobodyInBeforeThePasswordIsChanged) {
    const auto newcomer =
        given::person(db, {.username = "newcomer", .team_roles = {Role::requester}, .must_change_password = true});

    EXPECT_EQ(send("GET", "/mine", as(newcomer)).header("Location"), "/account");
    EXPECT_EQ(post_form(newcomer, "/mine").header("Location"), "/account");
    EXPECT_EQ(send("GET", "/account", as(newcomer)).status, 200);
    EXPECT_EQ(send("GET", "/api/v1/mine", by(newcomer)).status, 403);
}

TEST_F(Dispatch, KeepsASessionThatIsUsedAlive) {
    const auto headers = as(people.requester);
    db.owner().execute(
        "UPDATE sessions SET last_used_at = clock_timestamp() - interval '2 minutes', "
        "expires_at = clock_timestamp() + interval '1 minute'");

    send("GET", "/mine", headers);

    EXPECT_EQ(db.count("SELECT count(*) FROM sessions WHERE expires_at > clock_timestamp() + interval '11 hours'"), 1);
}

TEST_F(Dispatch, AnswersForEveryoneWithoutADatabase) {
    pg::Database gone({.url = "host=/nonexistent"});
    App lost{config, gone, templates, catalog, keys, store};

    const auto answer = dispatch(
        lost,
        {.params = {{"REQUEST_METHOD", "GET"}, {"REQUEST_URI", "/open"}, {"HTTP_COOKIE", "desk_session=whatever"}}},
        kTable);
    const auto page = dispatch(
        lost,
        {.params = {{"REQUEST_METHOD", "GET"}, {"REQUEST_URI", "/mine"}, {"HTTP_COOKIE", "desk_session=whatever"}}},
        kTable);

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(page.status, 503);
}

// --- forged requests
// --------------------------------------------------------------------------------------------------

TEST_F(Dispatch, TakesAFormWithTheTokenOfItsSession) {
    const auto answer = post_form(people.requester, "/mine", "word=a+b%21");

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "a b!");
}

TEST_F(Dispatch, RefusesAFormWithoutTheTokenOfItsSession) {
    const auto& other = session_of(people.approver);

    EXPECT_EQ(send("POST", "/mine", form_as(people.requester), "word=x").status, 403);
    EXPECT_EQ(send("POST", "/mine", form_as(people.requester), "word=x&csrf=").status, 403);
    EXPECT_EQ(send("POST", "/mine", form_as(people.requester), "word=x&csrf=" + other.csrf).status, 403);
    EXPECT_EQ(denials(), 3);
}

TEST_F(Dispatch, RefusesAFormThatTheBrowserSaysComesFromElsewhere) {
    const auto from = [&](const char* header, const char* value) {
        auto headers = form_as(people.requester);
        headers["HTTP_HOST"] = "127.0.0.1:8080";
        headers[header] = value;
        return send("POST", "/mine", headers, "word=x&csrf=" + session_of(people.requester).csrf).status;
    };

    EXPECT_EQ(from("HTTP_SEC_FETCH_SITE", "same-origin"), 200);
    EXPECT_EQ(from("HTTP_SEC_FETCH_SITE", "same-site"), 403);
    EXPECT_EQ(from("HTTP_SEC_FETCH_SITE", "cross-site"), 403);
    EXPECT_EQ(from("HTTP_ORIGIN", "http://127.0.0.1:8080"), 200);
    EXPECT_EQ(from("HTTP_ORIGIN", "http://127.0.0.1:9090"), 403);
    EXPECT_EQ(from("HTTP_ORIGIN", "https://evil.example"), 403);
    EXPECT_EQ(from("HTTP_ORIGIN", "null"), 403);
}

TEST_F(Dispatch, TakesAFormFromAnotherNameOfThisHost) {
    auto headers = form_as(people.requester);
    headers["HTTP_HOST"] = "localhost:8080";
    headers["HTTP_ORIGIN"] = "http://localhost:8080";

    EXPECT_EQ(send("POST", "/mine", headers, "word=x&csrf=" + session_of(people.requester).csrf).status, 200);
}

TEST_F(Dispatch, WantsTheHeaderFromApiCallsOfASession) {
    auto headers = as(people.requester);
    headers["CONTENT_TYPE"] = "application/json";
    headers["HTTP_IDEMPOTENCY_KEY"] = "k";
    EXPECT_EQ(send("POST", "/api/v1/mine", headers, R"({"csrf":")" + session_of(people.requester).csrf + "\"}").status,
              403);

    headers["HTTP_X_CSRF_TOKEN"] = session_of(people.requester).csrf;
    EXPECT_EQ(send("POST", "/api/v1/mine", headers, "{}").status, 200);
}

TEST_F(Dispatch, TakesTheMaskedTokenOfAPage) {
    const auto token = session_of(people.requester).csrf;
    const auto post = [&](const std::string& csrf) {
        return send("POST", "/mine", form_as(people.requester), "word=x&csrf=" + csrf).status;
    };

    EXPECT_EQ(post(masked(token)), 200);
    EXPECT_EQ(post(masked("x" + token.substr(1))), 403);
    EXPECT_EQ(post(masked(token).substr(4)), 403);
    EXPECT_EQ(post("AAAA"), 403);
    EXPECT_NE(masked(token), masked(token)) << "or the length of a compressed page would tell it";
    EXPECT_EQ(masked(""), "");
}

TEST_F(Dispatch, WantsTheSignedTokenOfTheFormThatHasNoSession) {
    const auto token = form_token(app, Request({}));
    const std::string cookie = token.cookie.substr(0, token.cookie.find(';'));
    const auto post = [&](const std::string& cookies, const std::string& field) {
        return send("POST", "/open", {{"HTTP_COOKIE", cookies}, {"CONTENT_TYPE", "application/x-www-form-urlencoded"}},
                    "csrf=" + field)
            .status;
    };

    EXPECT_EQ(post(cookie, token.value), 200);
    EXPECT_EQ(post(cookie, ""), 403);
    EXPECT_EQ(post("", token.value), 403);
    EXPECT_EQ(post("", ""), 403);
    EXPECT_EQ(post("desk_form=mine.c2lnbmF0dXJl", "mine.c2lnbmF0dXJl"), 403) << "not signed by us";
    const auto other = form_token(app, Request({}));
    EXPECT_EQ(post(cookie, other.value), 403);
}

// --- tokens, brakes, limits
// -------------------------------------------------------------------------------------------

TEST_F(Dispatch, LetsATokenOfScopeReadOnlyRead) {
    const Headers reader = {{"HTTP_AUTHORIZATION", "Bearer " + given::token(db, people.requester, false)},
                            {"HTTP_IDEMPOTENCY_KEY", "k"},
                            {"CONTENT_TYPE", "application/json"}};

    EXPECT_EQ(send("GET", "/api/v1/mine", reader).status, 200);
    EXPECT_EQ(send("POST", "/api/v1/mine", reader, "{}").status, 403);
    EXPECT_EQ(send("GET", "/api/v1/link", reader).status, 403) << "a GET that makes a link";
}

TEST_F(Dispatch, HoldsBackWhatABrakeHoldsBack) {
    const auto pull = [&](Brake brake) {
        auto tx = db.begin();
        for (const auto each : {Brake::NO_CREATES, Brake::NO_DESTROYS, Brake::READ_ONLY})
            brakes::release(tx, each, given::actor(db, people.admin));
        brakes::pull(tx, brake, "for a test", people.admin, given::actor(db, people.admin));
        tx.commit();
    };

    pull(Brake::NO_CREATES);
    EXPECT_EQ(post_form(people.requester, "/orders").status, 409);
    EXPECT_EQ(post_form(people.requester, "/ends").status, 200);
    EXPECT_NE(post_form(people.requester, "/orders").body.find("for a test"), std::string::npos);

    pull(Brake::NO_DESTROYS);
    EXPECT_EQ(post_form(people.requester, "/orders").status, 200);
    EXPECT_EQ(post_form(people.requester, "/ends").status, 409);

    pull(Brake::READ_ONLY);
    EXPECT_EQ(post_form(people.requester, "/mine").status, 503);
    EXPECT_EQ(post_form(people.requester, "/mine").header("Retry-After"), "60");
    EXPECT_EQ(post_form(people.requester, "/brakes").status, 200);
    EXPECT_EQ(send("GET", "/mine", as(people.requester)).status, 200);
    EXPECT_EQ(send("GET", "/api/v1/link", by(people.requester)).status, 503);
}

TEST_F(Dispatch, SendsAwayWhoCallsTooOften) {
    send("GET", "/api/v1/mine", by(people.requester));
    Answer answer;
    do {  // again when a minute ended in between
        db.owner().execute("UPDATE api_calls SET count = 1000000, minute = date_trunc('minute', clock_timestamp())");
        answer = send("GET", "/api/v1/mine", by(people.requester));
    } while (db.count("SELECT count FROM api_calls") == 1);

    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.json.at("code"), "TOO_MANY_REQUESTS");
    EXPECT_GE(std::stoi(answer.header("Retry-After")), 1);
    EXPECT_EQ(send("GET", "/mine", as(people.requester)).status, 200) << "pages are not counted";
}

TEST_F(Dispatch, WantsAKeyFromEveryApiPost) {
    auto headers = by(people.requester);
    headers["CONTENT_TYPE"] = "application/json";

    EXPECT_EQ(send("POST", "/api/v1/mine", headers, "{}").status, 400);
    headers["HTTP_IDEMPOTENCY_KEY"] = "k";
    EXPECT_EQ(send("POST", "/api/v1/mine", headers, "{}").status, 200);
}

// --- what was asked for
// -----------------------------------------------------------------------------------------------

TEST_F(Dispatch, FindsTheStaticPartBeforeTheName) {
    EXPECT_EQ(send("GET", "/things/old", as(people.requester)).body, "thing old");
    EXPECT_EQ(send("GET", "/things/a%20b%2Fc", as(people.requester)).body, "thing a b/c");
    EXPECT_EQ(send("GET", "/things/new", as(people.requester)).status, 500);
}

TEST_F(Dispatch, KnowsNoOtherPath) {
    for (const char* path : {"/no-such", "/things/", "/things/a/", "/things//a", "//mine", "/mine/", "/../mine", "mine",
                             "", "*", "/things/%zz", "/things/%ff", "/things/a%00b", "/clusters/clu_short",
                             "/clusters/job_01JD0000000000000000000000"})
        EXPECT_EQ(send("GET", path, as(people.requester)).status, 404) << path;
    EXPECT_EQ(send("GET", "/things/" + std::string(256, 'a'), as(people.requester)).status, 404);
}

TEST_F(Dispatch, NamesTheMethodsOfAPath) {
    EXPECT_EQ(send("PUT", "/mine", as(people.requester)).status, 405);
    EXPECT_EQ(send("PUT", "/mine").header("Allow"), "GET, HEAD, POST");
    EXPECT_EQ(send("POST", "/admin").header("Allow"), "GET, HEAD");
    EXPECT_EQ(send("GET", "/orders").header("Allow"), "POST");
    EXPECT_EQ(send("DELETE", "/api/v1/mine").json.at("code"), "METHOD_NOT_ALLOWED");
}

TEST_F(Dispatch, AnswersHeadLikeGetWithoutTheBody) {
    const auto get = send("GET", "/mine", as(people.requester));
    const auto head = send("HEAD", "/mine", as(people.requester));

    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.body, "");
    EXPECT_EQ(head.header("Content-Length"), std::to_string(get.body.size()));
    EXPECT_EQ(send("HEAD", "/orders").status, 405);
    EXPECT_EQ(send("HEAD", "/api/v1/link", by(people.requester)).status, 405) << "a HEAD makes no link";
}

TEST_F(Dispatch, RefusesBodiesItCantRead) {
    using Body = Incoming::Body;
    auto headers = form_as(people.requester);
    const std::string csrf = "&csrf=" + session_of(people.requester).csrf;

    EXPECT_EQ(send("POST", "/mine", headers, "", Body::too_large).status, 413);
    EXPECT_EQ(send("POST", "/mine", headers, "word", Body::cut_short).status, 400);
    EXPECT_EQ(send("POST", "/mine", headers, "word=%zz" + csrf).status, 400);
    EXPECT_EQ(send("POST", "/mine", headers, "word=%ff" + csrf).status, 400);
    headers["CONTENT_TYPE"] = "multipart/form-data; boundary=x";
    EXPECT_EQ(send("POST", "/mine", headers, "word=x" + csrf).status, 415);

    auto api = by(people.requester);
    api["HTTP_IDEMPOTENCY_KEY"] = "k";
    EXPECT_EQ(send("POST", "/api/v1/mine", api, "{}").status, 415);
    api["CONTENT_TYPE"] = "application/json; charset=utf-8";
    EXPECT_EQ(send("POST", "/api/v1/mine", api, "{}").status, 200);
    for (const char* body : {"", "{", "[]", "1", R"({"a":1,"a":2})", "{} {}"})
        EXPECT_EQ(send("POST", "/api/v1/mine", api, body).status, 400) << body;
}

// --- what goes out
// ----------------------------------------------------------------------------------------------------

TEST_F(Dispatch, KeepsTheInsideInside) {
    for (const char* path : {"/fails", "/fails-with-words"}) {
        const auto answer = send("GET", path, {{"REQUEST_ID", "0123456789abcdef0123456789abcdef"}});
        EXPECT_EQ(answer.status, 500);
        EXPECT_EQ(answer.body.find(kInside), std::string::npos);
        EXPECT_NE(answer.body.find("0123456789abcdef0123456789abcdef"), std::string::npos) << "the request id helps";
    }
    const auto api = send("GET", "/api/v1/fails", by(people.requester));
    EXPECT_EQ(api.json.at("code"), "INTERNAL");
    EXPECT_EQ(api.json.at("requestId"), api.header("X-Request-Id"));
    EXPECT_EQ(api.body.find(kInside), std::string::npos);
}

TEST_F(Dispatch, HardensEveryAnswer) {
    for (const auto& answer :
         {send("GET", "/open"), send("GET", "/mine"), send("GET", "/mine", as(people.requester)), send("GET", "/fails"),
          send("GET", "/no-such"), send("PUT", "/mine"), send("GET", "/api/v1/mine"),
          send("GET", "/api/v1/mine", by(people.requester)), send("HEAD", "/open")}) {
        EXPECT_EQ(answer.header("Content-Security-Policy"),
                  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
                  "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(answer.header("Referrer-Policy"), "same-origin");
        EXPECT_EQ(answer.header("Cross-Origin-Opener-Policy"), "same-origin");
        EXPECT_EQ(answer.header("Cache-Control"), "no-store");
        EXPECT_EQ(answer.header("X-Request-Id").size(), 32U);
        EXPECT_NE(answer.header("Permissions-Policy"), "");
        EXPECT_EQ(answer.header("Strict-Transport-Security"), "") << "not by http";
    }
}

TEST_F(Dispatch, HardensMoreByHttps) {
    config.web.public_url = "https://desk.example.com";
    const auto& session = session_of(people.requester);

    EXPECT_NE(send("GET", "/open").header("Strict-Transport-Security"), "");
    EXPECT_EQ(send("GET", "/mine", {{"HTTP_COOKIE", "desk_session=" + session.session}}).status, 303)
        << "a cookie that a neighbour could have set";
    EXPECT_EQ(send("GET", "/mine", {{"HTTP_COOKIE", "__Host-desk_session=" + session.session}}).status, 200);
    const auto cookie = form_token(app, Request({})).cookie;
    EXPECT_TRUE(cookie.starts_with("__Host-desk_form="));
    EXPECT_NE(cookie.find("; Secure"), std::string::npos);
}

TEST_F(Dispatch, LogsALineForEachRequestWithoutItsSecrets) {
    auto headers = as(people.requester);
    headers["REQUEST_ID"] = "0123456789abcdef0123456789abcdef";
    testing::internal::CaptureStderr();

    send("GET", "/things/secret-in-the-path?token=secret-in-the-query", headers);

    const std::string text = testing::internal::GetCapturedStderr();
    ASSERT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
    const Json line = Json::parse(text);
    EXPECT_EQ(line.at("event"), "request");
    EXPECT_EQ(line.at("request"), "0123456789abcdef0123456789abcdef");
    EXPECT_EQ(line.at("route"), "GET /things/{thing}");
    EXPECT_EQ(line.at("status"), 200);
    EXPECT_EQ(line.at("principal"), "requester");
    EXPECT_EQ(text.find("secret-in"), std::string::npos);
    EXPECT_EQ(text.find(session_of(people.requester).session), std::string::npos);
}

TEST_F(Dispatch, MakesARequestIdWhenTheGivenOneCouldNotBeOne) {
    for (const char* id : {"", "short", "with space in it", "0123456789\"quoted\"", "0123456789\r\nX: y"})
        EXPECT_EQ(send("GET", "/open", {{"REQUEST_ID", id}}).header("X-Request-Id").size(), 32U) << id;
}

}  // namespace
}  // namespace desk
