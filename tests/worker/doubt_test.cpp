// The database goes away at the worst moment: while a runner's COMMIT is under way. What is not known is looked up.
#include <gtest/gtest.h>

#include "tests/worker/life_traces.hpp"

namespace desk {
namespace {

/// From now on the server ends the connection in the first COMMIT that contains a change of `table` where `when` holds.
void cut_commit_of(RunningDesk& desk, const std::string& table, const std::string& when) {
    desk.db.owner().execute(
        "CREATE SEQUENCE cuts;"  // not transactional: it remembers what was undone
        "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN "
        "IF nextval('cuts') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); END IF; "
        "RETURN NULL; END $$;"
        "CREATE CONSTRAINT TRIGGER cut AFTER INSERT OR UPDATE ON " +
        table + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (" + when + ") EXECUTE FUNCTION cut()");
}

struct Moment {
    const char* name;
    const char* table;
    const char* when;
};
class CommitInDoubt : public testing::TestWithParam<Moment> {};

TEST_P(CommitInDoubt, CostsNothingButALook) {
    RunningDesk desk;
    cut_commit_of(desk, GetParam().table, GetParam().when);
    const auto cluster = desk.order({.ttl_hours = 1});

    desk.start_tick();

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT last_value > 0 AND is_called FROM cuts"), "true") << "no commit was cut";
    expect_undisturbed_lives(desk, {cluster});
}

INSTANTIATE_TEST_SUITE_P(Of, CommitInDoubt,
                         testing::Values(Moment{"AStep", "job_steps", "NEW.step = 'render' AND NEW.outcome = 'DONE'"},
                                         Moment{"TheKey", "job_attempts", "NEW.infra_id IS NOT NULL"},
                                         Moment{"ThePhase", "job_attempts", "NEW.phase = 'cloud'"},
                                         Moment{"ALine", "job_logs", "NEW.source = 'INSTALLER' AND NEW.line > 20"},
                                         Moment{"Ready", "clusters", "NEW.status = 'READY'"},
                                         Moment{"TheReceipt", "receipts", "NEW.sha256 IS NOT NULL"}),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace desk
