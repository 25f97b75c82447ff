// The one way to run another program. Argv only, never a shell; nothing is inherited.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/file.hpp"

namespace desk {

/// What to run, in which world. The child gets /dev/null as stdin, umask 077, a session of its own, default signals,
/// the descriptors 0 to 2, exactly `env`, and nothing else.
struct Command {
    fs::path program = {};                        ///< a path, or a name that is looked up in env's PATH
    std::vector<std::string> args = {};           ///< argv from [1] on; never a secret
    std::map<std::string, std::string> env = {};  ///< the whole environment
    fs::path dir = {};                            ///< working directory; empty = the caller's
    std::chrono::milliseconds timeout = {};       ///< the desk's own deadline; 0 = none
    std::chrono::milliseconds kill_after = std::chrono::seconds(10);  ///< from SIGTERM to SIGKILL
    std::size_t max_line_bytes = 64U << 10U;                          ///< longer lines are cut, with a mark
    std::size_t max_output_bytes = 0;  ///< of both streams together; the rest is read and dropped; 0 = all
};

/// Our own environment, whole: for a child that is ourselves, or that stands in for us.
std::map<std::string, std::string> own_environment();

enum class Stream { out, err };

/// Gets every line in order, as UTF-8, without its end, on the thread that runs the command. If it throws, the program
/// is ended and the exception goes on to the caller.
using LineSink = std::function<void(Stream, std::string_view line)>;

/// How a program came to its end.
enum class Ending {
    own,          ///< by itself: `code` and `signal` are its word
    not_started,  ///< it never ran: `why`
    timed_out,    ///< ended by us: Command::timeout passed
    stopped,      ///< ended by us: a stop was requested, or nobody vouched for it any more
    lost,         ///< what watched it vanished; the program was ended, its exit status is not known
};

struct Exit {
    Ending ending = Ending::own;
    int code = 0;          ///< 0..255 as the program gave it; 128 + signal; 127 when it did not start; 137 when lost
    int signal = 0;        ///< that ended it, or 0
    std::string why = {};  ///< a few words for people; empty when ok

    /// Ended by itself, with 0. Whether it did its work is another question (the installer's help exits 0 too).
    bool ok() const { return ending == Ending::own && code == 0; }
    bool timed_out() const { return ending == Ending::timed_out; }
    bool stopped() const { return ending == Ending::stopped; }
    bool lost() const { return ending == Ending::lost; }
};

/// The Exit of a program that ended by itself with this status of waitpid(2).
Exit exit_of(int wait_status);

/// The seam: steps get one of these and do not know what stands behind it.
class ProcessRunner {
  public:
    virtual ~ProcessRunner() = default;

    /// Runs `command` to its end. A stop request ends it (SIGTERM, `kill_after`, SIGKILL). Throws Error{internal} only
    /// when the system refuses pipes or processes altogether, and whatever `output` throws.
    Exit run(const Command& command, const LineSink& output = {}, const std::stop_token& stop = {}) {
        return do_run(command, output, stop);
    }

  private:
    virtual Exit do_run(const Command& command, const LineSink& output, const std::stop_token& stop) = 0;
};

/// Runs programs as plain children. For short work of a program that starts nothing that outlives it: when it ends,
/// its process group is ended too. What touches a cloud runs under a guard (worker/child.hpp).
class SystemProcessRunner : public ProcessRunner {
    Exit do_run(const Command& command, const LineSink& output, const std::stop_token& stop) override;
};

/// Output of a short command as text, lines joined by LF, one LF behind each.
struct Captured {
    Exit exit = {};
    std::string out = {};
    std::string err = {};
};

/// Runs and keeps the output, at most `max_bytes` of it (lines are not cut).
Captured capture(ProcessRunner& runner, Command command, std::size_t max_bytes = 16U << 20U,
                 const std::stop_token& stop = {});

}  // namespace desk
