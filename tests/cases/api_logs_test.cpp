// /api/v1/clusters/{cluster}/logs and /api/v1/jobs.
#include "tests/cases/cluster_api.hpp"

namespace desk {
namespace {

class LogApi : public ClusterApi {
  protected:
    LogApi() {
        db.owner().execute("INSERT INTO job_attempts (job_id, attempt, cluster_id, worker) VALUES ('" + job.str() +
                           "', 1, '" + cluster.str() + "', 'w'), ('" + job.str() + "', 2, '" + cluster.str() +
                           "', 'w')");
        lines(1, 3);
        lines(2, 120);
    }
    void lines(int attempt, int count) {
        db.owner().execute(cat("INSERT INTO job_logs (job_id, attempt, line, source, level, text) SELECT '", job.str(),
                               "', ", attempt, ", n, 'INSTALLER', 'INFO', 'attempt ", attempt,
                               " line ' || n FROM generate_series(1, ", count, ") n"));
    }
    const ClusterId cluster = given_cluster({.name = "blue", .status = ClusterStatus::CREATING});
    const JobId job = given::job(db, {.cluster = cluster, .status = JobStatus::RUNNING, .attempts = 2});
    const std::string target = "/api/v1/clusters/" + cluster.str() + "/logs";
};

TEST_F(LogApi, GivesTheNewestAttemptFromItsFirstLine) {
    const auto answer = get(me, target);

    EXPECT_EQ(schemas.faults("Log", answer.json), "");
    EXPECT_EQ(answer.json.at("jobId"), job.str());
    EXPECT_EQ(answer.json.at("attempt"), 2);
    EXPECT_EQ(answer.json.at("lines").size(), 120U);
    EXPECT_EQ(answer.json.at("lines").at(0).at("text"), "attempt 2 line 1");
    EXPECT_EQ(answer.json.at("next"), 120);
    EXPECT_EQ(answer.json.at("isComplete"), false);
}

TEST_F(LogApi, GoesOnBehindALine) {
    EXPECT_EQ(get(me, target + "?after=118").json.at("lines").size(), 2U);
    const auto end = get(me, target + "?after=120");
    EXPECT_EQ(end.json.at("lines").size(), 0U);
    EXPECT_EQ(end.json.at("next"), 120);
}

TEST_F(LogApi, GivesEarlierAttemptsOfANamedJob) {
    const auto answer = get(me, target + "?attempt=1&job=" + job.str());

    EXPECT_EQ(answer.json.at("lines").size(), 3U);
    EXPECT_EQ(answer.json.at("isComplete"), true);
}

TEST_F(LogApi, KnowsNoJobOfAnotherClusterAndNoLaterAttempt) {
    const auto other = given_cluster({.name = "other"});
    const auto others_job = given::job(db, {.cluster = other});

    EXPECT_EQ(get(me, target + "?job=" + others_job.str()).status, 404);
    EXPECT_EQ(get(me, target + "?job=rubbish").status, 404);
    EXPECT_EQ(get(me, target + "?attempt=3").status, 404);
    EXPECT_EQ(get(me, target + "?attempt=0").status, 422);
    EXPECT_EQ(get(me, target + "?from=1").status, 422);
}

TEST_F(LogApi, OfAClusterWithoutAJobIsEmpty) {
    const auto quiet = given_cluster({.name = "quiet", .status = ClusterStatus::REQUESTED});

    const auto answer = get(me, "/api/v1/clusters/" + quiet.str() + "/logs");

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(schemas.faults("Log", answer.json), "");
    EXPECT_EQ(answer.json.at("jobId"), nullptr);
}

TEST_F(LogApi, AJobComesWithItsStepsAndItsLastLines) {
    db.owner().execute("INSERT INTO job_steps (job_id, attempt, step, position) VALUES ('" + job.str() +
                       "', 2, 'install', 7)");

    const auto answer = get(me, "/api/v1/jobs/" + job.str());

    EXPECT_EQ(schemas.faults("JobDetail", answer.json), "");
    EXPECT_EQ(answer.json.at("steps").at(0).at("step"), "install");
    EXPECT_EQ(answer.json.at("log").size(), 50U);
    EXPECT_EQ(answer.json.at("log").at(49).at("text"), "attempt 2 line 120");
    EXPECT_EQ(get(people.stranger, "/api/v1/jobs/" + job.str()).status, 404);
}

TEST_F(LogApi, AFailedJobSaysWhyAndWhoseTurnItIs) {
    db.owner().execute(
        "UPDATE jobs SET status = 'FAILED', ended_at = now(), error_class = 'quota', error_code = 'vcpu', "
        "error_message = 'not enough', error_hint = 'ask for more', error_turn = 'ADMIN'");

    const auto answer = get(me, "/api/v1/jobs/" + job.str());

    EXPECT_EQ(schemas.faults("JobDetail", answer.json), "");
    EXPECT_EQ(answer.json.at("error").at("turn"), "ADMIN");
    EXPECT_EQ(get(me, target).json.at("isComplete"), true);
}

}  // namespace
}  // namespace desk
