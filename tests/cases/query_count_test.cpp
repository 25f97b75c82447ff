// No page of clusters asks the database more than five times, whatever state its cluster is in.
#include "core/base/fault_point.hpp"
#include "tests/cases/api_desk.hpp"

namespace desk {
namespace {

/// Counts statements of pages; what every request asks for (who is it) is not theirs.
class StatementCount : public FaultHook {
  public:
    StatementCount() { fault_hook = this; }
    ~StatementCount() override { fault_hook = nullptr; }
    void reached(std::string_view point) override {
        if (!point.starts_with("sql>")) return;
        const auto name = point.substr(4);
        if (name.starts_with("BEGIN") || name == "ROLLBACK" || name == "COMMIT" || name.starts_with("sessions_"))
            return;
        names.emplace_back(name);
    }
    void works_on(std::string_view) override {}

    std::vector<std::string> names;
};

class QueryCount : public ApiDesk {
  protected:
    void expect_few(const std::string& path, const UserId& user) {
        const auto session = given::session(db, user);
        const Headers headers = {{"HTTP_COOKIE", "desk_session=" + session.session}};
        StatementCount count;
        const auto answer = call("GET", path, headers);
        EXPECT_EQ(answer.status, 200) << path;
        EXPECT_LE(count.names.size(), 5U) << path << ": " << join(count.names, ", ");
        EXPECT_GE(count.names.size(), 1U) << "nothing was counted";
    }
    ClusterId cluster_with_job(ClusterStatus status, JobType type, JobStatus job_status) {
        const auto cluster = given::cluster(db, {.owner = people.requester, .status = status});
        given::request(db, {.cluster = cluster, .requester = people.requester, .state = RequestState::APPROVED});
        const auto job = given::job(db, {.cluster = cluster, .type = type, .status = job_status, .attempts = 1});
        db.owner().execute(cat(
            "UPDATE jobs SET error_class = 'cloud', error_code = 'x', error_message = 'It broke.', error_hint = '', "
            "error_turn = 'ADMIN', failures = 1 WHERE id = '",
            job,
            "'; INSERT INTO job_attempts (job_id, attempt, cluster_id, worker, ended_at, outcome, error_class, "
            "error_code, error_message, error_hint, error_turn) VALUES ('",
            job, "', 1, '", cluster, "', 'w', now(), 'RETRY', 'cloud', 'x', 'It broke.', '', 'ADMIN')"));
        return cluster;
    }
};

TEST_F(QueryCount, OfTheListIsFiveAtMost) {
    given::cluster(db, {.owner = people.requester});

    for (const char* path : {"/clusters", "/clusters?whose=all&sort=name&q=demo", "/clusters.csv?whose=all"})
        expect_few(path, people.requester);
}

TEST_F(QueryCount, OfAClusterIsFiveAtMostInEveryState) {
    struct Given {
        ClusterStatus status;
        JobType type;
        JobStatus job;
    };
    for (const auto& [status, type, job] : {Given{ClusterStatus::CREATING, JobType::CREATE, JobStatus::RETRYING},
                                            Given{ClusterStatus::READY, JobType::VERIFY, JobStatus::FAILED},
                                            Given{ClusterStatus::FAILED, JobType::CREATE, JobStatus::FAILED},
                                            Given{ClusterStatus::DESTROYING, JobType::DESTROY, JobStatus::RETRYING},
                                            Given{ClusterStatus::DESTROY_FAILED, JobType::DESTROY, JobStatus::RETRYING},
                                            Given{ClusterStatus::HIBERNATED, JobType::HIBERNATE, JobStatus::FAILED}}) {
        const auto cluster = cluster_with_job(status, type, job);
        SCOPED_TRACE(text(status));
        expect_few("/clusters/" + cluster.str(), people.requester);
        expect_few("/clusters/" + cluster.str() + "/logs", people.requester);
    }
}

TEST_F(QueryCount, OfWhoWatchesALogIsOneWhileNothingIsNew) {
    const auto cluster = given::cluster(db, {.owner = people.requester, .status = ClusterStatus::CREATING});
    const auto job = given::job(db, {.cluster = cluster, .status = JobStatus::RUNNING, .attempts = 1});
    db.owner().execute(cat("INSERT INTO job_attempts (job_id, attempt, cluster_id, worker) VALUES ('", job, "', 1, '",
                           cluster,
                           "', 'w'); INSERT INTO job_logs (job_id, attempt, line, source, level, text) VALUES ('", job,
                           "', 1, 1, 'INSTALLER', 'INFO', 'one')"));
    const auto session = given::session(db, people.requester);
    Headers headers = {{"HTTP_COOKIE", "desk_session=" + session.session}};
    const std::string path = cat("/clusters/", cluster, "/logs/lines?job=", job, "&attempt=1&after=1");
    const auto first = call("GET", path, headers);
    ASSERT_EQ(first.status, 200) << first.body;

    headers["HTTP_IF_NONE_MATCH"] = first.header("ETag");
    StatementCount count;
    EXPECT_EQ(call("GET", path, headers).status, 304);
    EXPECT_EQ(count.names, std::vector<std::string>{"attempts_tail"});
}

}  // namespace
}  // namespace desk
