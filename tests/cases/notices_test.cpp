// Notices and the calendar, as pages and API.
#include <gmock/gmock.h>

#include "cgi/views/calendar.hpp"
#include "cgi/views/notices.hpp"
#include "core/base/crypto.hpp"
#include "core/store/notices.hpp"
#include "tests/cases/api_desk.hpp"
#include "tests/cases/openapi.hpp"

namespace desk {
namespace {

using std::chrono::hours;
using ::testing::HasSubstr;
using ::testing::Not;

class PersonalPages : public ApiDesk {
  protected:
    Answer page(const UserId& user, const std::string& target) { return open(given::session(db, user), target); }
    Answer send(const UserId& user, const std::string& target, const std::string& fields) {
        return submit(given::session(db, user), target, fields);
    }
    ClusterId ending_cluster() {
        const auto id = given::cluster(db, {.name = "blue", .owner = people.requester});
        db.owner().execute("UPDATE clusters SET destroy_at = desk_now() + interval '6 hours'");
        auto tx = db.begin();
        const Time now = clusters::desk_now(tx);
        notices::of_end(tx, id, now, 6, now + hours(6));
        tx.commit();
        return id;
    }
    std::string newest() { return db.value("SELECT max(id) FROM notices"); }
    /// A call of the API by somebody who is signed in, without a token.
    Answer post_in_session(const UserId& user, const std::string& target, const Json& fields) {
        const auto session = given::session(db, user);
        const std::string body = fields.dump();
        return call("POST", target,
                    {{"HTTP_COOKIE", "desk_session=" + session.session},
                     {"HTTP_X_CSRF_TOKEN", session.csrf},
                     {"HTTP_IDEMPOTENCY_KEY", random_token()},
                     {"CONTENT_TYPE", "application/json"},
                     {"CONTENT_LENGTH", std::to_string(body.size())}},
                    body);
    }
    /// The path of a new calendar feed of the requester.
    std::string calendar_path() {
        const auto made = post(people.requester, "/api/v1/calendar");
        EXPECT_EQ(made.status, 201) << made.body;
        const std::string address = made.json.at("address");
        return address.substr(address.find("/calendar/"));
    }

    const Schemas schemas{get(people.admin, "/api/openapi.json").json};
};

TEST_F(PersonalPages, WarnWithThePriceOfMoreTimeAndAWayToIt) {
    const auto id = ending_cluster();

    const auto answer = page(people.requester, "/notices");

    EXPECT_THAT(answer.body, HasSubstr("blue ends soon"));
    EXPECT_THAT(answer.body, HasSubstr("One more day costs $36.00."));
    EXPECT_THAT(answer.body, HasSubstr(cat("href=\"/clusters/", id, "#lifetime\"")));
    EXPECT_THAT(page(people.teamlead, "/notices").body, HasSubstr("Nothing has happened yet"));
}

TEST_F(PersonalPages, SayWhenAWarningIsOver) {
    ending_cluster();
    db.owner().execute("UPDATE clusters SET status = 'DESTROYING'");

    const auto answer = page(people.requester, "/notices");

    EXPECT_THAT(answer.body, HasSubstr("It has ended meanwhile."));
    EXPECT_THAT(answer.body, Not(HasSubstr("Extend it")));
    EXPECT_THAT(answer.body, Not(HasSubstr("One more day")));
}

TEST_F(PersonalPages, OfferAnHourWhereThereIsNoRoomForADay) {
    notices::Notice notice{.hourly = Money::dollars(2), .may_grow_by = hours(5)};
    EXPECT_EQ(views::price_of_more(notice), "One more hour costs $2.00.");

    notice.may_grow_by = std::chrono::minutes(30);
    EXPECT_EQ(views::price_of_more(notice), "");
}

TEST_F(PersonalPages, AreReadByPageAndByApi) {
    ending_cluster();
    const auto list = get(people.requester, "/api/v1/notices?which=UNREAD");
    EXPECT_EQ(schemas.faults("NoticeList", list.json), "");
    ASSERT_EQ(list.json.at("notices").size(), 1U);
    EXPECT_EQ(list.json.at("notices").at(0).at("detail").at("hours"), 6);

    EXPECT_EQ(send(people.stranger, cat("/notices/", newest(), "/read"), "x=1").status, 404);
    EXPECT_EQ(send(people.requester, "/notices/read", "newest=" + newest()).status, 303);
    EXPECT_EQ(get(people.requester, "/api/v1/notices?which=UNREAD").json.at("notices").size(), 0U);
    EXPECT_THAT(page(people.requester, "/notices?show=new").body, HasSubstr("Nothing is new."));

    EXPECT_EQ(post(people.requester, "/api/v1/notices/read", Json{{"newest", newest()}}).json.at("read"), 0);
    EXPECT_EQ(post(people.requester, cat("/api/v1/notices/", newest(), "/read")).status, 200);
    EXPECT_EQ(post(people.stranger, cat("/api/v1/notices/", newest(), "/read")).status, 404);
    EXPECT_EQ(post(people.requester, "/api/v1/notices/read", Json{{"newest", "x"}}).status, 422);
    EXPECT_EQ(page(people.requester, "/notices?before=x").status, 422);
}

TEST_F(PersonalPages, PutDeadlinesIntoACalendarThatNeedsNoSignIn) {
    const auto id = ending_cluster();
    const auto path = calendar_path();

    const auto answer = call("GET", path, {});

    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.raw.content_type, HasSubstr("text/calendar"));
    EXPECT_THAT(answer.body, HasSubstr(cat("UID:", id, "-end@")));
    EXPECT_THAT(answer.body, HasSubstr("SUMMARY:blue is destroyed"));
    EXPECT_THAT(answer.body, Not(HasSubstr("demo.invalid"))) << "no address of the cluster";
    EXPECT_EQ(call("GET", path, {{"HTTP_IF_NONE_MATCH", answer.header("ETag")}}).status, 304);
    EXPECT_EQ(call("HEAD", path, {}).body, "");
    EXPECT_EQ(call("GET", "/calendar/nothing.ics", {}).status, 404);
    EXPECT_EQ(call("GET", path.substr(0, path.size() - 4), {}).status, 404);
}

TEST_F(PersonalPages, KeepOnlyTheHashOfACalendarsAddress) {
    const auto path = calendar_path();
    const std::string token = path.substr(10, 43);

    EXPECT_EQ(db.count(cat("SELECT count(*) FROM calendar_feeds WHERE token_hash = sha256('", token, "')")), 1);
    EXPECT_EQ(get(people.requester, "/api/v1/calendar").body.find(token), std::string::npos);
    EXPECT_EQ(db.count(cat("SELECT count(*) FROM audit_events e WHERE e::text LIKE '%", token, "%'")), 0);
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE action = 'calendar.renew'"), 1);
    EXPECT_EQ(db.count(cat("SELECT count(*) FROM idempotency_keys k WHERE k::text LIKE '%", token, "%'")), 0);
}

TEST_F(PersonalPages, EndACalendarWhenItIsRenewedRevokedOrItsReaderIsSwitchedOff) {
    const auto first = calendar_path();
    const auto made = send(people.requester, "/account/calendar", "x=1");
    EXPECT_THAT(made.body, HasSubstr("Shown this once"));
    EXPECT_EQ(call("GET", first, {}).status, 404);

    const auto third = calendar_path();
    EXPECT_EQ(schemas.faults("CalendarFeed", get(people.requester, "/api/v1/calendar").json), "");
    EXPECT_EQ(send(people.requester, "/account/calendar/revoke", "x=1").status, 303);
    EXPECT_EQ(call("GET", third, {}).status, 404);
    EXPECT_EQ(post(people.requester, "/api/v1/calendar/revoke").status, 404);

    const auto fourth = calendar_path();
    db.owner().execute("UPDATE users SET disabled_at = now() WHERE username = 'requester'");
    EXPECT_EQ(call("GET", fourth, {}).status, 404);
}

TEST_F(PersonalPages, SlowAGreedyCalendarDown) {
    const auto path = calendar_path();
    Answer answer;
    // a new minute may begin between the calls, but not two
    for (int calls = 0; calls < 2 * calendar::kReadsPerMinute + 2 && answer.status != 429; ++calls)
        answer = call("GET", path, {});

    EXPECT_EQ(answer.status, 429);
    EXPECT_NE(answer.header("Retry-After"), "");
}

TEST_F(PersonalPages, PutRequestsThatLapseIntoTheCalendar) {
    const auto wanted =
        given::cluster(db, {.name = "wish", .owner = people.requester, .status = ClusterStatus::REQUESTED});
    given::request(db, {.cluster = wanted, .requester = people.requester});
    EXPECT_THAT(call("GET", calendar_path(), {}).body, HasSubstr("SUMMARY:Your request for wish lapses"));

    const auto made = post(people.approver, "/api/v1/calendar");
    const std::string address = made.json.at("address");
    EXPECT_THAT(call("GET", address.substr(address.find("/calendar/")), {}).body,
                HasSubstr("SUMMARY:The request of requester for wish lapses"));
}

TEST_F(PersonalPages, SayByApiHowTheyLookAndToWhom) {
    const auto set = post(people.requester, "/api/v1/account",
                          Json{{"displayName", "Rita Request"}, {"timeZone", "Europe/Berlin"}, {"theme", "DARK"}});

    EXPECT_EQ(set.status, 200) << set.body;
    const auto account = get(people.requester, "/api/v1/account");
    EXPECT_EQ(schemas.faults("Account", account.json), "");
    EXPECT_EQ(account.json, set.json);
    EXPECT_EQ(account.json.at("theme"), "DARK");
    const auto shown = page(people.requester, "/account").body;
    EXPECT_THAT(shown, HasSubstr("pf-v6-theme-dark"));
    EXPECT_THAT(shown, HasSubstr("Times in Europe/Berlin"));
    EXPECT_EQ(post(people.requester, "/api/v1/account", Json{{"timeZone", "Nowhere"}}).errors().size(), 3U);
}

TEST_F(PersonalPages, ManageTokensByApi) {
    const auto made =
        post_in_session(people.requester, "/api/v1/tokens", Json{{"name", "ci"}, {"scope", "READ"}, {"days", 30}});
    EXPECT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(schemas.faults("NewToken", made.json), "");
    const std::string token = made.json.at("token");
    const std::string id = made.json.at("id");
    EXPECT_EQ(call("GET", "/api/v1/clusters", {{"HTTP_AUTHORIZATION", "Bearer " + token}}).status, 200);

    const auto list = get(people.requester, "/api/v1/tokens");
    EXPECT_EQ(schemas.faults("TokenList", list.json), "");
    EXPECT_THAT(list.body, HasSubstr("\"ci\""));
    EXPECT_THAT(list.body, Not(HasSubstr(token)));

    EXPECT_EQ(post(people.stranger, cat("/api/v1/tokens/", id, "/revoke")).status, 404);
    EXPECT_EQ(post(people.requester, cat("/api/v1/tokens/", id, "/revoke")).status, 200);
    EXPECT_EQ(call("GET", "/api/v1/clusters", {{"HTTP_AUTHORIZATION", "Bearer " + token}}).status, 401);
    EXPECT_EQ(post_in_session(people.requester, "/api/v1/tokens", Json{{"scope", "ALL"}, {"days", 0}}).errors().size(),
              3U);
}

TEST_F(PersonalPages, MakeNoTokenByAToken) {
    const auto made = post(people.requester, "/api/v1/tokens", Json{{"name", "ci"}, {"scope", "READ"}, {"days", 30}});

    EXPECT_EQ(made.status, 403) << made.body;
    EXPECT_EQ(db.value("SELECT count(*) FROM api_tokens WHERE name = 'ci'"), "0");
}

TEST(CalendarEvents, GrowInSequenceWhenTheEndMoves) {
    const Time ready = *parse_time("2026-11-01T00:00:00Z");
    const calendar::Deadline deadline{.cluster = ClusterId("clu_01JD0000000000000000000000"),
                                      .name = "blue",
                                      .began_at = ready,
                                      .destroy_at = ready + hours(30),
                                      .changed_at = ready,
                                      .moved = 2,
                                      .warn_hours = 6};

    const auto events = views::calendar_events({deadline}, {}, {}, "https://desk.example.com:8443");

    ASSERT_EQ(events.size(), 4U) << "24 h, 6 h and 1 h before, and the end";
    EXPECT_EQ(events[0].uid, "clu_01JD0000000000000000000000-warning-24@desk.example.com");
    EXPECT_EQ(events[0].at, ready + hours(6));
    EXPECT_EQ(events[3].uid, "clu_01JD0000000000000000000000-end@desk.example.com");
    EXPECT_EQ(events[3].sequence, 2);
    EXPECT_EQ(events[3].url, "https://desk.example.com:8443/clusters/clu_01JD0000000000000000000000");
}

}  // namespace
}  // namespace desk
