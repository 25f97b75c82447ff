// A failure as people and programs see it: reason, whose turn, evidence in the log, what was before, how others went.
#include "core/store/failures.hpp"
#include "tests/cases/api_desk.hpp"
#include "tests/cases/openapi.hpp"

namespace desk {
namespace {

class FailurePage : public ApiDesk {
  protected:
    FailurePage() {
        set_job(
            "status = 'RETRYING', attempts = 2, run_after = desk_now() + interval '10 minutes', error_class = "
            "'quota', error_code = 'vpc-limit', error_message = 'No network is left.', error_hint = 'Raise the "
            "limit.', error_turn = 'ADMIN'");
        fail_attempt(job, 1, "throttled", "Too many calls.", "[]");
        fail_attempt(job, 2, "vpc-limit", "No network is left.",
                     R"([{"line": 1203, "text": "VpcLimitExceeded: <5>"}, {"line": 0, "text": "not kept"}])");
    }
    void set_job(const std::string& values) {
        db.owner().execute("UPDATE jobs SET " + values + " WHERE id = '" + job.str() + "'");
    }
    void fail_attempt(const JobId& of, int attempt, const std::string& code, const std::string& message,
                      const std::string& evidence) {
        db.owner().execute(
            "INSERT INTO job_attempts (job_id, attempt, worker, started_at, ended_at, outcome, error_class, "
            "error_code, error_message, error_hint, error_turn, evidence) VALUES ('" +
            of.str() + "', " + std::to_string(attempt) + ", 'w', now(), now() - interval '1 hour' * (10 - " +
            std::to_string(attempt) + "), 'RETRY', 'quota', '" + code + "', '" + message +
            "', 'Raise the limit.', 'ADMIN', '" + evidence + "')");
    }
    /// Another cluster's job that failed once for this reason, and its end.
    void given_other(JobStatus status) {
        others.push_back(given::cluster(db, {.owner = people.stranger, .team = "other"}));
        const auto other = given::job(db, {.cluster = others.back(), .status = status});
        fail_attempt(other, 1, "vpc-limit", "No network is left.", "[]");
    }
    std::string page(const std::string& path) { return page_of(cluster, path); }
    std::string page_of(const ClusterId& id, const std::string& path) {
        const auto session = given::session(db, people.requester);
        const auto answer =
            call("GET", "/clusters/" + id.str() + path, {{"HTTP_COOKIE", "desk_session=" + session.session}});
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.body;
    }
    std::string log_of(int attempt) const {
        return "/clusters/" + cluster.str() + "/logs?job=" + job.str() + "&amp;attempt=" + std::to_string(attempt);
    }

    const ClusterId cluster =
        given::cluster(db, {.name = "blue", .owner = people.requester, .status = ClusterStatus::CREATING});
    const JobId job = given::job(db, {.cluster = cluster, .status = JobStatus::RETRYING});
    std::vector<ClusterId> others;
    const Schemas schemas{call("GET", "/api/openapi.json", {}).json};
};

TEST_F(FailurePage, SaysWhyWhoseTurnItIsAndWhenItIsTriedAgain) {
    const auto body = page("");

    expect_in(body, "id=\"failure-title\">Why it failed</h2>");
    expect_in(body, "<strong>No network is left.</strong>");
    expect_in(body, "<p>Raise the limit.</p>");
    expect_in(body, "<code>vpc-limit</code>");
    expect_in(body, "<dt>Next try</dt><dd><time datetime=");
    expect_in(body, "<small class=\"muted\">in ");
}

TEST_F(FailurePage, LeadsToEachLineOfEvidence) {
    const auto body = page("");

    expect_in(body,
              "<a href=\"" + log_of(2) + "&amp;after=1000#L1203\">Line 1203</a> <code>VpcLimitExceeded: &lt;5&gt;");
    expect_in(body, "<li><code>not kept</code></li>");
}

TEST_F(FailurePage, NamesTheAttemptsBefore) {
    expect_in(page(""), "<a href=\"" + log_of(1) + "\">Attempt 1</a> Too many calls.");
}

TEST_F(FailurePage, SaysThatNobodyElseEverFailedSo) { expect_in(page(""), "No other job has failed for this reason."); }

TEST_F(FailurePage, TellsWhatHappenedTheLastTimesWithoutNamingWhose) {
    for (int i = 0; i < 2; ++i) given_other(JobStatus::SUCCEEDED);
    given_other(JobStatus::FAILED);

    const auto body = page("");

    expect_in(body, "<dt>The last 3 times</dt>");
    expect_in(body, "2 worked at the next try, 1 was given up.");
    for (const auto& other : others) expect_not_in(body, other.str());
}

TEST_F(FailurePage, OfALogExplainsTheAttemptThatIsShown) {
    const auto first = page("/logs?job=" + job.str() + "&attempt=1");
    const auto second = page("/logs?job=" + job.str() + "&attempt=2");

    expect_in(first, "Why attempt 1 failed");
    expect_in(first, "Too many calls.");
    expect_not_in(first, "VpcLimitExceeded");
    expect_in(second, "Why attempt 2 failed");
    expect_in(second, "#L1203");
}

TEST_F(FailurePage, LeadsToTheLogOfTheInstallWhenNothingOfItIsLeft) {
    const auto gone =
        given::cluster(db, {.name = "red", .owner = people.requester, .status = ClusterStatus::DESTROYED});
    const auto install = given::job(db, {.cluster = gone, .status = JobStatus::FAILED});
    db.owner().execute("UPDATE jobs SET created_at = created_at - interval '1 hour' WHERE id = '" + install.str() +
                       "'");
    const auto chosen = "<option value=\"" + install.str() + "\" selected>";
    expect_not_in(page_of(gone, "/logs"), chosen);

    db.owner().execute("UPDATE clusters SET outcome = 'FAILED' WHERE id = '" + gone.str() + "'");

    expect_in(page_of(gone, "/logs"), chosen);
}

TEST_F(FailurePage, SaysWhichAttemptItIsAboutWhileTheNextOneRuns) {
    set_job("status = 'RUNNING', attempts = 3");

    expect_in(page(""), "Why attempt 2 failed");
    expect_in(page(""), "<dt>Next try</dt><dd><span class=\"muted\">under way</span>");
    expect_not_in(page("/logs?job=" + job.str()), "failure-title");
}

TEST_F(FailurePage, SaysThatTheDeskHasStoppedTrying) {
    set_job("status = 'FAILED', ended_at = now()");

    expect_in(page(""), "the desk has stopped trying");
}

TEST_F(FailurePage, GivesTheTurnToThePeopleWhenTheDeskHasStoppedTrying) {
    db.owner().execute("UPDATE job_attempts SET error_turn = 'NOBODY'");
    expect_in(page(""), "<dd>Nobody’s: the desk tries again by itself.</dd>");

    set_job("status = 'FAILED', ended_at = now()");

    expect_in(page(""), "<dt>Whose turn to mend it</dt><dd>The requester’s: order it again.</dd>");
}

TEST_F(FailurePage, ShowsWhatIsKnownOfJobsWhoseAttemptsKeptNoReason) {
    db.owner().execute("DELETE FROM job_attempts");

    const auto body = page("");

    expect_in(body, "<strong>No network is left.</strong>");
    expect_not_in(body, "What the log says");
}

TEST_F(FailurePage, IsGoneWhenNothingIsWrong) {
    set_job("status = 'SUCCEEDED', ended_at = now(), error_class = NULL, error_code = NULL, error_message = NULL");

    expect_not_in(page(""), "failure-title");
}

TEST_F(FailurePage, HasTheSameFactsInTheApi) {
    given_other(JobStatus::SUCCEEDED);

    const auto of_job = get(people.requester, "/api/v1/jobs/" + job.str());
    const auto of_cluster = get(people.requester, "/api/v1/clusters/" + cluster.str());

    EXPECT_EQ(schemas.faults("JobDetail", of_job.json), "");
    EXPECT_EQ(schemas.faults("ClusterDetail", of_cluster.json), "");
    EXPECT_EQ(of_job.json.at("failure"), of_cluster.json.at("failure"));
    const auto& failure = of_job.json.at("failure");
    EXPECT_EQ(failure.at("jobId"), job.str());
    EXPECT_EQ(failure.at("nextRetryAt"), of_job.json.at("runAfter"));
    EXPECT_EQ(failure.at("attempts").size(), 2U);
    EXPECT_EQ(failure.at("attempts").at(0).at("code"), "vpc-limit");
    EXPECT_EQ(failure.at("attempts").at(0).at("evidence").at(0).at("line"), 1203);
    EXPECT_EQ(failure.at("attempts").at(0).at("evidence").at(1).at("line"), nullptr);
    EXPECT_EQ(failure.at("lastTimes").at(0).at("sequel"), "SUCCEEDED");
}

TEST_F(FailurePage, IsNullInTheApiWhereNothingFailed) {
    db.owner().execute("DELETE FROM job_attempts");
    set_job("status = 'SUCCEEDED', ended_at = now(), error_class = NULL, error_code = NULL, error_message = NULL");

    EXPECT_EQ(get(people.requester, "/api/v1/jobs/" + job.str()).json.at("failure"), nullptr);
    EXPECT_EQ(get(people.requester, "/api/v1/clusters/" + cluster.str()).json.at("failure"), nullptr);
}

TEST_F(FailurePage, IsForTheClustersOwnPeopleOnly) {
    EXPECT_EQ(get(people.stranger, "/api/v1/jobs/" + job.str()).status, 404);
    EXPECT_EQ(get(people.stranger, "/api/v1/clusters/" + cluster.str()).status, 404);
}

// --- what hosts say of themselves

TEST_F(FailurePage, OfTheQueueShowsWhatAHostFindsWrongWithItself) {
    db.owner().execute(
        "INSERT INTO workers (host, boot_id, version, slots, faults) VALUES ('host-7', 'b', '1', 4, '{\"Only the "
        "built-in failure rules are used. rules.yaml:3: class\"}')");
    const auto session = given::session(db, people.admin);

    const auto body = call("GET", "/admin/queue", {{"HTTP_COOKIE", "desk_session=" + session.session}}).body;

    expect_in(body, "<strong>host-7:</strong> Only the built-in failure rules are used. rules.yaml:3: class");
}

}  // namespace
}  // namespace desk
