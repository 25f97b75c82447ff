// /api/v1/clusters: order, list, look, extend, end.
#include "tests/cases/cluster_api.hpp"

namespace desk {
namespace {

using Names = std::vector<std::string>;

// --- ordering

TEST_F(ClusterApi, AnOrderWithinTheRuleIsApprovedAtOnce) {
    const auto answer = post(me, "/api/v1/clusters", order("blue"));

    ASSERT_EQ(answer.status, 202) << answer.body;
    EXPECT_EQ(schemas.faults("Ordered", answer.json), "");
    EXPECT_EQ(answer.json.at("status"), "PENDING");
    EXPECT_EQ(answer.header("Location"), "/api/v1/clusters/" + answer.json.at("clusterId").get<std::string>());
    EXPECT_EQ(db.value("SELECT id || ' ' || type || ' ' || status FROM jobs"),
              answer.json.at("jobId").get<std::string>() + " CREATE PENDING");
    EXPECT_EQ(db.value("SELECT action FROM audit_events ORDER BY id DESC LIMIT 1"), "request.submit");
}

TEST_F(ClusterApi, AnOrderBeyondTheRuleWaitsForAnApprover) {
    auto wanted = order("blue");
    wanted["ttlHours"] = 48;

    const auto answer = post(me, "/api/v1/clusters", wanted);

    ASSERT_EQ(answer.status, 202) << answer.body;
    EXPECT_EQ(schemas.faults("Ordered", answer.json), "");
    EXPECT_EQ(answer.json.at("status"), "REQUESTED");
    EXPECT_EQ(answer.json.at("jobId"), nullptr);
    EXPECT_EQ(db.count("SELECT count(*) FROM jobs"), 0);
}

TEST_F(ClusterApi, AnOrderAboveTheQuotaIsRefusedByItsRule) {
    db.owner().execute("INSERT INTO quotas (team, max_clusters) VALUES ('demo', 0)");

    const auto answer = post(me, "/api/v1/clusters", order("blue"));

    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.json.at("code"), "REFUSED");
    EXPECT_EQ(answer.json.at("details").at("rule"), "quota:team:clusters");
    EXPECT_EQ(schemas.faults("Error", answer.json), "");
    EXPECT_EQ(db.count("SELECT count(*) FROM clusters"), 0);
}

TEST_F(ClusterApi, ACheckedOrderIsJudgedAndNotOrdered) {
    db.owner().execute("INSERT INTO quotas (team, soft_clusters, max_clusters) VALUES ('demo', 2, 5)");
    auto longer = order("blue");
    longer["ttlHours"] = 48;

    const auto quick = post(me, "/api/v1/clusters/check", order("blue"));
    const auto slow = post(me, "/api/v1/clusters/check", longer);

    ASSERT_EQ(quick.status, 200) << quick.body;
    EXPECT_EQ(schemas.faults("Judgement", quick.json), "");
    EXPECT_EQ(quick.json.at("verdict"), "AUTO_APPROVED");
    EXPECT_EQ(quick.json.at("hourlyCost"), "1.5");
    EXPECT_EQ(quick.json.at("estimatedCost"), "12");
    EXPECT_EQ(quick.json.at("quota").at("team").at("clusters"), Json({{"used", 0}, {"approvalAbove", 2}, {"most", 5}}));
    EXPECT_EQ(quick.json.at("adds").at("clusters"), 1);
    EXPECT_EQ(slow.json.at("verdict"), "NEEDS_APPROVAL");
    EXPECT_EQ(slow.json.at("approverTeams"), Json({"demo"}));
    EXPECT_EQ(db.count("SELECT count(*) FROM clusters"), 0);
}

TEST_F(ClusterApi, ACheckTellsWhatAnOrderWouldBeRefusedFor) {
    given_cluster({.name = "taken"});
    auto wrong = order("Blue");
    wrong["region"] = "nowhere";

    const auto faulty = post(me, "/api/v1/clusters/check", wrong);
    const auto taken = post(me, "/api/v1/clusters/check", order("taken"));

    ASSERT_EQ(faulty.status, 200) << faulty.body;
    EXPECT_EQ(schemas.faults("Judgement", faulty.json), "");
    EXPECT_EQ(faulty.json.at("verdict"), "REFUSED");
    EXPECT_EQ(faulty.errors().count("name") + faulty.errors().count("region"), 2U);
    EXPECT_EQ(faulty.json.at("hourlyCost"), "1.5") << "the profile is known";
    EXPECT_EQ(taken.json.at("verdict"), "REFUSED");
    EXPECT_NE(taken.errors()["name"].find("is taken"), std::string::npos) << taken.body;
    EXPECT_EQ(post(me, "/api/v1/clusters/check", {{"ttlHours", "long"}}).status, 422) << "no order at all";
}

TEST_F(ClusterApi, ATakenNameIsAConflict) {
    ASSERT_EQ(post(me, "/api/v1/clusters", order("blue")).status, 202);

    const auto answer = post(me, "/api/v1/clusters", order("blue"));

    EXPECT_EQ(answer.status, 409);
    EXPECT_NE(answer.body.find("blue.demo.invalid is taken"), std::string::npos);
    EXPECT_EQ(db.count("SELECT count(*) FROM clusters"), 1);
}

TEST_F(ClusterApi, AnOwnerIsAMemberOfTheTeam) {
    auto wanted = order("blue");
    wanted["owner"] = "approver";
    ASSERT_EQ(post(me, "/api/v1/clusters", wanted).status, 202);
    wanted["name"] = "green";
    wanted["owner"] = "stranger";

    const auto answer = post(me, "/api/v1/clusters", wanted);

    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.errors().count("owner"), 1U) << answer.body;
    EXPECT_EQ(db.value("SELECT u.username FROM clusters c JOIN users u ON u.id = c.owner_id"), "approver");
}

TEST_F(ClusterApi, OnlyWhoMayRequestForTheTeamOrders) {
    EXPECT_EQ(post(people.auditor, "/api/v1/clusters", order("blue")).status, 403);
    EXPECT_EQ(post(people.nobody, "/api/v1/clusters", order("blue")).status, 403);

    const auto answer = post(people.stranger, "/api/v1/clusters", order("blue"));

    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.errors().count("team"), 1U) << answer.body;
}

TEST_F(ClusterApi, ATeamOrdersTenClustersAnHour) {
    for (int i = 0; i < 10; ++i) ASSERT_EQ(post(me, "/api/v1/clusters", order(cat("blue-", i))).status, 202);

    const auto answer = post(me, "/api/v1/clusters", order("one-more"));

    EXPECT_EQ(answer.status, 429);
    EXPECT_NE(answer.header("Retry-After"), "");
}

// --- looking

TEST_F(ClusterApi, EveryFilterChangesTheResult) {
    db.owner().execute("INSERT INTO teams (name, title) VALUES ('third', 'third')");
    given_cluster({.name = "base"});
    given_cluster({.name = "status", .status = ClusterStatus::FAILED});
    given_cluster({.name = "platform", .platform = Platform::aws});
    given_cluster({.name = "owner", .owner = people.approver});
    given_cluster({.name = "team", .team = "third"});
    given_cluster({.name = "profile", .profile = "demo-large"});
    given_cluster({.name = "costs", .cost_center = "cc-2"});

    const auto names = [&](const std::string& query) {
        const auto answer = get(people.admin, "/api/v1/clusters?" + query);
        EXPECT_EQ(answer.status, 200) << answer.body;
        Names found;
        for (const auto& cluster : answer.json.value("clusters", Json::array())) found.push_back(cluster.at("name"));
        std::sort(found.begin(), found.end());
        return found;
    };
    EXPECT_EQ(names(""), (Names{"base", "costs", "owner", "platform", "profile", "status", "team"}));
    EXPECT_EQ(names("status=FAILED"), (Names{"status"}));
    EXPECT_EQ(names("status=FAILED&status=DESTROYED"), (Names{"status"}));
    EXPECT_EQ(names("status=FAILED&status=READY").size(), 7U);
    EXPECT_EQ(names("platform=aws"), (Names{"platform"}));
    EXPECT_EQ(names("owner=approver"), (Names{"owner"}));
    EXPECT_EQ(names("team=third"), (Names{"team"}));
    EXPECT_EQ(names("profile=demo-large"), (Names{"profile"}));
    EXPECT_EQ(names("costCenter=cc-2"), (Names{"costs"}));
    EXPECT_EQ(names("costCenter=cc-2&owner=approver"), (Names{}));
    EXPECT_EQ(names("owner=nosuchuser"), (Names{}));
    EXPECT_EQ(names("limit=3").size(), 3U);
    EXPECT_EQ(names("offset=5").size(), 2U);
}

TEST_F(ClusterApi, AQueryThatIsNotUnderstoodIsRefusedWithAllItsFaults) {
    const auto answer = get(
        me,
        "/api/v1/clusters?state=READY&status=ready&limit=0&offset=-1&platform=&team=a&team=b&colour=red&profile=%07");

    EXPECT_EQ(answer.status, 422);
    const auto errors = answer.errors();
    for (const char* field : {"state", "status", "limit", "offset", "platform", "team", "colour", "profile"})
        EXPECT_EQ(errors.count(field), 1U) << field;
    EXPECT_EQ(errors.size(), 8U) << answer.body;
    EXPECT_NE(errors.at("state").find("status"), std::string::npos) << "names the nearest";
    EXPECT_NE(errors.at("status").find("READY"), std::string::npos) << "names the words";
}

TEST_F(ClusterApi, LimitsOfNumbersAreKept) {
    for (const char* query : {"limit=101", "limit=1.5", "limit=x", "limit=%201", "limit=99999999999999999999",
                              "offset=10001", "cursor=x&offset=1", "cursor=rubbish"})
        EXPECT_EQ(get(me, cat("/api/v1/clusters?", query)).status, 422) << query;
    for (const char* query : {"limit=1", "limit=100", "offset=0", "offset=10000"})
        EXPECT_EQ(get(me, cat("/api/v1/clusters?", query)).status, 200) << query;
}

TEST_F(ClusterApi, PagesByCursorHaveEveryClusterOnce) {
    for (int i = 0; i < 7; ++i) given_cluster({.name = cat("c", i)});

    Names seen;
    std::string query = "limit=3";
    for (int page = 0; page < 3; ++page) {
        const auto answer = get(me, "/api/v1/clusters?" + query);
        EXPECT_EQ(schemas.faults("ClusterList", answer.json), "");
        EXPECT_EQ(answer.json.at("total"), 7);
        EXPECT_EQ(answer.json.at("totalIsFloor"), false);
        for (const auto& cluster : answer.json.at("clusters")) seen.push_back(cluster.at("name"));
        const Json& next = answer.json.at("next");
        EXPECT_EQ(next.is_null(), page == 2);
        if (next.is_string()) query = "limit=3&cursor=" + percent_encode(next.get<std::string>());
    }

    std::sort(seen.begin(), seen.end());
    EXPECT_EQ(seen, (Names{"c0", "c1", "c2", "c3", "c4", "c5", "c6"}));
}

TEST_F(ClusterApi, AClusterOfAnotherTeamIsNotThere) {
    const auto id = given_cluster({.name = "blue"}).str();

    EXPECT_EQ(get(me, "/api/v1/clusters/" + id).status, 200);
    EXPECT_EQ(get(people.admin, "/api/v1/clusters/" + id).status, 200);
    for (const char* rest : {"", "/outputs", "/receipt", "/logs"})
        EXPECT_EQ(get(people.stranger, "/api/v1/clusters/" + id + rest).status, 404) << rest;
    for (const char* rest : {"/destroy", "/extend", "/cancel"})
        EXPECT_EQ(post(people.stranger, "/api/v1/clusters/" + id + rest,
                       std::string(rest) == "/extend" ? Json{{"hours", 1}} : Json::object())
                      .status,
                  404)
            << rest;
    EXPECT_EQ(get(people.stranger, "/api/v1/clusters").json.at("total"), 0);
    EXPECT_EQ(db.value("SELECT destroy_wanted_at IS NULL FROM clusters"), "true");
}

TEST_F(ClusterApi, IdsThatAreNoneAreNotThere) {
    for (const char* id : {"x", "clu_x", "job_01JD0000000000000000000000", "clu_01JD0000000000000000000000"})
        EXPECT_EQ(get(me, cat("/api/v1/clusters/", id)).status, 404) << id;
}

TEST_F(ClusterApi, OneClusterComesWithItsJobsAndItsCost) {
    const auto id = given_cluster({.name = "blue"});
    const auto first = given::job(db, {.cluster = id, .status = JobStatus::SUCCEEDED, .attempts = 1});
    const auto open = given::job(db, {.cluster = id, .type = JobType::VERIFY});

    const auto answer = get(me, "/api/v1/clusters/" + id.str());

    EXPECT_EQ(schemas.faults("ClusterDetail", answer.json), "");
    EXPECT_EQ(answer.json.at("currentJob").at("id"), open.str());
    EXPECT_EQ(answer.json.at("recentJobs").size(), 2U);
    EXPECT_EQ(answer.json.at("recentJobs").at(1).at("id"), first.str());
    EXPECT_EQ(answer.json.at("costSoFar").get<std::string>().substr(0, 3), "1.5");
    EXPECT_EQ(answer.json.at("hourlyCost"), "1.5");
}

TEST_F(ClusterApi, EveryStateIsShownAsItIs) {
    for (const auto status : all_texts<ClusterStatus>()) {
        const auto id = given_cluster({.status = *parse_enum<ClusterStatus>(status)});

        const auto answer = get(me, "/api/v1/clusters/" + id.str());

        EXPECT_EQ(answer.json.at("status"), status);
        EXPECT_EQ(schemas.faults("ClusterDetail", answer.json), "");
    }
}

// --- ending and extending

TEST_F(ClusterApi, DestroyQueuesAJobAndRemembersWhoAndWhy) {
    const auto id = given_cluster({.name = "blue"});

    const auto answer = post(me, "/api/v1/clusters/" + id.str() + "/destroy", {{"reason", "no longer needed"}});

    ASSERT_EQ(answer.status, 202) << answer.body;
    EXPECT_EQ(schemas.faults("Accepted", answer.json), "");
    EXPECT_EQ(answer.json.at("status"), "DESTROYING");
    EXPECT_EQ(db.value("SELECT id || ' ' || type FROM jobs"), answer.json.at("jobId").get<std::string>() + " DESTROY");
    EXPECT_EQ(db.value("SELECT destroy_wanted_by || ' ' || destroy_why FROM clusters"), me.str() + " no longer needed");
}

TEST_F(ClusterApi, DestroyNeedsNoBody) {
    const auto id = given_cluster({.name = "blue"});
    auto headers = by(me);
    headers["HTTP_IDEMPOTENCY_KEY"] = "k";

    EXPECT_EQ(call("POST", "/api/v1/clusters/" + id.str() + "/destroy", headers).status, 202);
}

TEST_F(ClusterApi, DestroyMeansWhatTheStateSays) {
    struct Case {
        ClusterStatus status;
        int answer;
        const char* after;
    };
    using S = ClusterStatus;
    for (const auto& [status, expected, after] :
         {Case{S::REQUESTED, 202, "WITHDRAWN"}, Case{S::PENDING, 202, "CANCELLED"}, Case{S::FAILED, 202, "DESTROYING"},
          Case{S::DESTROYING, 202, "DESTROYING"}, Case{S::DESTROYED, 409, "DESTROYED"},
          Case{S::REJECTED, 409, "REJECTED"}}) {
        const auto id = given_cluster({.status = status});

        EXPECT_EQ(post(me, "/api/v1/clusters/" + id.str() + "/destroy").status, expected) << text(status);
        EXPECT_EQ(db.value("SELECT status FROM clusters WHERE id = '" + id.str() + "'"), after);
    }
}

TEST_F(ClusterApi, CancellingACreateMeansDestroy) {
    const auto ordered = post(me, "/api/v1/clusters", order("blue"));
    const std::string id = ordered.json.at("clusterId");

    const auto answer = post(me, "/api/v1/clusters/" + id + "/cancel");

    EXPECT_EQ(answer.status, 202);
    EXPECT_EQ(schemas.faults("Accepted", answer.json), "");
    EXPECT_EQ(db.value("SELECT status FROM clusters"), "CANCELLED");
    EXPECT_EQ(db.value("SELECT status FROM jobs"), "CANCELLED");
}

TEST_F(ClusterApi, ADestroyOrNothingCantBeCancelled) {
    const auto idle = given_cluster({});
    const auto ending = given_cluster({.status = ClusterStatus::DESTROYING});
    given::job(db, {.cluster = ending, .type = JobType::DESTROY});

    EXPECT_EQ(post(me, "/api/v1/clusters/" + idle.str() + "/cancel").status, 409);
    EXPECT_EQ(post(me, "/api/v1/clusters/" + ending.str() + "/cancel").status, 409);
}

TEST_F(ClusterApi, AnExtensionBeyondTheRuleWaitsAndOneBeyondTheMaximumIsRefused) {
    const auto id = ready_cluster("blue", 8);
    const std::string before = db.value("SELECT destroy_at FROM clusters");

    const auto refused = post(me, "/api/v1/clusters/" + id + "/extend", {{"hours", 100}});
    const auto waits = post(me, "/api/v1/clusters/" + id + "/extend", {{"hours", 10}, {"reason", "a long test"}});

    EXPECT_EQ(refused.status, 422) << refused.body;
    ASSERT_EQ(waits.status, 202) << waits.body;
    EXPECT_EQ(schemas.faults("Extended", waits.json), "");
    EXPECT_EQ(waits.json.at("requestState"), "OPEN");
    EXPECT_EQ(db.value("SELECT destroy_at FROM clusters"), before);

    const auto decided =
        post(people.approver, "/api/v1/requests/" + waits.json.at("requestId").get<std::string>() + "/decision",
             {{"verdict", "APPROVE"}});

    EXPECT_EQ(decided.status, 200) << decided.body;
    EXPECT_NE(db.value("SELECT destroy_at FROM clusters"), before);
}

TEST_F(ClusterApi, AnExtensionWithinTheRuleHoldsAtOnce) {
    const auto id = ready_cluster("blue", 4);

    const auto answer = post(me, "/api/v1/clusters/" + id + "/extend", {{"hours", 2}});

    ASSERT_EQ(answer.status, 202) << answer.body;
    EXPECT_EQ(answer.json.at("requestState"), "APPROVED");
    EXPECT_EQ(db.value("SELECT lifetime_seconds FROM clusters"), std::to_string(6 * 3600));
}

TEST_F(ClusterApi, NothingIsExtendedBeforeItsLifeOrAfter) {
    for (const auto status : {ClusterStatus::PENDING, ClusterStatus::DESTROYING, ClusterStatus::DESTROYED}) {
        const auto id = given_cluster({.status = status});

        EXPECT_EQ(post(me, "/api/v1/clusters/" + id.str() + "/extend", {{"hours", 1}}).status, 409) << text(status);
    }
}

}  // namespace
}  // namespace desk
