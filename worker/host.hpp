// This host as the desk knows it: its name, its boot, its directories, and who a process is.
#pragma once

#include <string>
#include <string_view>

#include "core/base/config.hpp"
#include "core/base/file.hpp"
#include "core/base/id.hpp"

namespace desk::worker {

struct Host {
    std::string name = {};
    std::string boot_id = {};  ///< another one after every start of the kernel
    fs::path work_dir = {};

    /// By configuration and kernel; makes the work directory (0700) and what is in it.
    static Host of(const Config& config);

    /// Everything of one job that runs here lies under it.
    fs::path job_dir(const JobId& job) const { return work_dir / "jobs" / job.str(); }
    fs::path jobs() const { return work_dir / "jobs"; }
    /// Locked (flock) by the job's runner as long as it lives.
    fs::path slot_file(const JobId& job) const { return work_dir / "slots" / job.str(); }
    fs::path slots() const { return work_dir / "slots"; }
    /// Locked by the tick that counts slots and starts runners.
    fs::path spawn_lock() const { return work_dir / "spawn.lock"; }
    fs::path log_file(const JobId& job) const { return work_dir / "log" / (job.str() + ".log"); }
    fs::path logs() const { return work_dir / "log"; }

    /// Who the calling process is: "<boot id>/<pid>/<start time>", which no other process ever is.
    std::string holder() const;
    /// Whether the process of `holder` lives on this host.
    bool is_alive(std::string_view holder) const;
    /// Whether it was started in this boot of the kernel. Another one: before a restart, or on a machine that was given
    /// this one's name by mistake.
    bool is_of_this_boot(std::string_view holder) const;
    /// SIGKILL for it. For a runner that outlived its lease: it is frozen, or it would have ended itself.
    void kill(std::string_view holder) const;
};

/// Tries to lock the whole file, which is made when it is not there; nothing when somebody else has it. The lock ends
/// with the descriptor and all its copies.
UniqueFd try_lock_file(const fs::path& path);

}  // namespace desk::worker
