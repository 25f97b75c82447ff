// fork and exec, safe in a program with threads: between the two only what signal-safety(7) lists.
#include "core/base/spawn.hpp"

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "core/base/fault_point.hpp"
#include "core/base/file.hpp"
#include "core/base/text.hpp"

namespace desk {
namespace {

/// Why the child did not become the program; written to a pipe that exec closes.
struct Refusal {
    enum Stage { wiring, directory, program } stage;
    int error;
};

/// Everything the child needs, made ready before fork: it must not allocate.
struct Plan {
    const char* program;
    const char* dir;  ///< "" = stay
    std::vector<char*> argv;
    std::vector<char*> envp;
    std::vector<int> fds;  ///< sources; sorted out of the way by the child
    int parent_death_signal;
    int cgroup_procs;
    pid_t parent;
    int refusals;
};

[[noreturn]] void refuse(const Plan& plan, Refusal::Stage stage) {
    const Refusal refusal{stage, errno};
    [[maybe_unused]] const auto written = ::write(plan.refusals, &refusal, sizeof refusal);
    ::_exit(127);
}

void reset_signals() {
    struct sigaction standard = {};
    standard.sa_handler = SIG_DFL;
    for (int signal = 1; signal < NSIG; ++signal) ::sigaction(signal, &standard, nullptr);  // KILL and STOP refuse
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// Puts the descriptors where the plan wants them. In two moves, so that none overwrites one that is still needed.
void wire(Plan& plan) {
    const int count = static_cast<int>(plan.fds.size());
    const auto out_of_the_way = [&](int& fd) {
        const int moved = ::fcntl(fd, F_DUPFD_CLOEXEC, count);
        if (moved < 0) refuse(plan, Refusal::wiring);
        fd = moved;
    };
    out_of_the_way(plan.refusals);
    for (auto& fd : plan.fds) {
        if (fd < 0) fd = ::open("/dev/null", O_RDWR | O_CLOEXEC);
        if (fd < 0) refuse(plan, Refusal::wiring);
        out_of_the_way(fd);
    }
    for (int wanted = 0; wanted < count; ++wanted)
        if (::dup2(plan.fds[static_cast<std::size_t>(wanted)], wanted) < 0) refuse(plan, Refusal::wiring);
    if (::close_range(static_cast<unsigned>(count), ~0U, CLOSE_RANGE_CLOEXEC) != 0) refuse(plan, Refusal::wiring);
}

[[noreturn]] void become(Plan& plan) {
    ::setsid();
    if (plan.parent_death_signal != 0) {
        ::prctl(PR_SET_PDEATHSIG, plan.parent_death_signal);
        if (::getppid() != plan.parent) ::_exit(127);  // it died before we could ask
    }
    if (plan.cgroup_procs >= 0) {
        // A host that does not let us enter has no cgroups for us: the job goes on without.
        [[maybe_unused]] const auto entered = ::write(plan.cgroup_procs, "0", 1);
    }
    wire(plan);
    ::umask(077);
    if (*plan.dir != '\0' && ::chdir(plan.dir) != 0) refuse(plan, Refusal::directory);
    reset_signals();
    ::execve(plan.program, plan.argv.data(), plan.envp.data());
    refuse(plan, Refusal::program);
}

/// The file that `command` means, or "" if PATH holds none.
fs::path find_program(const Command& command) {
    if (command.program.native().find('/') != std::string::npos) return fs::absolute(command.program);
    const auto path = command.env.find("PATH");
    if (path == command.env.end()) return {};
    for (const auto dir : split(path->second, ':')) {
        const auto candidate = fs::path(dir) / command.program;
        if (candidate.is_absolute() && ::access(candidate.c_str(), X_OK) == 0) return candidate;
    }
    return {};
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (auto& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

/// No handler of ours may run in the child before its signals are reset.
class AllSignalsBlocked {
  public:
    AllSignalsBlocked() {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~AllSignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    AllSignalsBlocked(const AllSignalsBlocked&) = delete;
    AllSignalsBlocked& operator=(const AllSignalsBlocked&) = delete;

  private:
    sigset_t before_ = {};
};

}  // namespace

Result<pid_t, std::string> spawn(const Command& command, const Wiring& wiring) {
    const auto program = find_program(command);
    if (program.empty()) return Failure{cat(command.program.native(), ": not found in PATH")};

    const std::string name = command.program.filename();
    const FaultPoints points("spawn", name);
    std::vector<std::string> args = {command.program.native()};
    args.insert(args.end(), command.args.begin(), command.args.end());
    std::vector<std::string> env;
    for (const auto& [name, value] : command.env) env.push_back(cat(name, '=', value));

    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw_errno("pipe");
    UniqueFd refusals(ends[0]), child_end(ends[1]);

    Plan plan{.program = program.c_str(),
              .dir = command.dir.c_str(),
              .argv = pointers(args),
              .envp = pointers(env),
              .fds = wiring.fds,
              .parent_death_signal = wiring.parent_death_signal,
              .cgroup_procs = wiring.cgroup_procs,
              .parent = ::getpid(),
              .refusals = child_end.get()};
    pid_t child = -1;
    {
        const AllSignalsBlocked quiet;
        child = ::fork();
        if (child == 0) become(plan);
    }
    if (child < 0) throw_errno("fork");
    child_end.reset();

    Refusal refusal{};
    ssize_t got = 0;
    while ((got = ::read(refusals.get(), &refusal, sizeof refusal)) < 0 && errno == EINTR) {
    }
    if (got != static_cast<ssize_t>(sizeof refusal)) return child;
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
    }
    const auto what = refusal.stage == Refusal::program     ? program.native()
                      : refusal.stage == Refusal::directory ? command.dir.native()
                                                            : "descriptors";
    return Failure{cat(what, ": ", std::strerror(refusal.error))};
}

}  // namespace desk
