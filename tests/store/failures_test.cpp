// Why attempts failed: kept for each of them, with evidence in its own log, and what became of others.
#include "core/store/failures.hpp"

#include <gmock/gmock.h>

#include "core/store/leases.hpp"
#include "core/store/logs.hpp"
#include "core/store/runs.hpp"
#include "tests/support/given.hpp"

namespace desk {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Failures : public testing::Test {
  protected:
    JobId given_job(JobType type = JobType::CREATE) {
        return given::job(db, {.cluster = given::cluster(db, {.owner = people.requester}), .type = type});
    }
    static runs::Failure failure(const std::string& code, std::vector<runs::EvidenceLine> evidence = {}) {
        return {.error_class = FailureClass::quota,
                .code = code,
                .message = "The reason is " + code + ".",
                .hint = "Ask for more.",
                .turn = Turn::ADMIN,
                .evidence = std::move(evidence)};
    }
    /// One attempt of `job`, from its claim to its end.
    void fail_once(const JobId& job, const runs::Failure& failure) {
        auto tx = db.begin();
        const auto claim = leases::claim(tx, job, "host-1", "host-1/1/1", 300s);
        ASSERT_TRUE(claim);
        runs::close_attempt(tx, job, claim->lease.attempt, AttemptOutcome::RETRY, failure);
        runs::retry(tx, job, 0s, failure, runs::Counted::failure);
        leases::release(tx, claim->lease);
        tx.commit();
    }
    void end(const JobId& job, const std::string& status) {
        db.owner().execute("UPDATE jobs SET status = '" + status + "', ended_at = now() WHERE id = '" + job.str() +
                           "'");
    }
    failures::Story story(const JobId& job, int last_attempt = 100) {
        auto tx = db.begin(pg::Mode::read_only);
        return failures::story(tx, job, last_attempt);
    }

    TestDb db;
    given::People people = given::people(db);
};

TEST_F(Failures, OfEarlierAttemptsStayExplained) {
    const auto job = given_job();
    fail_once(job, failure("vpc-limit", {{.line = 7, .text = "VpcLimitExceeded"}, {.line = 0, .text = "the end"}}));
    fail_once(job, failure("throttled"));

    const auto told = story(job);

    ASSERT_THAT(told.attempts, SizeIs(2));
    EXPECT_EQ(told.attempts[0].attempt, 2);
    EXPECT_EQ(told.attempts[0].failure.code, "throttled");
    EXPECT_EQ(told.attempts[1].attempt, 1);
    EXPECT_EQ(told.attempts[1].failure,
              failure("vpc-limit", {{.line = 7, .text = "VpcLimitExceeded"}, {.line = 0, .text = "the end"}}));
}

TEST_F(Failures, AreToldUpToAnAttempt) {
    const auto job = given_job();
    fail_once(job, failure("vpc-limit"));
    fail_once(job, failure("throttled"));

    EXPECT_EQ(story(job, 1).attempts.front().failure.code, "vpc-limit");
    EXPECT_THAT(story(job, 0).attempts, IsEmpty());
}

TEST_F(Failures, RememberHowOthersOfTheSameReasonWentOn) {
    for (const std::string status : {"SUCCEEDED", "FAILED", "CANCELLED"}) {
        const auto other = given_job();
        fail_once(other, failure("vpc-limit"));
        end(other, status);
    }
    fail_once(given_job(), failure("vpc-limit"));
    fail_once(given_job(), failure("throttled"));
    const auto job = given_job();
    fail_once(job, failure("throttled"));
    fail_once(job, failure("vpc-limit"));

    std::vector<failures::Sequel> sequels;
    for (const auto& other : story(job).last_times) sequels.push_back(other.sequel);

    using enum failures::Sequel;
    EXPECT_THAT(sequels, ElementsAre(OPEN, STOPPED, GAVE_UP, SUCCEEDED)) << "newest first, none of the job itself";
}

TEST_F(Failures, TellOfTheNextAttemptHowItWent) {
    const auto other = given_job();
    fail_once(other, failure("vpc-limit"));
    fail_once(other, failure("vpc-limit"));
    {
        auto tx = db.begin();
        const auto claim = leases::claim(tx, other, "host-1", "host-1/1/1", 300s);
        runs::close_attempt(tx, other, claim->lease.attempt, AttemptOutcome::SUCCEEDED);
        runs::close(tx, other, JobStatus::SUCCEEDED, std::nullopt);
        tx.commit();
    }
    const auto job = given_job();
    fail_once(job, failure("vpc-limit"));

    const auto told = story(job).last_times;

    ASSERT_THAT(told, SizeIs(2));
    EXPECT_EQ(told[0].sequel, failures::Sequel::SUCCEEDED);
    EXPECT_EQ(told[1].sequel, failures::Sequel::FAILED_AGAIN);
}

TEST_F(Failures, RememberTheLastTenTimes) {
    const auto other = given_job();
    for (int i = 0; i < 12; ++i) fail_once(other, failure("vpc-limit"));
    const auto job = given_job();
    fail_once(job, failure("vpc-limit"));

    EXPECT_THAT(story(job).last_times, SizeIs(10));
    EXPECT_THAT(story(other).attempts, SizeIs(failures::kMostAttempts)) << "a destroy is tried again for ever";
}

TEST_F(Failures, AreNoneWhereNothingFailed) {
    const auto told = story(given_job());

    EXPECT_THAT(told.attempts, IsEmpty());
    EXPECT_THAT(told.last_times, IsEmpty());
}

TEST_F(Failures, ArePointedToWhereTheyWereSaidLast) {
    const auto job = given_job();
    const auto line = [](const char* source, const char* level, const char* text) {
        return logs::Line{.step = "install", .source = source, .level = level, .text = text};
    };
    auto tx = db.begin();
    logs::append(tx, job, 1, 1,
                 {line("INSTALLER", "ERROR", "it failed"), line("INSTALLER", "ERROR", "it failed"),
                  line("INSTALLER", "INFO", "no fault"), line("INSTALLER_FILE", "ERROR", "it failed"),
                  line("INSTALLER_FILE", "ERROR", "VpcLimitExceeded")});
    logs::append(tx, job, 2, 1, {line("INSTALLER", "ERROR", "of another attempt")});

    EXPECT_THAT(logs::find_faults(tx, job, 1,
                                  {"VpcLimitExceeded", "it failed", "never said", "no fault", "of another attempt"}),
                ElementsAre(5, 2, 0, 0, 0));
}

TEST(TroubledJob, IsTheNewestOrTheOneThatIsCleanedUpAfter) {
    const auto job = [](JobType type, JobStatus status, bool failed) {
        jobs::Job job{.id = JobId::make(), .type = type, .status = status};
        if (failed) job.error_message = "why";
        return job;
    };
    using enum JobType;
    using enum JobStatus;
    const std::vector<jobs::Job> cleaned = {job(DESTROY, SUCCEEDED, false), job(CREATE, FAILED, true)};
    const std::vector<jobs::Job> stuck = {job(DESTROY, RETRYING, true), job(CREATE, FAILED, true)};
    const std::vector<jobs::Job> well = {job(CREATE, SUCCEEDED, false), job(CREATE, FAILED, true)};

    EXPECT_EQ(failures::find_troubled(cleaned), &cleaned[1]);
    EXPECT_EQ(failures::find_troubled(stuck), &stuck[0]);
    const std::vector<jobs::Job> asleep_again = {job(HIBERNATE, SUCCEEDED, false), job(RESUME, FAILED, true)};
    const std::vector<jobs::Job> asleep = {job(HIBERNATE, SUCCEEDED, false), job(VERIFY, FAILED, true)};
    EXPECT_EQ(failures::find_troubled(asleep_again), &asleep_again[1]);
    EXPECT_EQ(failures::find_troubled(asleep), nullptr);
    EXPECT_EQ(failures::find_troubled(well), nullptr);
    EXPECT_EQ(failures::find_troubled({}), nullptr);
}

}  // namespace
}  // namespace desk
