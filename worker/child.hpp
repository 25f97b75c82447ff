// Runs a program under a guard, as the jobs do: fed while the lease is held, ended with its whole tree when not.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <stop_token>

#include "core/base/process.hpp"

namespace desk::worker {

/// What programs of a job find on their PATH; nothing of the worker's own environment.
inline constexpr const char* kProgramPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

struct GuardOptions {
    fs::path dir = {};                    ///< the job's directory; one guarded program at a time under it
    fs::path program = "/proc/self/exe";  ///< what knows the verb `guard`
    std::chrono::milliseconds starve = std::chrono::minutes(3);
    std::chrono::milliseconds kill_after = std::chrono::seconds(90);  ///< instead of Command::kill_after
    /// Whether the lease is held; asked every starve / 9, at most every 10 s. False ends the tree. Empty: always.
    std::function<bool()> alive = {};
};

/// Runs `command` under a guard and returns when it and everything it started are gone. Ended early by its timeout,
/// by `stop`, when `alive` says no (both: Ending::stopped), or when `output` or `alive` throw (the tree is ended, then
/// the exception goes on). May be called on any thread. Throws Error{internal} when the system refuses sockets or
/// processes.
Exit run_guarded(const Command& command, const GuardOptions& options, const LineSink& output = {},
                 const std::stop_token& stop = {});

/// run_guarded as the ProcessRunner of a job's steps; ends its programs when either `stop` asks: the job's own, given
/// here (cancel, deadline, lease), or that of one run.
class GuardedRunner : public ProcessRunner {
  public:
    explicit GuardedRunner(GuardOptions options, std::stop_token stop = {});

  private:
    Exit do_run(const Command& command, const LineSink& output, const std::stop_token& stop) override;

    GuardOptions options_;
    std::stop_token stop_;
};

}  // namespace desk::worker
