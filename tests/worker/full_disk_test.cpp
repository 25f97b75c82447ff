// A work directory without room: named, waited for, and nothing is lost.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "tests/worker/host_trouble.hpp"

namespace desk {
namespace {

using testing::IsEmpty;

/// The work directory is a small disk of its own, which the worker alone sees; its files are reached through the tick.
class FullDisk : public HostTrouble {
  protected:
    void SetUp() override {
        if (!has_namespaces()) GTEST_SKIP() << "this kernel lets nobody make mount namespaces: no small disk";
        make_dir(desk.dir / "work");
        installer = fs::file_size(desk.config.demo.installer);  // is unpacked into each job's directory
        desk.launch_in_namespaces(cat("mount -t tmpfs -o nr_inodes=500,size=", 3 * installer + (8U << 20U), " disk '",
                                      (desk.dir / "work").string(), "'"));
    }
    /// As the worker sees it.
    fs::path disk() const {
        return fs::path("/proc") / std::to_string(tick) / "root" / desk.dir.path().relative_path() / "work";
    }
    void start() {
        tick = desk.start_tick();
        ASSERT_TRUE(comes_true([&] { return fs::exists(disk() / "spawn.lock"); }));
    }
    /// Writes until nothing goes in any more, then gives back `room` bytes.
    void fill(std::uintmax_t room = 0) const {
        const UniqueFd file(::open((disk() / "filler").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
        const std::string block(1U << 16U, 'x');
        while (::write(file.get(), block.data(), block.size()) > 0) {
        }
        const auto size = fs::file_size(disk() / "filler");
        fs::resize_file(disk() / "filler", size - std::min(room, size));
    }
    void make_room() const { fs::remove(disk() / "filler"); }

    std::uintmax_t installer = 0;  ///< bytes
};

TEST_F(FullDisk, KeepsAHostFromTakingJobs) {
    desk.config.worker.room_mb = 4;
    start();
    fill();
    const auto cluster = desk.order({.ttl_hours = 24});

    ASSERT_TRUE(comes_true([&] { return read_file(desk.dir / "tick.log").find("no_room") != std::string::npos; }));
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', status, attempts) FROM jobs"), "PENDING 0");
    make_room();

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', attempts, failures, workers_lost) FROM jobs"), "1 0 0");
    expect_ends_clean(cluster);
}

TEST_F(FullDisk, BeforeTheInstallationIsNamedAndTriedAgain) {
    start();
    fill();
    const auto cluster = desk.order({.ttl_hours = 24});

    ASSERT_TRUE(desk.comes_true("SELECT outcome FROM job_attempts WHERE attempt = 1", "RETRY")) << desk.story(cluster);
    make_room();

    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', error_code, error_turn) FROM jobs"), "disk-full ADMIN")
        << desk.story(cluster);
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', failures >= 1, workers_lost) FROM jobs"), "t 0");
    expect_ends_clean(cluster);
}

TEST_F(FullDisk, UnderTheInstallerIsNamedClearedAndTriedAgain) {
    start();
    fill(installer / 2);  // enough for assets and the snapshot, not for what `create cluster` unpacks
    const auto cluster = desk.order({.ttl_hours = 24});

    ASSERT_TRUE(desk.comes_true("SELECT outcome FROM job_attempts WHERE attempt = 1", "RETRY")) << desk.story(cluster);
    make_room();

    EXPECT_EQ(desk.db.value("SELECT error_code FROM jobs"), "disk-full") << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT phase FROM job_attempts WHERE attempt = 1"), "cloud");
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT count(*) > 0 FROM job_steps WHERE step = 'clear' AND outcome = 'DONE'"), "true");
    expect_ends_clean(cluster);
}

TEST_F(FullDisk, LetsADestroyGoOnWhenThereIsRoom) {
    start();
    const auto cluster = desk.order({.ttl_hours = 24});
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM job_locks", "0"));
    fill();

    desk.destroy(cluster);
    ASSERT_TRUE(desk.comes_true("SELECT failures > 0 FROM jobs WHERE type = 'DESTROY'", "true")) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT error_code FROM jobs WHERE type = 'DESTROY'"), "disk-full");
    make_room();

    EXPECT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_THAT(desk.leftovers(), IsEmpty());
}

TEST_F(FullDisk, WithoutAFileMoreLetsTheTickGoOnWithItsOtherWork) {
    start();
    const auto doomed = desk.order({.name = "doomed", .ttl_hours = 24});
    ASSERT_TRUE(desk.reaches(doomed, ClusterStatus::READY)) << desk.story(doomed);
    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM job_locks", "0"));
    for (int i = 0; UniqueFd(::open((disk() / cat("file-", i)).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600)); ++i) {
    }

    const auto cluster = desk.order({.ttl_hours = 24});
    desk.db.owner().execute("UPDATE clusters SET destroy_at = now() WHERE name = 'doomed'");

    EXPECT_TRUE(desk.comes_true("SELECT destroy_wanted_by FROM clusters WHERE name = 'doomed'", "ttl"))
        << desk.story(doomed);
    EXPECT_EQ(::kill(tick, 0), 0) << "the tick ended: " << desk.story(cluster);
    for (const auto& entry : fs::directory_iterator(disk()))
        if (entry.path().filename().string().starts_with("file-")) fs::remove(entry.path());
    EXPECT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_TRUE(desk.reaches(doomed, ClusterStatus::DESTROYED)) << desk.story(doomed);
}

}  // namespace
}  // namespace desk
