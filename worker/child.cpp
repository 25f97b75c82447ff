// Runs a program under a guard, as the jobs do: fed while the lease is held, ended with its whole tree when not.
#include "worker/child.hpp"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <optional>
#include <string>

#include "core/base/log.hpp"
#include "core/base/pipe.hpp"
#include "core/base/spawn.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"
#include "worker/guard.hpp"
#include "worker/strays.hpp"

namespace desk::worker {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::array kWayOut = {"HTTP_PROXY", "http_proxy",    "HTTPS_PROXY",   "https_proxy", "NO_PROXY",
                                "no_proxy",   "AWS_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"};

/// A guard ends its tree within its kill time, and then takes this long at most.
constexpr milliseconds kGuardSlack = std::chrono::seconds(30);

Command guard_command(const Command& command, const GuardOptions& options, const fs::path& dir) {
    Command guard = command;
    guard.program = options.program;
    guard.args = {"guard",
                  "--dir",
                  dir.native(),
                  "--starve-ms",
                  std::to_string(options.starve.count()),
                  "--kill-ms",
                  std::to_string(options.kill_after.count()),
                  "--",
                  command.program.native()};
    guard.args.insert(guard.args.end(), command.args.begin(), command.args.end());
    return guard;
}

/// Our side of the control socket.
class Leash {
  public:
    Leash() {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) throw_errno("socketpair");
        ours_.reset(ends[0]);
        guards_.reset(ends[1]);
    }

    int guards_end() const { return guards_.get(); }
    void close_guards_end() { guards_.reset(); }
    pollfd poll_entry() const { return {ours_.get(), POLLIN, 0}; }

    void feed() const {
        // A full socket means a guard that does not eat: it will starve, or is ending its tree already.
        [[maybe_unused]] const auto sent = ::send(ours_.get(), "f", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    }
    void let_go() const { ::shutdown(ours_.get(), SHUT_WR); }

    /// False once the guard has gone.
    bool read_report() {
        std::array<char, 4096> block;
        for (;;) {
            const auto got = ::recv(ours_.get(), block.data(), block.size(), MSG_DONTWAIT);
            if (got > 0) {
                report_.append(block.data(), static_cast<std::size_t>(got));
                continue;
            }
            return got < 0 && (errno == EAGAIN || errno == EINTR);
        }
    }
    std::optional<GuardReport> report() const { return GuardReport::from_line(report_); }

  private:
    UniqueFd ours_, guards_;
    std::string report_;
};

/// Callbacks of the caller. The first exception is kept for the end: until then there is a tree to be ended.
class Outlets {
  public:
    Outlets(const GuardOptions& options, const LineSink& output) : options_(options), output_(output) {}

    LineSink sink() {
        return [this](Stream stream, std::string_view line) {
            if (output_) attempt([&] { output_(stream, line); });
        };
    }
    bool is_alive() {
        bool alive = true;
        if (options_.alive) attempt([&] { alive = options_.alive(); });
        return alive;
    }
    bool failed() const { return failure_ != nullptr; }
    void rethrow() const {
        if (failure_) std::rethrow_exception(failure_);
    }

  private:
    void attempt(const std::function<void()>& call) {
        if (failure_) return;
        try {
            call();
        } catch (...) {
            failure_ = std::current_exception();
        }
    }

    const GuardOptions& options_;
    const LineSink& output_;
    std::exception_ptr failure_;
};

/// Why we ended a program, in words for people.
struct Cause {
    Ending ending = Ending::own;
    std::string why = {};
};

void reap(pid_t pid) {
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
}

Exit exit_from(const std::optional<GuardReport>& report, const std::optional<Cause>& cause,
               const GuardOptions& options) {
    using Reason = GuardReport::Reason;
    if (!report) return {.ending = Ending::lost, .code = 137, .signal = SIGKILL, .why = "its guard was killed"};
    if (report->reason == Reason::not_started)
        return {.ending = Ending::not_started, .code = 127, .why = report->error};

    auto exit = exit_of(report->wait_status);
    if (report->reason == Reason::ended) return exit;
    exit.ending = cause ? cause->ending : Ending::stopped;
    exit.why = report->reason == Reason::starved
                   ? cat("the worker did not run for ", to_words(std::chrono::ceil<seconds>(options.starve)))
               : cause ? cause->why
                       : "its guard was told to end it";
    return exit;
}

}  // namespace

std::map<std::string, std::string> program_environment(const fs::path& dir) {
    std::map<std::string, std::string> env = {{"PATH", kProgramPath},
                                              {"LANG", "C.UTF-8"},
                                              {"HOME", (dir / "home").string()},
                                              {"TMPDIR", (dir / "tmp").string()}};
    for (const char* name : kWayOut)
        if (const char* value = std::getenv(name)) env.emplace(name, value);
    return env;
}

Exit run_guarded(const Command& command, const GuardOptions& options, const LineSink& output,
                 const std::stop_token& stop) {
    Outlets outlets(options, output);
    const bool alive = outlets.is_alive();
    outlets.rethrow();
    if (!alive || stop.stop_requested())
        return {.ending = Ending::stopped, .code = 143, .signal = SIGTERM, .why = "stopped before it began"};

    const auto dir = fs::absolute(options.dir);
    const auto sink = outlets.sink();
    OutputPipes pipes(command, sink);
    const StopBell bell(stop);
    Leash leash;
    const auto started = spawn(guard_command(command, options, dir),
                               {.fds = {-1, pipes.child_out(), pipes.child_err(), leash.guards_end()}});
    if (!started) return {.ending = Ending::not_started, .code = 127, .why = cat("guard: ", started.error())};
    pipes.close_child_ends();
    leash.close_guards_end();

    const auto begun = steady_clock::now();
    const auto deadline = command.timeout.count() > 0 ? begun + command.timeout : Tick::max();
    const auto meal = std::min<milliseconds>(options.starve / 9, std::chrono::seconds(10));
    bool is_held = true;
    const auto find_cause = [&](Tick now) -> std::optional<Cause> {
        if (outlets.failed()) return Cause{Ending::stopped, "stopped by an error of the worker"};
        if (!is_held) return Cause{Ending::stopped, "the lease was lost"};
        if (stop.stop_requested()) return Cause{Ending::stopped, "stopped"};
        if (now < deadline) return std::nullopt;
        return Cause{Ending::timed_out, cat("timed out after ", to_words(std::chrono::ceil<seconds>(command.timeout)))};
    };

    std::optional<Cause> cause;
    auto next_meal = begun;
    auto give_up = Tick::max();
    while (leash.read_report()) {
        const auto now = steady_clock::now();
        if (!cause && now >= next_meal) {
            is_held = outlets.is_alive();
            if (is_held) leash.feed();
            next_meal = now + meal;
        }
        if (!cause && (cause = find_cause(now))) {
            leash.let_go();
            give_up = now + options.kill_after + kLeftoverGrace + kGuardSlack;
        }
        if (now >= give_up) ::kill(*started, SIGKILL);
        std::array<pollfd, 4> waits = {pipes.poll_out(), pipes.poll_err(), leash.poll_entry(),
                                       cause ? pollfd{-1, 0, 0} : bell.poll_entry()};
        ::poll(waits.data(), waits.size(), poll_timeout(cause ? give_up : std::min(deadline, next_meal)));
        pipes.read();
    }
    reap(*started);

    const auto report = leash.report();
    // Without its word the tree may live on: the death signal reaches the program, not what it started.
    if ((!report || report->left > 0) && !end_tree(dir, std::min(kLeftoverGrace, options.kill_after)))
        log::error("processes_left", {{"dir", dir.native()}});
    pipes.finish();
    outlets.rethrow();
    return exit_from(report, cause, options);
}

GuardedRunner::GuardedRunner(GuardOptions options, std::stop_token stop)
    : options_(std::move(options)), stop_(std::move(stop)) {}

Exit GuardedRunner::do_run(const Command& command, const LineSink& output, const std::stop_token& stop) {
    std::stop_source either;
    const auto request = [&] { either.request_stop(); };
    const std::stop_callback on_job(stop_, request), on_run(stop, request);
    return run_guarded(command, options_, output, either.get_token());
}

}  // namespace desk::worker
