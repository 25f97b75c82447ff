// A cluster's way to READY, by the processes that cron would start.
#include <gmock/gmock.h>

#include "core/base/crypto.hpp"
#include "tests/worker/running_desk.hpp"

namespace desk {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(CreateJob, MakesAClusterReady) {
    RunningDesk desk;
    const auto cluster = desk.order();

    desk.start_tick();

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_GT(desk.resources(), 0);
    EXPECT_EQ(desk.db.value("SELECT string_agg(step, ' ' ORDER BY position) FROM job_steps WHERE outcome = 'DONE'"),
              "preflight prereqs render manifests ignition snapshot install outputs verify");
    EXPECT_EQ(desk.db.value("SELECT outcome || ' ' || phase FROM job_attempts"), "SUCCEEDED installed");
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_locks"), "0");
}

TEST(CreateJob, EndsInAReceiptWhenItsTimeIsOver) {
    RunningDesk desk;
    const auto cluster = desk.order({.ttl_hours = 1});

    desk.start_tick();

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.resources(), 0);
    EXPECT_EQ(desk.db.value("SELECT string_agg(type || ' ' || status, ', ' ORDER BY created_at) FROM jobs"),
              "CREATE SUCCEEDED, JANITOR_DESTROY SUCCEEDED");
    EXPECT_EQ(desk.db.value("SELECT jsonb_array_length(body->'sweeps') FROM receipts"), "2");
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_attempts WHERE infra_id IS NOT NULL AND clean_at IS NULL"), "0");
}

}  // namespace
}  // namespace desk
