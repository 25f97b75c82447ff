// /api/v1/requests and /api/v1/profiles: who sees what, who decides.
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

TEST_F(RequestApi, ProfilesAreListedWithTheirKeys) {
    const auto answer = get(people.requester, "/api/v1/profiles");

    EXPECT_EQ(schemas.faults("ProfileList", answer.json), "");
    ASSERT_EQ(answer.json.at("profiles").size(), 1U);
    EXPECT_EQ(answer.json.at("profiles").at(0).at("name"), "demo-small");
    EXPECT_EQ(answer.json.at("profiles").at(0).at("lifecycle").at("maxTTLHours"), 72);
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
