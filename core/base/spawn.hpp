// fork and exec, safe in a program with threads. Who wants a program's output and end uses process.hpp.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "core/base/process.hpp"
#include "core/base/result.hpp"

namespace desk {

/// How a child hangs together with us.
struct Wiring {
    std::vector<int> fds = {-1, -1, -1};  ///< [n] = which descriptor of ours is n in the child; -1 = /dev/null
    int parent_death_signal = 0;          ///< sent when the thread that spawned ends; 0 = none
    int cgroup_procs = -1;                ///< cgroup.procs, open for writing: the child enters it before it runs
};

/// Starts `command` (its timeout and output fields are not looked at) and returns its pid; the caller reaps it. The
/// child leads a session and process group of its own. The failure says why there is no such process running, for
/// example "/opt/x: No such file or directory". Throws Error{internal} when fork fails.
Result<pid_t, std::string> spawn(const Command& command, const Wiring& wiring = {});

}  // namespace desk
