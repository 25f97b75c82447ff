// What pages of a cluster ask for in one query.
#include "core/store/cluster_page.hpp"

#include <gtest/gtest.h>

#include "core/base/text.hpp"
#include "core/store/attempts.hpp"
#include "tests/support/given.hpp"

namespace desk {
namespace {

class ClusterPage : public testing::Test {
  protected:
    ClusterPage() {
        db.owner().execute(
            cat("INSERT INTO job_attempts (job_id, attempt, cluster_id, worker) VALUES ('", job, "', 1, '", cluster,
                "', 'w'); INSERT INTO job_steps (job_id, attempt, step, position, ended_at, outcome) VALUES ('", job,
                "', 1, 'preflight', 1, clock_timestamp(), 'DONE'), ('", job, "', 1, 'install', 2, NULL, NULL); ",
                "INSERT INTO job_logs (job_id, attempt, line, source, level, text) VALUES ('", job,
                "', 1, 1, 'INSTALLER', 'INFO', 'Creating the network'), ('", job,
                "', 1, 2, 'INSTALLER', 'ERROR', 'The Network is full, 100%')"));
    }

    cluster_page::Details details_of(const ClusterId& id) {
        auto tx = db.begin(pg::Mode::read_only);
        auto batch = tx.batch();
        const auto details = cluster_page::details(batch, id);
        return details.of(batch.run());
    }

    TestDb db;
    given::People people = given::people(db);
    const ClusterId cluster = given::cluster(db, {.owner = people.requester, .status = ClusterStatus::CREATING});
    const RequestId request =
        given::request(db, {.cluster = cluster, .requester = people.requester, .state = RequestState::APPROVED});
    const JobId job = given::job(db, {.cluster = cluster, .status = JobStatus::RUNNING, .attempts = 1});
};

TEST_F(ClusterPage, TellsStepsRequestsAndStatesInOneQuery) {
    auto tx = db.begin(pg::Mode::read_only);

    const auto details = details_of(cluster);

    ASSERT_EQ(details.steps.size(), 2U);
    EXPECT_EQ(details.steps[0].outcome, StepOutcome::DONE);
    EXPECT_FALSE(details.steps[1].ended_at);
    ASSERT_EQ(details.requests.size(), 1U);
    EXPECT_EQ(details.requests[0].id, request);
    EXPECT_EQ(details.requests[0].requester_name, "requester");
    ASSERT_EQ(details.timeline.size(), 1U);
    EXPECT_EQ(details.timeline[0].status, ClusterStatus::CREATING);
    EXPECT_EQ(details.timeline[0].from, clusters::timeline(tx, cluster).at(0).from);
    EXPECT_FALSE(details.install_time) << "no history";
    EXPECT_FALSE(details.prereqs);
}

TEST_F(ClusterPage, KnowsHowLongItTakesFromFiveInstallsOn) {
    for (int i = 0; i < 5; ++i) {
        const auto other = given::cluster(db, {.owner = people.requester});
        const auto done = given::job(db, {.cluster = other, .status = JobStatus::SUCCEEDED});
        db.owner().execute(cat(
            "UPDATE jobs SET started_at = now() - interval '10 minutes', ended_at = now() WHERE id = '", done, "'"));
    }
    const auto details = details_of(cluster);

    ASSERT_TRUE(details.install_time);
    EXPECT_EQ(details.install_time->median, 10min);
}

TEST_F(ClusterPage, IsEmptyForACommonNothing) { EXPECT_TRUE(details_of(ClusterId::make()).timeline.empty()); }

TEST_F(ClusterPage, AnAttemptTellsItsStepsAndItsFirstError) {
    auto tx = db.begin(pg::Mode::read_only);

    const auto attempt = attempts::find(tx, job, 1);

    ASSERT_TRUE(attempt);
    EXPECT_EQ(attempt->steps.size(), 2U);
    EXPECT_EQ(attempt->last_line, 2);
    EXPECT_EQ(attempt->first_error->line, 2);
}

TEST_F(ClusterPage, TheTailOfALogIsForItsOwnTeam) {
    const auto reach = [&](const UserId& user) {
        return reach_of(given::principal(db, user), Permission::log_read, Scope::team);
    };
    auto tx = db.begin(pg::Mode::read_only);

    const auto tail = attempts::tail(tx, cluster, job, 1, reach(people.requester));

    ASSERT_TRUE(tail);
    EXPECT_EQ(tail->last_line, 2);
    EXPECT_FALSE(tail->is_over);
    EXPECT_FALSE(attempts::tail(tx, cluster, job, 1, reach(people.stranger)));
    EXPECT_FALSE(attempts::tail(tx, ClusterId::make(), job, 1, given::everywhere())) << "another cluster's job";
    EXPECT_TRUE(attempts::tail(tx, cluster, job, 0, given::everywhere())->is_over) << "a later attempt has begun";
}

TEST_F(ClusterPage, ALogIsSearchedByTerms) {
    auto tx = db.begin(pg::Mode::read_only);
    const auto lines = [&](const char* text) {
        std::vector<int> numbers;
        for (const auto& line : jobs::search_log(tx, job, 1, SearchTerms::parse(text), 100))
            numbers.push_back(line.line);
        return numbers;
    };

    EXPECT_EQ(lines("network"), (std::vector{1, 2}));
    EXPECT_EQ(lines("network -full"), std::vector{1});
    EXPECT_EQ(lines("100%"), std::vector{2});
    EXPECT_EQ(lines("nothing"), std::vector<int>{});
}

}  // namespace
}  // namespace desk
