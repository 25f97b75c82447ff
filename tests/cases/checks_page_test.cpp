// What was checked before anything is created, as people and programs see it, and how the next look is asked for.
#include "core/store/checks.hpp"
#include "tests/cases/api_desk.hpp"
#include "tests/cases/openapi.hpp"

namespace desk {
namespace {

class ChecksPage : public ApiDesk {
  protected:
    ChecksPage() {
        db.owner().execute("UPDATE jobs SET run_after = clock_timestamp() + interval '5 minutes' WHERE id = '" +
                           job.str() + "'");
        db.owner().execute("INSERT INTO job_attempts (job_id, attempt, worker, started_at) VALUES ('" + job.str() +
                           "', 1, 'w', now())");
    }
    void given_checks(const std::vector<Check>& checks) {
        auto tx = db.desk().begin();
        checks::replace(tx, job, 1, checks);
        tx.commit();
    }
    std::string page(const UserId& reader) {
        const auto session = given::session(db, reader);
        const auto answer =
            call("GET", "/clusters/" + cluster.str(), {{"HTTP_COOKIE", "desk_session=" + session.session}});
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.body;
    }
    bool is_due() {
        return db.value("SELECT run_after <= clock_timestamp() FROM jobs WHERE id = '" + job.str() + "'") == "true";
    }

    const ClusterId cluster =
        given::cluster(db, {.name = "blue", .owner = people.requester, .status = ClusterStatus::CREATING});
    const JobId job = given::job(db, {.cluster = cluster, .status = JobStatus::PENDING, .attempts = 1});
};

TEST_F(ChecksPage, ListsWhatIsMissingWithWhatToDo) {
    given_checks({Check::fail("pull-secret", "There is no <pull secret>.", "Put it there."),
                  Check::warn("quota", "The quota can't be read.", "Allow it."),
                  Check::pass("account", "It is ours.")});

    const auto body = page(people.requester);

    expect_in(body, "1 check of 3 failed. Nothing has been created");
    expect_in(body, "There is no &lt;pull secret&gt;.<br><span class=\"small\"><strong>To do:</strong> Put it there.");
    expect_in(body, "</svg>warning</span>");
    expect_in(body, "Check again now");
}

TEST_F(ChecksPage, OffersTheNextLookOnlyToWhoMayChangeTheCluster) {
    given_checks({Check::fail("pull-secret", "There is none.", "Put it there.")});

    EXPECT_EQ(page(people.auditor).find("Check again now"), std::string::npos);
}

TEST_F(ChecksPage, SaysThatAllIsWell) {
    given_checks({Check::pass("account", "It is ours."), Check::pass("installer", "It is there.")});

    const auto body = page(people.requester);

    expect_in(body, "All 2 checks passed.");
    EXPECT_EQ(body.find("Check again now"), std::string::npos);
}

TEST_F(ChecksPage, IsSilentAboutWhatWentWellBeforeAClusterWasThere) {
    given_checks({Check::pass("account", "It is ours.")});
    db.owner().execute("UPDATE jobs SET status = 'SUCCEEDED', ended_at = now() WHERE id = '" + job.str() + "'");

    EXPECT_EQ(page(people.requester).find("checks passed"), std::string::npos);
}

TEST_F(ChecksPage, IsToldToPrograms) {
    given_checks({Check::fail("pull-secret", "There is none.", "Put it there.")});
    const auto& me = people.requester;

    const auto answer = get(me, "/api/v1/jobs/" + job.str());

    EXPECT_EQ(Schemas(call("GET", "/api/openapi.json", {}).json).faults("JobDetail", answer.json), "");
    const auto& check = answer.json.at("checks").at(0);
    EXPECT_EQ(check.at("id"), "pull-secret");
    EXPECT_EQ(check.at("level"), "FAIL");
    EXPECT_EQ(check.at("remedy"), "Put it there.");
}

TEST_F(ChecksPage, LooksAgainAtOnceWhenAskedTo) {
    const auto& me = people.requester;

    const auto answer = post(me, "/api/v1/clusters/" + cluster.str() + "/retry");

    EXPECT_EQ(answer.status, 202) << answer.body;
    EXPECT_EQ(answer.json.at("jobId"), job.str());
    EXPECT_TRUE(is_due());
    EXPECT_EQ(db.value("SELECT count(*) FROM audit_events WHERE action = 'job.hurry'"), "1");
}

TEST_F(ChecksPage, RefusesToHurryWhatDoesNotWait) {
    const auto& me = people.requester;
    post(me, "/api/v1/clusters/" + cluster.str() + "/retry");

    EXPECT_EQ(post(me, "/api/v1/clusters/" + cluster.str() + "/retry").status, 409);
}

}  // namespace
}  // namespace desk
