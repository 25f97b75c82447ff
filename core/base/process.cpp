// The one way to run another program. Argv only, never a shell; nothing is inherited.
#include "core/base/process.hpp"

#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>

#include "core/base/pipe.hpp"
#include "core/base/spawn.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"

namespace desk {
namespace {

/// A child and its process group; neither outlives this.
class Child {
  public:
    explicit Child(pid_t pid) : pid_(pid), handle_(open_handle(pid)) {
        if (handle_) return;
        const int error = errno;
        end();
        errno = error;
        throw_errno("pidfd_open");
    }
    ~Child() {
        if (pid_ > 0) end();
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// For poll(2): readable once the child has ended.
    pollfd poll_entry() const { return {handle_.get(), POLLIN, 0}; }
    /// The group's number is the child's, and is not used again before the child is reaped.
    void signal_group(int signal) const { ::kill(-pid_, signal); }
    /// Kills what is left of the group and returns the child's wait status.
    int end() {
        signal_group(SIGKILL);
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        pid_ = 0;
        return status;
    }

  private:
    /// The header of glibc 2.36 can't be used from C++.
    static int open_handle(pid_t pid) { return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)); }

    pid_t pid_;
    UniqueFd handle_;
};

}  // namespace

std::map<std::string, std::string> own_environment() {
    std::map<std::string, std::string> own;
    for (char** entry = ::environ; *entry != nullptr; ++entry) {
        const std::string_view variable(*entry);
        const auto equals = variable.find('=');
        if (equals != std::string_view::npos) own.emplace(variable.substr(0, equals), variable.substr(equals + 1));
    }
    return own;
}

Exit exit_of(int wait_status) {
    if (WIFSIGNALED(wait_status)) {
        const int signal = WTERMSIG(wait_status);
        const char* const name = ::sigdescr_np(signal);
        return {.code = 128 + signal,
                .signal = signal,
                .why = cat("ended by signal ", signal, " (", name != nullptr ? name : "?", ")")};
    }
    const int code = WEXITSTATUS(wait_status);
    return {.code = code, .why = code == 0 ? std::string() : cat("exit status ", code)};
}

Exit SystemProcessRunner::do_run(const Command& command, const LineSink& output, const std::stop_token& stop) {
    OutputPipes pipes(command, output);
    const StopBell bell(stop);
    const auto started = spawn(command, {.fds = {-1, pipes.child_out(), pipes.child_err()}});
    if (!started) return {.ending = Ending::not_started, .code = 127, .why = started.error()};
    pipes.close_child_ends();
    Child child(*started);

    const auto begun = std::chrono::steady_clock::now();
    const bool bounded = command.timeout.count() > 0;
    auto due = bounded ? begun + command.timeout : Tick::max();
    std::optional<Ending> ended_by_us;
    std::array<pollfd, 4> waits{};
    do {
        const auto now = std::chrono::steady_clock::now();
        if (ended_by_us && now >= due) {
            child.signal_group(SIGKILL);
            due = Tick::max();
        } else if (!ended_by_us && (stop.stop_requested() || now >= due)) {
            ended_by_us = stop.stop_requested() ? Ending::stopped : Ending::timed_out;
            child.signal_group(SIGTERM);
            due = now + command.kill_after;
        }
        waits = {pipes.poll_out(), pipes.poll_err(), child.poll_entry(),
                 ended_by_us ? pollfd{-1, 0, 0} : bell.poll_entry()};
        ::poll(waits.data(), waits.size(), poll_timeout(due));
        pipes.read();
    } while (waits[2].revents == 0);

    auto exit = exit_of(child.end());
    pipes.finish();
    if (ended_by_us == Ending::stopped) exit.why = "stopped";
    if (ended_by_us == Ending::timed_out)
        exit.why = cat("timed out after ", to_words(std::chrono::ceil<seconds>(command.timeout)));
    exit.ending = ended_by_us.value_or(Ending::own);
    return exit;
}

Captured capture(ProcessRunner& runner, Command command, std::size_t max_bytes, const std::stop_token& stop) {
    command.max_line_bytes = max_bytes;
    command.max_output_bytes = max_bytes;
    Captured captured;
    const auto keep = [&](Stream stream, std::string_view line) {
        (stream == Stream::out ? captured.out : captured.err).append(line) += '\n';
    };
    captured.exit = runner.run(command, keep, stop);
    return captured;
}

}  // namespace desk
