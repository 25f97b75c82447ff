// Runs a program under a guard, as the jobs do: fed while the lease is held, ended with its whole tree when not.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <stop_token>
#include <string>

#include "core/base/process.hpp"

namespace desk::worker {

/// What programs find on their PATH.
inline constexpr const char* kProgramPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// What every program of a job has in its environment: PATH, LANG, HOME and TMPDIR in `dir`, and of the worker's own
/// environment only the way out: proxies, and which authorities are trusted.
std::map<std::string, std::string> program_environment(const fs::path& dir);

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
