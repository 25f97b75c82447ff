// A desk whose installer hangs, for tests of what a host can do to its own worker.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/base/text.hpp"
#include "tests/support/living_files.hpp"
#include "tests/worker/running_desk.hpp"

namespace desk {

class HostTrouble : public testing::Test {
  protected:
    static constexpr const char* kInstalls =
        "SELECT count(*) FROM job_steps WHERE step = 'install' AND ended_at IS NULL";

    HostTrouble() { desk.config.worker.kill_seconds = 1; }

    /// A cluster whose installer waits for ever, in a tick of `host`.
    ClusterId hang(const std::string& host = {}) {
        const auto cluster = desk.order({.ttl_hours = 24, .failure = DemoFailure::HANG});
        tick = desk.start_tick(host);
        if (!desk.comes_true(kInstalls, "1") || !comes_true([&] { return !installers().empty(); }))
            throw std::runtime_error("the installer did not begin" + desk.story(cluster));
        return cluster;
    }
    std::vector<pid_t> installers() const {
        auto found = desk.processes("create cluster");  // the guard has it in its arguments too
        std::erase_if(found,
                      [guards = desk.processes(" guard ")](pid_t pid) { return std::ranges::count(guards, pid) > 0; });
        return found;
    }
    std::vector<pid_t> providers() const { return desk.processes("cluster-api-provider"); }

    /// Everything that the rows say about the first attempt, and what is in the file store.
    std::string written() {
        std::string all;
        for (const char* table : {"job_logs", "job_steps", "job_attempts"})
            all += desk.db.value(cat("SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') FROM ", table,
                                     " t WHERE t.attempt = 1"));
        for (const char* table : {"cluster_artifacts", "audit_events", "receipts", "cluster_outputs"})
            all += desk.db.value(cat("SELECT count(*) FROM ", table)) + " " + table + "\n";
        for (const auto& file : files_below(desk.dir / "store")) all += file.string() + "\n";
        return all;
    }

    /// Asks for the end of `cluster`, and expects that nothing of it is left.
    void expect_ends_clean(const ClusterId& cluster) {
        desk.destroy(cluster);
        EXPECT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
        EXPECT_THAT(desk.leftovers(), testing::IsEmpty());
        EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_locks"), "0");
    }

    RunningDesk desk;
    pid_t tick = 0;
};

}  // namespace desk
