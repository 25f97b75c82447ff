// `clusterdesk-worker guard`: a small process between a runner and a program that acts on a cloud. A fence protects the
// database, not the cloud; when the runner dies or freezes, the guard ends the program and everything it started.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace desk::worker {

/// The guard's descriptor 3, a socket: bytes coming in are food, its end means "end the tree"; one GuardReport goes
/// out.
inline constexpr int kGuardControl = 3;

/// How the tree came to its end; one JSON line.
struct GuardReport {
    enum class Reason {
        ended,        ///< the program ended by itself
        not_started,  ///< `error` says why
        closed,       ///< the runner closed the control socket, or died
        starved,      ///< no food for the agreed time
        signalled,    ///< somebody sent the guard SIGTERM, SIGINT or SIGHUP
    } reason = Reason::ended;
    int wait_status = 0;  ///< of the program, as waitpid(2) gives it
    int left = 0;         ///< processes that survived SIGKILL (0 unless the kernel holds them)
    std::string error = {};

    std::string to_line() const;
    static std::optional<GuardReport> from_line(std::string_view line);
};

/// The verb. argv: <self> guard --dir DIR --starve-ms N --kill-ms N -- PROGRAM ARG...
/// Runs PROGRAM (environment, working directory and descriptors 1 and 2 are the guard's own) until it ends or must end,
/// then sees to it that nothing of it is left: SIGTERM to the program, N ms, SIGKILL to all; what the program leaves
/// behind gets 5 s. The tree is: every descendant (the guard is a subreaper), the job's cgroup where the host has one,
/// and every stray under DIR. Starving is measured in CLOCK_BOOTTIME, so that a suspended host counts.
/// Exits 0 when the tree is gone, 1 if not, 2 on wrong usage.
int guard_main(int argc, char** argv);

}  // namespace desk::worker
