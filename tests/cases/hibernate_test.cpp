// Sleep and waking up, as the API and the cluster's page offer them.
#include "tests/cases/api_desk.hpp"

namespace desk {
namespace {

class HibernateApi : public ApiDesk {
  protected:
    ClusterId given(ClusterStatus status) {
        return given::cluster(db, {.name = "blue", .owner = people.requester, .status = status});
    }
    Answer ask(const UserId& user, const ClusterId& cluster, const char* verb) {
        return post(user, cat("/api/v1/clusters/", cluster, '/', verb));
    }
};

TEST_F(HibernateApi, PutsAReadyClusterToSleep) {
    const auto cluster = given(ClusterStatus::READY);

    const auto answer = ask(people.requester, cluster, "hibernate");

    EXPECT_EQ(answer.status, 202) << answer.body;
    EXPECT_EQ(answer.json.at("status"), "HIBERNATING");
    EXPECT_EQ(db.value("SELECT type || ' ' || status FROM jobs WHERE id = '" +
                       answer.json.at("jobId").get<std::string>() + "'"),
              "HIBERNATE PENDING");
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE action = 'cluster.hibernate'"), 1);
    EXPECT_EQ(ask(people.requester, cluster, "hibernate").status, 409) << "it is on its way";
}

TEST_F(HibernateApi, StaysAwakeWhenItIsCalledOffInTime) {
    const auto cluster = given(ClusterStatus::READY);
    ask(people.requester, cluster, "hibernate");

    const auto answer = ask(people.requester, cluster, "cancel");

    EXPECT_EQ(answer.status, 202) << answer.body;
    EXPECT_EQ(answer.json.at("status"), "READY");
}

TEST_F(HibernateApi, WakesAClusterThatSleeps) {
    const auto cluster = given(ClusterStatus::HIBERNATED);

    const auto answer = ask(people.requester, cluster, "resume");

    EXPECT_EQ(answer.status, 202) << answer.body;
    EXPECT_EQ(answer.json.at("status"), "RESUMING");
}

TEST_F(HibernateApi, RefusesWhatTheStateDoesNotAllowAndOtherPeople) {
    const auto cluster = given(ClusterStatus::READY);

    EXPECT_EQ(ask(people.requester, cluster, "resume").status, 409);
    EXPECT_EQ(ask(people.stranger, cluster, "hibernate").status, 404);
    EXPECT_EQ(ask(people.auditor, cluster, "hibernate").status, 403);
}

TEST_F(HibernateApi, RefusesPlatformsWhoseMachinesCantBeSwitched) {
    const auto cluster = given::cluster(db, {.name = "blue", .owner = people.requester, .platform = Platform::none});

    const auto answer = ask(people.requester, cluster, "hibernate");

    EXPECT_EQ(answer.status, 409);
    EXPECT_NE(answer.body.find("can't stop and start machines"), std::string::npos) << answer.body;
}

TEST_F(HibernateApi, IsOnThePageWithItsWarningInTheFirstDay) {
    const auto cluster = given(ClusterStatus::READY);
    const auto session = given::session(db, people.requester);

    const auto page = call("GET", cat("/clusters/", cluster), {{"HTTP_COOKIE", "desk_session=" + session.session}});

    EXPECT_NE(page.body.find(cat("action=\"/clusters/", cluster, "/hibernate\"")), std::string::npos) << page.body;
    EXPECT_NE(page.body.find("installed less than 24 hours ago"), std::string::npos);
}

}  // namespace
}  // namespace desk
