// A cgroup of its own for a job's program, where the host allows it: nothing escapes from it, and one write kills all.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/file.hpp"

namespace desk::worker {

/// A child of the caller's own cgroup (version 2). On a host that has none, or does not let us write there, it stays
/// empty and does nothing: the guard has other means too.
class JobCgroup {
  public:
    explicit JobCgroup(const fs::path& job_dir);
    ~JobCgroup();
    JobCgroup(const JobCgroup&) = delete;
    JobCgroup& operator=(const JobCgroup&) = delete;

    /// For Wiring::cgroup_procs; -1 without a cgroup.
    int procs() const { return procs_.get(); }
    /// SIGKILL for every member at the same time (Linux 5.14).
    void kill() const;

    /// Takes away the cgroup that a guard left when it was killed, if it is empty and below the caller's own.
    static void remove_left(const fs::path& job_dir);

    /// "clusterdesk-", the directory's name and eight hex digits that stand for the whole path.
    static std::string name_for(const fs::path& job_dir);

  private:
    fs::path path_;
    UniqueFd procs_;
};

}  // namespace desk::worker
