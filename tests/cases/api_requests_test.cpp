// /api/v1/requests and /api/v1/profiles: who sees what, who decides.
#include "core/store/request_comments.hpp"
#include "tests/cases/api_desk.hpp"
#include "tests/cases/openapi.hpp"

namespace desk {
namespace {

class RequestApi : public ApiDesk {
  protected:
    RequestApi() {
        auto wanted = order("blue");
        wanted["ttlHours"] = 48;
        wanted["reason"] = "a load test";
        const auto ordered = post(people.requester, "/api/v1/clusters", wanted);
        EXPECT_EQ(ordered.status, 202) << ordered.body;
        request = ordered.json.at("requestId");
        target = "/api/v1/requests/" + request;
    }
    const Schemas schemas{call("GET", "/api/openapi.json", {}).json};
    std::string request, target;
};

TEST_F(RequestApi, ARequestComesWithItsOrderAndItsDigest) {
    const auto answer = get(people.approver, target);

    EXPECT_EQ(schemas.faults("RequestDetail", answer.json), "");
    EXPECT_EQ(answer.json.at("state"), "OPEN");
    EXPECT_EQ(answer.json.at("reason"), "a load test");
    EXPECT_EQ(answer.json.at("order").at("ttlHours"), 48);
    EXPECT_EQ(answer.json.at("effectiveOrder").at("ttlHours"), 48);
    EXPECT_EQ(answer.json.at("estimatedCost"), "72");
    EXPECT_EQ(answer.json.at("mayDecide"), true);
    EXPECT_EQ(get(people.requester, target).json.at("mayDecide"), false);
    EXPECT_EQ(get(people.stranger, target).status, 404);
}

TEST_F(RequestApi, TheListIsFilteredByState) {
    const auto all = get(people.requester, "/api/v1/requests");

    EXPECT_EQ(schemas.faults("RequestList", all.json), "");
    EXPECT_EQ(all.json.at("requests").size(), 1U);
    EXPECT_EQ(get(people.requester, "/api/v1/requests?state=OPEN").json.at("requests").size(), 1U);
    EXPECT_EQ(get(people.requester, "/api/v1/requests?state=APPROVED").json.at("requests").size(), 0U);
    EXPECT_EQ(get(people.stranger, "/api/v1/requests").json.at("requests").size(), 0U);
}

TEST_F(RequestApi, AnApproverApprovesAndTheJobIsQueued) {
    const auto digest = get(people.approver, target).json.at("digest");

    const auto answer =
        post(people.approver, target + "/decision", {{"verdict", "APPROVE"}, {"comment", "fine"}, {"digest", digest}});

    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(schemas.faults("Decided", answer.json), "");
    EXPECT_EQ(answer.json.at("state"), "APPROVED");
    EXPECT_EQ(db.value("SELECT id FROM jobs"), answer.json.at("jobId").get<std::string>());
    const auto after = get(people.requester, target);
    EXPECT_EQ(schemas.faults("RequestDetail", after.json), "");
    EXPECT_EQ(after.json.at("approvals").at(0).at("approver"), "approver");
}

TEST_F(RequestApi, ARejectionSaysWhy) {
    const auto answer =
        post(people.approver, target + "/decision", {{"verdict", "REJECT"}, {"comment", "too expensive"}});

    EXPECT_EQ(answer.json.at("state"), "REJECTED");
    EXPECT_EQ(answer.json.at("jobId"), nullptr);
    EXPECT_EQ(db.value("SELECT status FROM clusters"), "REJECTED");
}

TEST_F(RequestApi, PagesGoByCursorWithoutGapsAndRepeats) {
    for (const auto* name : {"green", "red"}) post(people.requester, "/api/v1/clusters", order(name));

    const auto first = get(people.requester, "/api/v1/requests?limit=2");
    const auto second =
        get(people.requester, cat("/api/v1/requests?limit=2&cursor=", first.json.at("next").get<std::string>()));

    EXPECT_EQ(schemas.faults("RequestList", first.json), "");
    EXPECT_EQ(first.json.at("requests").size(), 2U);
    EXPECT_EQ(first.json.at("requests").at(0).at("clusterName"), "red");
    ASSERT_EQ(second.json.at("requests").size(), 1U);
    EXPECT_EQ(second.json.at("requests").at(0).at("clusterName"), "blue");
    EXPECT_EQ(second.json.at("next"), nullptr);
    for (const auto* broken : {"x", "WzEsMl0", "W10"})
        EXPECT_EQ(get(people.requester, cat("/api/v1/requests?cursor=", broken)).status, 422) << broken;
}

TEST_F(RequestApi, ApproversAskAndTheRequesterAnswers) {
    const auto question = post(people.approver, target + "/questions", {{"text", "Why so long?"}});
    const auto answer = post(people.requester, target + "/answers", {{"text", "It takes two days."}});

    ASSERT_EQ(question.status, 200) << question.body;
    EXPECT_EQ(schemas.faults("Comment", question.json), "");
    EXPECT_EQ(question.json.at("kind"), "QUESTION");
    EXPECT_EQ(answer.json.at("kind"), "ANSWER");
    EXPECT_EQ(post(people.auditor, target + "/answers", {{"text", "hm"}}).status, 403);
    EXPECT_EQ(post(people.stranger, target + "/questions", {{"text", "hm"}}).status, 404);
    EXPECT_EQ(post(people.requester, target + "/answers").errors().count("text"), 1U);
    const auto after = get(people.approver, target);
    EXPECT_EQ(schemas.faults("RequestDetail", after.json), "");
    ASSERT_EQ(after.json.at("comments").size(), 2U);
    EXPECT_EQ(after.json.at("comments").at(1).at("text"), "It takes two days.");
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE action IN ('request.ask', 'request.answer')"), 2);
}

TEST_F(RequestApi, TheEvidenceTellsTheRequestersHistoryTheQuotaAndWhatIsUnusual) {
    ready_cluster("green", 4);
    const auto refused = order("red");
    auto longer = refused;
    longer["ttlHours"] = 20;
    const auto red = post(people.requester, "/api/v1/clusters", longer);
    post(people.approver, cat("/api/v1/requests/", red.json.at("requestId").get<std::string>(), "/decision"),
         {{"verdict", "REJECT"}, {"comment", "no"}});
    db.owner().execute("INSERT INTO quotas (team, soft_clusters, max_clusters) VALUES ('demo', 2, 5)");

    const auto evidence = get(people.approver, target).json.at("evidence");

    EXPECT_EQ(evidence.at("requesterHistory"),
              Json({{"orders", 2}, {"approved", 1}, {"rejected", 1}, {"failed", 0}, {"clustersNow", 1}}));
    EXPECT_EQ(evidence.at("quota").at("team").at("clusters"), Json({{"used", 2}, {"approvalAbove", 2}, {"most", 5}}));
    EXPECT_EQ(evidence.at("profileUnchanged"), true);
    EXPECT_EQ(evidence.at("differences"), Json::array({{{"field", "ttlHours"}, {"usual", "8 h"}, {"asked", "48 h"}}}));
}

TEST_F(RequestApi, ARuleIsTriedOnTheLastOrdersByAdministratorsOnly) {
    const std::string simulation = "/api/v1/profiles/demo-small/simulation";

    const auto wider = get(people.admin, simulation + "?atOnce=yes&maxTtlHours=48");
    const auto same = get(people.admin, simulation);

    EXPECT_EQ(schemas.faults("Simulation", wider.json), "");
    EXPECT_EQ(wider.json.at("atOnceThen"), 0);
    EXPECT_EQ(wider.json.at("atOnceNow"), 1);
    ASSERT_EQ(wider.json.at("differences").size(), 1U);
    EXPECT_EQ(wider.json.at("differences").at(0).at("requestId"), request);
    EXPECT_EQ(same.json.at("differences").size(), 0U);
    EXPECT_EQ(get(people.admin, simulation + "?maxTtlHours=0").errors().count("maxTtlHours"), 1U);
    EXPECT_EQ(get(people.admin, simulation + "?approver=me").status, 422);
    EXPECT_EQ(get(people.approver, simulation).status, 403);
    EXPECT_EQ(get(people.admin, "/api/v1/profiles/none/simulation").status, 404);
}

TEST_F(RequestApi, NobodyDecidesOnTheirOwnOrOutOfReach) {
    const Json approve = {{"verdict", "APPROVE"}};
    db.owner().execute("INSERT INTO team_members VALUES ('demo', '" + people.requester.str() + "', 'approver')");

    EXPECT_EQ(post(people.requester, target + "/decision", approve).status, 403);
    EXPECT_EQ(post(people.stranger, target + "/decision", approve).status, 404);
    EXPECT_EQ(post(people.auditor, target + "/decision", approve).status, 403);
    EXPECT_EQ(db.count("SELECT count(*) FROM approvals"), 0);
}

TEST_F(RequestApi, ADecisionOnAnotherOrderThanTheOneShownIsAConflict) {
    const auto answer =
        post(people.approver, target + "/decision", {{"verdict", "APPROVE"}, {"digest", std::string(64, '0')}});

    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(post(people.approver, target + "/decision", {{"verdict", "APPROVE"}, {"digest", ""}}).status, 409);
    EXPECT_EQ(db.value("SELECT state FROM requests"), "OPEN");
}

TEST_F(RequestApi, AWithdrawnRequestIsOver) {
    const auto answer = post(people.requester, target + "/withdraw");

    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(schemas.faults("Withdrawn", answer.json), "");
    EXPECT_EQ(post(people.requester, target + "/withdraw").status, 409);
    EXPECT_EQ(post(people.approver, target + "/decision", {{"verdict", "APPROVE"}}).status, 409);
    EXPECT_EQ(db.value("SELECT status FROM clusters"), "WITHDRAWN");
}

TEST_F(RequestApi, WhoDecidesForAnotherTeamReadsItsRequestsAndWithdrawsNone) {
    const auto decider =
        given::person(db, {.username = "decider", .team = "platform", .team_roles = {Role::requester, Role::approver}});
    const auto colleague =
        given::person(db, {.username = "colleague", .team = "platform", .team_roles = {Role::requester}});
    db.owner().execute("UPDATE requests SET approver_teams = '{platform}'");
    const auto session = given::session(db, decider);

    EXPECT_EQ(get(decider, target).json.at("mayDecide"), true);
    EXPECT_EQ(get(decider, "/api/v1/requests").json.at("requests").size(), 1U);
    EXPECT_EQ(post(decider, target + "/withdraw").status, 403);
    expect_not_in(open(session, "/requests/" + request).body, "/withdraw");
    EXPECT_EQ(submit(session, cat("/requests/", request, "/withdraw"), "").status, 403);
    EXPECT_EQ(get(colleague, target).status, 404) << "who only orders there decides nothing";
    EXPECT_EQ(get(colleague, "/api/v1/requests").json.at("requests").size(), 0U);
    EXPECT_EQ(post(colleague, target + "/withdraw").status, 404);
    EXPECT_EQ(db.value("SELECT state FROM requests"), "OPEN");
    EXPECT_EQ(post(people.teamlead, target + "/withdraw").status, 200) << "of its own team";
}

TEST_F(RequestApi, ACommentOnADecisionMayBeAsLongAsOnThePage) {
    const std::string longest(requests::kLongestComment, 'x');

    EXPECT_EQ(post(people.approver, target + "/decision", {{"verdict", "REJECT"}, {"comment", longest + "x"}}).status,
              422);
    EXPECT_EQ(post(people.approver, target + "/decision", {{"verdict", "REJECT"}, {"comment", longest}}).status, 200);
}

TEST_F(RequestApi, ProfilesAreListedWithTheirKeys) {
    const auto answer = get(people.requester, "/api/v1/profiles");

    EXPECT_EQ(schemas.faults("ProfileList", answer.json), "");
    ASSERT_EQ(answer.json.at("profiles").size(), 1U);
    EXPECT_EQ(answer.json.at("profiles").at(0).at("name"), "demo-small");
    EXPECT_EQ(answer.json.at("profiles").at(0).at("lifecycle").at("maxTTLHours"), 72);
}

TEST_F(RequestApi, ProfilesAreListedWithHowTheirInstallsWent) {
    for (int i = 1; i <= 5; ++i) {
        const auto cluster = given::cluster(db, {.owner = people.requester});
        given::job(db, {.cluster = cluster, .status = JobStatus::SUCCEEDED, .attempts = 1});
    }
    db.owner().execute("UPDATE jobs SET ended_at = started_at + interval '20 minutes' WHERE status = 'SUCCEEDED'");

    const auto answer = get(people.requester, "/api/v1/profiles");

    EXPECT_EQ(schemas.faults("ProfileList", answer.json), "");
    const auto history = answer.json.at("profiles").at(0).at("history");
    EXPECT_EQ(history.at("installTime"), Json({{"samples", 5}, {"medianSeconds", 1200}, {"p95Seconds", 1200}}));
    EXPECT_EQ(history.at("lastResults"),
              Json::array({"SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED"}));
}

TEST_F(RequestApi, ProfilesAreListedWithTheirFilesAndTheFaultsOfFiles) {
    std::string closed = kSmallProfile;
    closed.replace(closed.find("name: demo-small"), 16, "name: demo-later")
        .replace(closed.find("enabled: true"), 13, "enabled: false");
    const Catalog faulty = Catalog::of({{"demo-small.yaml", kSmallProfile},
                                        {"demo-later.yaml", closed},
                                        {"broken.yaml", "name: broken\ncolour: blue\n"}},
                                       {Platform::demo});
    App other{config, db.desk(), templates, faulty, keys, store};
    Incoming incoming;
    incoming.params = {{"REQUEST_METHOD", "GET"},
                       {"REQUEST_URI", "/api/v1/profiles/files"},
                       {"HTTP_AUTHORIZATION", by(people.auditor).at("HTTP_AUTHORIZATION")}};

    const auto answer = Json::parse(dispatch(other, std::move(incoming)).body);

    EXPECT_EQ(schemas.faults("ProfileFiles", answer), "");
    ASSERT_EQ(answer.at("profiles").size(), 2U) << answer;
    EXPECT_TRUE(answer.at("profiles").at(0).at("unavailableReason").is_string()) << "demo-later";
    EXPECT_EQ(answer.at("profiles").at(1).at("unavailableReason"), nullptr);
    EXPECT_EQ(answer.at("faults").at(0).at("file"), "broken.yaml");
    EXPECT_EQ(get(people.requester, "/api/v1/profiles/files").status, 403);
}

TEST_F(RequestApi, TheDescriptionIsServedToEverybody) {
    const auto answer = call("GET", "/api/openapi.json", {});

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.json.at("openapi"), "3.0.3");
    EXPECT_EQ(answer.json.at("paths").at("/api/v1/clusters").at("post").at("responses").count("202"), 1U);
    EXPECT_EQ(answer.json.at("components").at("schemas").at("Extend").at("properties").at("hours").at("maximum"), 720);
}

}  // namespace
}  // namespace desk
