// Sleep and waking up: machines stop and start, by the processes that cron would start.
#include <gmock/gmock.h>

#include "core/base/file.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/store/power.hpp"
#include "tests/worker/running_desk.hpp"

namespace desk {
namespace {

class Hibernation : public testing::Test {
  protected:
    Hibernation() {
        desk.seconds_per_hour = 6;  // long enough for what happens before its end
        cluster = desk.order({.ttl_hours = 12});
        desk.start_tick();
    }

    bool is_ready() { return desk.reaches(cluster, ClusterStatus::READY); }
    void ask(jobs::Wish (*wish)(pg::Transaction&, const clusters::Cluster&, const Actor&)) {
        auto tx = desk.db.begin();
        wish(tx, clusters::lock(tx, cluster), Actor::desk("test"));
        tx.commit();
    }
    /// Machines of the demo cloud in this state.
    int machines(const std::string& state) const {
        int count = 0;
        for (const auto& file : desk.leftovers()) {
            if (file.find("instance-") == std::string::npos) continue;
            const auto document = parse_json(read_file(desk.dir / "cloud" / file));
            count += document.ok() && document->value("type", "") == "instance" &&
                     document->value("state", "running") == state;
        }
        return count;
    }
    std::string steps_of(const char* type) {
        return desk.db.value(
            cat("SELECT string_agg(step, ' ' ORDER BY position) FROM job_steps s JOIN jobs j ON j.id = "
                "s.job_id WHERE s.outcome = 'DONE' AND j.type = '",
                type, "'"));
    }

    RunningDesk desk;
    ClusterId cluster;
};

TEST_F(Hibernation, StopsEveryMachineAndWakesThemUpAgain) {
    ASSERT_TRUE(is_ready()) << desk.story(cluster);
    const int all = machines("running");
    ASSERT_GT(all, 0);
    const auto deadline = desk.db.value("SELECT destroy_at FROM clusters");

    ask(power::hibernate);
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::HIBERNATED)) << desk.story(cluster);
    EXPECT_EQ(machines("stopped"), all);
    EXPECT_EQ(steps_of("HIBERNATE"), "stop-machines wait-stopped");

    ask(power::resume);
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_EQ(machines("running"), all);
    EXPECT_EQ(steps_of("RESUME"), "start-machines wait-machines wait-operators");
    EXPECT_EQ(desk.db.value("SELECT destroy_at FROM clusters"), deadline) << "sleep gives no more time";
}

TEST_F(Hibernation, IsRefusedInAnyOtherState) {
    ASSERT_TRUE(is_ready()) << desk.story(cluster);

    EXPECT_THROW(ask(power::resume), Error);
    ask(power::hibernate);
    EXPECT_THROW(ask(power::hibernate), Error);
}

TEST_F(Hibernation, DoesNotKeepAClusterFromItsEnd) {
    ASSERT_TRUE(is_ready()) << desk.story(cluster);
    ask(power::hibernate);
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::HIBERNATED)) << desk.story(cluster);

    desk.destroy(cluster);

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.resources(), 0);
}

TEST_F(Hibernation, OfAClusterWhoseMachinesAreGoneEndsInSleepAgain) {
    ASSERT_TRUE(is_ready()) << desk.story(cluster);
    ask(power::hibernate);
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::HIBERNATED)) << desk.story(cluster);
    for (const auto& file : desk.leftovers())
        if (file.find("instance-") != std::string::npos) fs::remove(desk.dir / "cloud" / file);

    ask(power::resume);

    ASSERT_TRUE(desk.comes_true("SELECT error_code FROM jobs WHERE type = 'RESUME'", "no-machines"))
        << desk.story(cluster);
    EXPECT_EQ(desk.status(cluster), ClusterStatus::HIBERNATED);
}

}  // namespace
}  // namespace desk
