// What an installer leaves running when it is killed: ended before anybody else goes on with its job.
#include <signal.h>
#include <sys/stat.h>

#include "tests/worker/host_trouble.hpp"

namespace desk {
namespace {

using testing::IsEmpty;
using testing::Not;

/// The provider goes on creating when its installer is killed. Whoever ends it has to do so before the next attempt.
class Containment : public HostTrouble {
  protected:
    /// When the newest file of the demo cloud was written: seconds since 1970, by the clock that the database reads
    /// too.
    double newest() const {
        double time = 0;
        for (const auto& file : desk.leftovers()) {
            struct stat status {};
            if (::stat((desk.dir / "cloud" / file).c_str(), &status) != 0) continue;  // gone meanwhile
            time = std::max(
                time, static_cast<double>(status.st_mtim.tv_sec) + static_cast<double>(status.st_mtim.tv_nsec) / 1e9);
        }
        return time;
    }
    /// Whether something is made in the cloud after `then`.
    bool goes_on_since(double then) {
        for (const auto& file : desk.leftovers())  // it makes 64 interfaces at most, and again those that are gone
            if (file.find("network-interface-") != std::string::npos) fs::remove(desk.dir / "cloud" / file);
        return comes_true([&] { return newest() > then; });
    }
    /// Whether the first attempt was over when the newest file was there already.
    std::string was_the_last_thing() {
        return desk.db.value("SELECT to_timestamp(" + std::to_string(newest()) +
                             ") <= ended_at FROM job_attempts WHERE attempt = 1");
    }
    void hold_back_the_next_attempt() {
        desk.db.owner().execute("INSERT INTO brakes (name, reason, by_id) VALUES ('NO_CREATES', 'a test', '" +
                                desk.people.admin.str() + "')");
    }
};

TEST_F(Containment, EndsWhatAnInstallerThatIsKilledLeavesBehind) {
    desk.script_installer(R"(case "$*" in "create cluster"*) export DEMO_FAIL=oom:1;; esac; exec $INSTALLER "$@")");
    const auto cluster = desk.order({.ttl_hours = 24});
    desk.start_tick();
    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM job_locks", "1"));
    hold_back_the_next_attempt();

    ASSERT_TRUE(desk.comes_true("SELECT outcome FROM job_attempts WHERE attempt = 1", "RETRY")) << desk.story(cluster);

    EXPECT_THAT(providers(), IsEmpty());
    EXPECT_EQ(was_the_last_thing(), "true") << "something was created after the attempt was over";
    EXPECT_THAT(desk.leftovers(), Not(IsEmpty()));
    desk.db.owner().execute("DELETE FROM brakes");
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    expect_ends_clean(cluster);
}

TEST_F(Containment, EndsAProviderThatOutlivedAllItsParentsBeforeTheRescue) {
    const auto cluster = hang();
    ASSERT_TRUE(comes_true([&] { return !providers().empty(); }));
    const auto runner = desk.runner_of(cluster), guard = desk.processes(" guard ").at(0);
    hold_back_the_next_attempt();

    for (const auto pid : {tick, runner, guard}) ::kill(pid, SIGSTOP);  // none of them may see the others go
    for (const auto pid : {tick, runner, guard}) ::kill(pid, SIGKILL);
    ASSERT_TRUE(comes_true([&] { return installers().empty(); })) << "the installer outlived its guard";
    ASSERT_TRUE(goes_on_since(newest())) << "the provider should go on: without that this test proves nothing";

    desk.start_tick();
    ASSERT_TRUE(desk.comes_true("SELECT outcome FROM job_attempts WHERE attempt = 1", "WORKER_LOST"))
        << desk.story(cluster);
    EXPECT_THAT(providers(), IsEmpty()) << "the job was given on while it still created";
    EXPECT_EQ(was_the_last_thing(), "true") << "something was created after the rescue";
    desk.db.owner().execute("DELETE FROM brakes");
    expect_ends_clean(cluster);
}

TEST_F(Containment, HoldsWhenTheSameJobLosesItsWorkerAgain) {
    const auto cluster = hang();

    for (const char* lost : {"1", "2"}) {
        ASSERT_TRUE(comes_true([&] { return !providers().empty(); })) << desk.story(cluster);
        const auto runner = desk.runner_of(cluster), guard = desk.processes(" guard ").at(0);
        for (const auto pid : {runner, guard}) ::kill(pid, SIGSTOP);
        for (const auto pid : {runner, guard}) ::kill(pid, SIGKILL);
        ASSERT_TRUE(desk.comes_true("SELECT workers_lost FROM jobs", lost)) << desk.story(cluster);
        ASSERT_TRUE(desk.comes_true(kInstalls, "1")) << desk.story(cluster);
    }

    expect_ends_clean(cluster);
}

}  // namespace
}  // namespace desk
