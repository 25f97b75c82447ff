// Processes that belong to a job, found and ended from /proc alone: also those whose parents are long gone.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <vector>

namespace desk::worker {

/// Living processes of this user that belong to the job whose directory is `dir`: executable, working directory, an
/// argument or an environment value (HOME, TMPDIR) lies in it, or the cgroup is the job's (worker/cgroup.hpp). Never:
/// the caller, its ancestors, and what has a terminal (a person looking at the files). `dir` is absolute and two levels
/// deep at least, else Error{internal}: "/" would mean everybody.
std::vector<pid_t> strays_under(const std::filesystem::path& dir);

/// Living descendants of `root`, however deep, whatever their session.
std::vector<pid_t> descendants_of(pid_t root);

/// What a program leaves behind when it ends gets this long between SIGTERM and SIGKILL: nobody waits for it any more.
inline constexpr std::chrono::milliseconds kLeftoverGrace = std::chrono::seconds(5);

/// Ends whatever `find` finds, until it finds nothing: SIGTERM once for each process, `term_grace`, SIGKILL. 0 =
/// SIGKILL at once. False if some were still there 10 s after SIGKILL.
bool end_processes(const std::function<std::vector<pid_t>()>& find, std::chrono::milliseconds term_grace);

/// Ends every stray under `dir`: a guard among them is asked first, for it ends its own tree in order; then SIGTERM,
/// once for each process (a second one makes the installer give up its teardown), `term_grace`, SIGKILL. Returns when
/// they are gone, false if some were not 10 s after SIGKILL (a disk that hangs). May take twice the grace.
bool end_tree(const std::filesystem::path& dir, std::chrono::milliseconds term_grace);

}  // namespace desk::worker
