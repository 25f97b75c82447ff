// Processes that belong to a job, found and ended from /proc alone: also those whose parents are long gone.
#include "worker/strays.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <functional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/text.hpp"
#include "worker/cgroup.hpp"

namespace desk::worker {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kAfterKill = std::chrono::seconds(10);  ///< a killed process that is still there hangs in a disk

/// A file of /proc; empty when the process is gone or not ours to read.
std::string read_proc(const fs::path& path) {
    const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    std::string text;
    std::array<char, 8192> block;
    for (ssize_t got = 0; file && (got = ::read(file.get(), block.data(), block.size())) > 0;)
        text.append(block.data(), static_cast<std::size_t>(got));
    return text;
}

fs::path proc(pid_t pid) { return fs::path("/proc") / std::to_string(pid); }

/// The fields of /proc/PID/stat that matter here.
struct Process {
    pid_t pid = 0;
    pid_t parent = 0;
    bool has_terminal = false;
};

/// Every living process (no zombies) at some moment of the call.
std::vector<Process> living_processes() {
    std::vector<Process> living;
    std::error_code gone;
    for (const auto& entry : fs::directory_iterator("/proc", gone)) {
        const auto pid = parse_int(entry.path().filename().native());
        if (!pid) continue;
        const auto stat = read_proc(entry.path() / "stat");
        const auto name_end = stat.rfind(')');  // the name may hold anything
        if (name_end == std::string::npos) continue;
        std::istringstream fields(stat.substr(name_end + 1));
        char state = 'X';
        pid_t parent = 0;
        int group = 0, session = 0, terminal = 0;
        fields >> state >> parent >> group >> session >> terminal;
        if (state == 'Z' || state == 'X') continue;
        living.push_back({.pid = static_cast<pid_t>(*pid), .parent = parent, .has_terminal = terminal != 0});
    }
    return living;
}

const Process* find_process(const std::vector<Process>& all, pid_t pid) {
    const auto found = std::ranges::find(all, pid, &Process::pid);
    return found == all.end() ? nullptr : &*found;
}

bool descends_from(const std::vector<Process>& all, const Process& process, pid_t root) {
    const auto* at = &process;
    // Bounded: a pid used again while we read could close a circle.
    for (std::size_t depth = 0; at != nullptr && depth < all.size(); ++depth) {
        if (at->parent == root) return true;
        at = find_process(all, at->parent);
    }
    return false;
}

/// Whether `text` names `dir` or something in it ("--dir=/work/job_1", "/work/job_1/x", not "/work/job_12").
bool names(std::string_view text, std::string_view dir) {
    constexpr std::string_view kWord = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    for (auto at = text.find(dir); at != std::string_view::npos; at = text.find(dir, at + 1)) {
        const auto end = at + dir.size();
        if (end == text.size() || kWord.find(text[end]) == std::string_view::npos) return true;
    }
    return false;
}

/// What marks the processes of one job.
class JobMarks {
  public:
    explicit JobMarks(const fs::path& dir) : given_(dir.lexically_normal()) {
        if (!given_.has_filename()) given_ = given_.parent_path();  // "/work/job_1/"
        if (!given_.is_absolute() || std::distance(given_.begin(), given_.end()) < 3) {
            throw Error(Code::internal, "The desk refused to end processes.",
                        cat("\"", dir.native(), "\" is not the directory of a job"));
        }
        std::error_code none;
        real_ = fs::weakly_canonical(given_, none);
        if (none) real_ = given_;
        cgroup_ = "/" + JobCgroup::name_for(given_);
    }

    bool are_on(pid_t pid) const {
        return is_inside(link(pid, "exe")) || is_inside(link(pid, "cwd")) ||
               is_named(read_proc(proc(pid) / "cmdline")) || has_home_inside(read_proc(proc(pid) / "environ")) ||
               names(read_proc(proc(pid) / "cgroup"), cgroup_);
    }

  private:
    static std::string link(pid_t pid, const char* name) {
        std::error_code gone;
        return fs::read_symlink(proc(pid) / name, gone).native();
    }
    bool is_named(std::string_view text) const { return names(text, given_.native()) || names(text, real_.native()); }
    bool is_inside(std::string_view path) const {
        return path.starts_with(real_.native()) && names(path, real_.native());
    }
    bool has_home_inside(std::string_view environment) const {
        return std::ranges::any_of(split(environment, '\0'), [&](std::string_view variable) {
            return (variable.starts_with("HOME=") || variable.starts_with("TMPDIR=")) && is_named(variable);
        });
    }

    fs::path given_, real_;
    std::string cgroup_;
};

bool is_own_user(pid_t pid) {
    struct stat status = {};
    return ::stat(proc(pid).c_str(), &status) == 0 && status.st_uid == ::geteuid();
}

bool is_guard(pid_t pid) {
    const auto command = read_proc(proc(pid) / "cmdline");
    const auto args = split(command, '\0');
    return args.size() > 2 && args[1] == "guard" && args[2] == "--dir";
}

/// Waits for `done`, looking often at first; false if it is not after `limit`.
bool wait_until(const std::function<bool()>& done, milliseconds limit) {
    const auto end = steady_clock::now() + limit;
    for (milliseconds pause{5};; pause = std::min(2 * pause, milliseconds(250))) {
        if (done()) return true;
        const auto left = std::chrono::ceil<milliseconds>(end - steady_clock::now());
        if (left <= milliseconds(0)) return false;
        std::this_thread::sleep_for(std::min(pause, left));
    }
}

}  // namespace

std::vector<pid_t> strays_under(const std::filesystem::path& dir) {
    const JobMarks marks(dir);
    const auto all = living_processes();
    const auto* const self = find_process(all, ::getpid());
    std::vector<pid_t> strays;
    for (const auto& process : all) {
        const bool is_mine = process.pid == ::getpid() || (self != nullptr && descends_from(all, *self, process.pid));
        if (is_mine || process.has_terminal || !is_own_user(process.pid)) continue;
        if (marks.are_on(process.pid)) strays.push_back(process.pid);
    }
    return strays;
}

std::vector<pid_t> descendants_of(pid_t root) {
    const auto all = living_processes();
    std::vector<pid_t> found;
    for (const auto& process : all)
        if (descends_from(all, process, root)) found.push_back(process.pid);
    return found;
}

bool end_processes(const std::function<std::vector<pid_t>()>& find, std::chrono::milliseconds term_grace) {
    std::set<pid_t> asked;
    const auto are_gone = [&](int signal) {
        const auto left = find();
        for (const auto pid : left)
            if (signal == SIGKILL || asked.insert(pid).second) ::kill(pid, signal);
        return left.empty();
    };
    if (term_grace > milliseconds(0) && wait_until([&] { return are_gone(SIGTERM); }, term_grace)) return true;
    return wait_until([&] { return are_gone(SIGKILL); }, kAfterKill);
}

bool end_tree(const std::filesystem::path& dir, std::chrono::milliseconds term_grace) {
    std::vector<pid_t> guards = strays_under(dir);
    std::erase_if(guards, [](pid_t pid) { return !is_guard(pid); });
    for (const auto guard : guards) ::kill(guard, SIGTERM);

    // While a guard lives its tree has had its SIGTERM. One that is not done in time is ended like the rest.
    const auto patience = term_grace + kLeftoverGrace;
    const bool guards_left =
        !guards.empty() && !wait_until([&] { return std::ranges::none_of(guards, is_guard); }, patience);
    const bool are_gone = end_processes([&] { return strays_under(dir); }, guards_left ? milliseconds(0) : term_grace);
    JobCgroup::remove_left(dir);
    return are_gone;
}

}  // namespace desk::worker
