// `clusterdesk-worker guard`: a small process between a runner and a program that acts on a cloud.
#include "worker/guard.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <exception>
#include <iterator>
#include <span>
#include <vector>

#include "core/base/file.hpp"
#include "core/base/json.hpp"
#include "core/base/pipe.hpp"
#include "core/base/spawn.hpp"
#include "core/base/text.hpp"
#include "worker/cgroup.hpp"
#include "worker/strays.hpp"

namespace desk::worker {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using Reason = GuardReport::Reason;

constexpr std::array kReasonTexts = {
    std::pair{Reason::ended, "ended"},         std::pair{Reason::not_started, "not_started"},
    std::pair{Reason::closed, "closed"},       std::pair{Reason::starved, "starved"},
    std::pair{Reason::signalled, "signalled"},
};

struct Orders {
    fs::path dir;
    milliseconds starve{};
    milliseconds kill_after{};
    Command command;
};

/// Nothing if the arguments are not: --dir DIR --starve-ms N --kill-ms N -- PROGRAM ARG...
std::optional<Orders> read_orders(std::span<char*> args) {
    if (args.size() < 8) return std::nullopt;
    const std::string_view dir_flag = args[0], starve_flag = args[2], kill_flag = args[4], separator = args[6];
    const auto starve = parse_int(args[3]), kill = parse_int(args[5]);
    if (dir_flag != "--dir" || starve_flag != "--starve-ms" || kill_flag != "--kill-ms" || separator != "--" ||
        starve.value_or(0) <= 0 || kill.value_or(-1) < 0)
        return std::nullopt;
    return Orders{.dir = args[1],
                  .starve = milliseconds(*starve),
                  .kill_after = milliseconds(*kill),
                  .command = {.program = args[7], .args = {args.begin() + 8, args.end()}, .env = own_environment()}};
}

/// SIGTERM and its like as bytes to read; blocked otherwise, so that they never end the guard before its tree.
UniqueFd open_signals() {
    sigset_t signals;
    ::sigemptyset(&signals);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGCHLD}) ::sigaddset(&signals, signal);
    ::sigprocmask(SIG_BLOCK, &signals, nullptr);
    UniqueFd fd(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!fd) throw_errno("signalfd");
    return fd;
}

class Guard {
  public:
    explicit Guard(const Orders& orders)
        : orders_(orders),
          signals_(open_signals()),
          hunger_(::timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK)) {
        if (!hunger_) throw_errno("timerfd_create");
        ::prctl(PR_SET_CHILD_SUBREAPER, 1);
        // What a guard that was killed left behind must not work beside what comes now.
        end_tree(orders.dir, kLeftoverGrace);
        cgroup_.emplace(orders.dir);
    }

    GuardReport run() {
        const auto started = spawn(orders_.command, {.fds = {-1, STDOUT_FILENO, STDERR_FILENO},
                                                     .parent_death_signal = SIGKILL,
                                                     .cgroup_procs = cgroup_->procs()});
        leave_output();
        if (!started) return {.reason = Reason::not_started, .error = started.error()};
        child_ = *started;

        GuardReport report{.reason = watch()};
        auto end_by = steady_clock::now() + orders_.kill_after;
        if (report.reason != Reason::ended) {
            ::kill(child_, SIGTERM);
            await_child(end_by);
        }
        report.left = end_rest(end_by);
        if (!wait_status_) await_child(steady_clock::now());
        report.wait_status = wait_status_.value_or(SIGKILL);
        return report;
    }

  private:
    /// The runner sees the end of the output when the tree is gone, not when the guard is.
    static void leave_output() {
        const UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
        ::dup2(null.get(), STDOUT_FILENO);
        ::dup2(null.get(), STDERR_FILENO);
    }

    /// Feeds on until the child has ended or must end.
    Reason watch() {
        eat();
        for (;;) {
            std::array<pollfd, 3> waits = {
                pollfd{hunger_.get(), POLLIN, 0}, {kGuardControl, POLLIN, 0}, {signals_.get(), POLLIN, 0}};
            ::poll(waits.data(), waits.size(), -1);
            const bool was_asked = take_signals();
            if (wait_status_) return Reason::ended;
            if (was_asked) return Reason::signalled;
            // Before the food: what was sent before a long sleep of this host proves nothing.
            if (waits[0].revents != 0) return Reason::starved;
            if (waits[1].revents != 0 && !take_food()) return Reason::closed;
        }
    }

    /// The time to starve begins anew.
    void eat() {
        const auto whole = std::chrono::floor<std::chrono::seconds>(orders_.starve);
        const itimerspec once{
            .it_interval = {},
            .it_value = {.tv_sec = whole.count(), .tv_nsec = std::chrono::nanoseconds(orders_.starve - whole).count()}};
        if (::timerfd_settime(hunger_.get(), 0, &once, nullptr) != 0) throw_errno("timerfd_settime");
    }

    bool take_food() {
        std::array<char, 256> food;
        const auto got = ::recv(kGuardControl, food.data(), food.size(), MSG_DONTWAIT);
        if (got > 0) eat();
        return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
    }

    /// True if somebody asked the guard to end. Reaps on the way: a subreaper inherits the dead of the whole tree.
    bool take_signals() {
        bool was_asked = false;
        signalfd_siginfo info{};
        while (::read(signals_.get(), &info, sizeof info) == static_cast<ssize_t>(sizeof info))
            was_asked |= info.ssi_signo != SIGCHLD;
        reap();
        return was_asked;
    }

    void reap() {
        int status = 0;
        for (pid_t pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;)
            if (pid == child_) wait_status_ = status;
    }

    /// Until the child has ended, or `end_by`.
    void await_child(Tick end_by) {
        do {
            take_signals();
            if (wait_status_) return;
            pollfd wait = {signals_.get(), POLLIN, 0};
            ::poll(&wait, 1, poll_timeout(end_by));
        } while (steady_clock::now() < end_by);
    }

    /// Ends what is left of the tree: in order while there is time, at once when there is none. How many would not go.
    int end_rest(Tick end_by) {
        const auto find = [this] {
            reap();
            auto tree = descendants_of(::getpid());
            for (const auto stray : strays_under(orders_.dir)) tree.push_back(stray);
            return tree;
        };
        const auto left = std::chrono::floor<milliseconds>(end_by - steady_clock::now());
        if (left <= milliseconds(0)) cgroup_->kill();
        if (end_processes(find, std::clamp(left, milliseconds(0), kLeftoverGrace))) return 0;
        cgroup_->kill();
        return static_cast<int>(find().size());
    }

    const Orders& orders_;
    UniqueFd signals_, hunger_;
    std::optional<JobCgroup> cgroup_;
    pid_t child_ = 0;
    std::optional<int> wait_status_;
};

void send_report(const GuardReport& report) {
    const auto line = report.to_line();
    // A runner that is gone needs no report.
    [[maybe_unused]] const auto sent = ::send(kGuardControl, line.data(), line.size(), MSG_NOSIGNAL);
}

}  // namespace

std::string GuardReport::to_line() const {
    const auto* const text = std::ranges::find(kReasonTexts, reason, &decltype(kReasonTexts)::value_type::first);
    return Json{{"reason", text->second}, {"wait_status", wait_status}, {"left", left}, {"error", error}}.dump(
               -1, ' ', false, Json::error_handler_t::replace) +
           '\n';
}

std::optional<GuardReport> GuardReport::from_line(std::string_view line) {
    const auto json = parse_json(line);
    if (!json || !json->is_object()) return std::nullopt;
    const auto* const reason = std::ranges::find(kReasonTexts, json->value("reason", ""),
                                                 [](const auto& row) { return std::string_view(row.second); });
    if (reason == kReasonTexts.end()) return std::nullopt;
    return GuardReport{.reason = reason->first,
                       .wait_status = json->value("wait_status", 0),
                       .left = json->value("left", 0),
                       .error = json->value("error", "")};
}

int guard_main(int argc, char** argv) {
    const auto orders = read_orders(std::span(argv, static_cast<std::size_t>(argc)).subspan(std::min(argc, 2)));
    if (!orders) {
        std::fputs("usage: clusterdesk-worker guard --dir DIR --starve-ms N --kill-ms N -- PROGRAM [ARG]...\n", stderr);
        return 2;
    }
    GuardReport report;
    try {
        report = Guard(*orders).run();
    } catch (const std::exception& error) {
        report = {.reason = Reason::not_started, .error = error.what()};
    }
    send_report(report);
    return report.left == 0 ? 0 : 1;
}

}  // namespace desk::worker
