// A key never causes two effects: not by repetition, not at the same time, not over a crash.
#include <barrier>
#include <future>
#include <thread>

#include "cgi/idempotent.hpp"
#include "cgi/router.hpp"
#include "tests/cases/api_desk.hpp"

namespace desk {
namespace {

class Idempotency : public ApiDesk {
  protected:
    int clusters_there() { return db.count("SELECT count(*) FROM clusters"); }
    const UserId me = people.requester;
    const std::string clusters = "/api/v1/clusters";
};

TEST_F(Idempotency, ARepeatedCallGetsTheFirstAnswerAndHasNoEffect) {
    const auto first = post(me, clusters, order("blue").dump(), "k");

    const auto second = post(me, clusters, order("blue").dump(), "k");

    EXPECT_EQ(first.status, 202);
    EXPECT_EQ(second.status, 202);
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(second.header("Location"), first.header("Location"));
    EXPECT_EQ(second.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(first.header("Idempotency-Replayed"), "");
    EXPECT_EQ(clusters_there(), 1);
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events"), 1);
}

TEST_F(Idempotency, CallsAtTheSameTimeHaveOneEffectAndOneAnswer) {
    constexpr int kCalls = 4;
    by(me);  // the token, before the threads share the map
    std::barrier start(kCalls);
    std::vector<std::future<Answer>> calls;
    for (int i = 0; i < kCalls; ++i)
        calls.push_back(std::async(std::launch::async, [&] {
            start.arrive_and_wait();
            return post(me, clusters, order("blue").dump(), "k");
        }));

    std::set<std::string> answers;
    for (auto& each : calls) {
        const auto answer = each.get();
        EXPECT_EQ(answer.status, 202) << answer.body;
        answers.insert(answer.body);
    }

    EXPECT_EQ(answers.size(), 1U);
    EXPECT_EQ(clusters_there(), 1);
    EXPECT_EQ(db.count("SELECT count(*) FROM jobs"), 1);
}

TEST_F(Idempotency, ACallDuringALongFirstOneIsSentAwayAndLaterGetsItsAnswer) {
    std::promise<void> inside, go_on;
    const Route route{Method::post, "/api/v1/slow", {Permission::signed_in, Scope::own}, nullptr};
    const auto slow = [&] {
        Request request(
            {.params = {{"REQUEST_METHOD", "POST"}, {"REQUEST_URI", "/api/v1/slow"}, {"HTTP_IDEMPOTENCY_KEY", "k"}}});
        request.set_route(route, {});
        request.set_identity({.principal = given::principal(db, me)}, Time{}, {}, 0);
        return request;
    };
    auto first = std::async(std::launch::async, [&, request = slow()] {
        return idempotent(request, app, [&](pg::Transaction&) {
            inside.set_value();
            go_on.get_future().wait();
            return json({{"done", true}});
        });
    });
    inside.get_future().wait();

    const auto request = slow();
    const auto effect = [](pg::Transaction&) -> Response { throw std::logic_error("a second effect"); };
    try {
        idempotent(request, app, effect);
        ADD_FAILURE() << "the second call was answered while the first ran";
    } catch (const RetryLater& later) {
        EXPECT_EQ(later.code(), Code::conflict);
        EXPECT_GE(later.after(), 1s);
    }
    go_on.set_value();
    EXPECT_EQ(first.get().status, 200);

    EXPECT_EQ(Json::parse(idempotent(request, app, effect).body), Json({{"done", true}}));
}

TEST_F(Idempotency, TheSameKeyWithAnotherRequestIsRefused) {
    ASSERT_EQ(post(me, clusters, order("blue").dump(), "k").status, 202);

    const auto other_body = post(me, clusters, order("green").dump(), "k");
    const auto other_route = post(me, clusters + "/" + db.value("SELECT id FROM clusters") + "/destroy", "", "k");

    EXPECT_EQ(other_body.status, 422) << other_body.body;
    EXPECT_EQ(other_route.status, 422) << other_route.body;
    EXPECT_EQ(clusters_there(), 1);
    EXPECT_EQ(db.value("SELECT status FROM clusters"), "PENDING");
}

TEST_F(Idempotency, EveryPostNeedsAKeyOf1To255Characters) {
    for (const std::string& target :
         {clusters, clusters + "/clu_01JD0000000000000000000000/destroy",
          clusters + "/clu_01JD0000000000000000000000/extend", clusters + "/clu_01JD0000000000000000000000/cancel",
          std::string("/api/v1/requests/req_01JD0000000000000000000000/decision"),
          std::string("/api/v1/requests/req_01JD0000000000000000000000/withdraw")}) {
        auto headers = by(people.teamlead);
        headers["CONTENT_TYPE"] = "application/json";
        EXPECT_EQ(call("POST", target, headers, order("blue").dump()).status, 400) << target;
        headers["HTTP_IDEMPOTENCY_KEY"] = std::string(256, 'k');
        EXPECT_EQ(call("POST", target, headers, order("blue").dump()).status, 400) << target;
    }
    EXPECT_EQ(clusters_there(), 0);
    EXPECT_EQ(post(me, clusters, order("blue").dump(), std::string(255, 'k')).status, 202);
}

TEST_F(Idempotency, AKeyBelongsToItsPrincipal) {
    ASSERT_EQ(post(me, clusters, order("blue").dump(), "k").status, 202);

    EXPECT_EQ(post(people.teamlead, clusters, order("green").dump(), "k").status, 202);

    EXPECT_EQ(clusters_there(), 2);
}

TEST_F(Idempotency, ARefusedCallLeavesItsKeyFree) {
    auto wrong = order("Blue");
    ASSERT_EQ(post(me, clusters, wrong.dump(), "k").status, 422);
    EXPECT_EQ(db.count("SELECT count(*) FROM idempotency_keys"), 0);

    EXPECT_EQ(post(me, clusters, order("blue").dump(), "k").status, 202);
}

TEST_F(Idempotency, ACallKilledBeforeItsCommitHappensWhenItIsRepeated) {
    // The server ends the connection while the call is inside its transaction, as a crash of the program would.
    db.owner().execute(
        "CREATE FUNCTION die_once() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN "
        "PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$; "
        "CREATE TRIGGER die_once BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION die_once()");
    const auto killed = post(me, clusters, order("blue").dump(), "k");
    EXPECT_GE(killed.status, 500) << killed.body;
    EXPECT_EQ(clusters_there(), 0);
    EXPECT_EQ(db.count("SELECT count(*) FROM idempotency_keys"), 0);
    db.owner().execute("DROP TRIGGER die_once ON audit_events");

    const auto repeated = post(me, clusters, order("blue").dump(), "k");

    EXPECT_EQ(repeated.status, 202) << repeated.body;
    EXPECT_EQ(repeated.header("Idempotency-Replayed"), "");
    EXPECT_EQ(clusters_there(), 1);
}

TEST_F(Idempotency, KeysAreForgottenAfterADay) {
    ASSERT_EQ(post(me, clusters, order("blue").dump(), "k").status, 202);
    db.owner().execute("UPDATE idempotency_keys SET created_at = clock_timestamp() - interval '25 hours'");

    EXPECT_EQ(post(me, clusters, order("green").dump(), "k").status, 202);

    EXPECT_EQ(clusters_there(), 2);
}

TEST_F(Idempotency, DestroyingTwiceWithOneKeyIsOneDestroy) {
    const auto id = given::cluster(db, {.owner = me});
    const std::string target = clusters + "/" + id.str() + "/destroy";

    const auto first = post(me, target, "", "k"), second = post(me, target, "", "k");

    EXPECT_EQ(first.body, second.body);
    EXPECT_EQ(db.count("SELECT count(*) FROM jobs"), 1);
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE action = 'cluster.destroy'"), 1);
}

}  // namespace
}  // namespace desk
