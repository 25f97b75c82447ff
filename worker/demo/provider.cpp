#include "worker/demo/provider.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>

#include "core/base/text.hpp"
#include "worker/demo/clock.hpp"
#include "worker/demo/cloud.hpp"
#include "worker/demo/ending.hpp"
#include "worker/demo/settings.hpp"
#include "worker/demo/state.hpp"

namespace desk::demo {
namespace {

constexpr auto kSelf = "/proc/self/exe";
constexpr std::size_t kLargestProgram = 1U << 30U;
constexpr double kShortestPause = 0.1;
constexpr int kInterfaces = 64;
constexpr auto kLongestLife = std::chrono::hours(1);  // a forgotten orphan must not work on a machine for ever

/// The install directory, out of --kubeconfig=D/.clusterapi_output/envtest.kubeconfig.
fs::path install_dir(const std::vector<std::string>& argv) {
    constexpr std::string_view kFlag = "--kubeconfig=";
    for (const auto& word : argv)
        if (word.starts_with(kFlag)) return fs::path(word.substr(kFlag.size())).parent_path().parent_path();
    fatal("--kubeconfig is missing");
}

}  // namespace

void unpack_program(const fs::path& path) {
    fs::remove(path);
    if (::linkat(AT_FDCWD, kSelf, AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) == 0) return;
    // Another file system, or the program is somebody else's. Not copy_file(): on a full disk that tells of an
    // "Input/output error".
    const UniqueFd copy(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755));
    if (!copy) throw_errno(cat("create ", path.string()));
    write_all(copy.get(), read_file(kSelf, kLargestProgram));
}

pid_t start_process(const fs::path& program, const std::vector<std::string>& arguments) {
    std::vector<std::string> words = {program.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    const UniqueFd nothing(::open("/dev/null", O_RDWR | O_CLOEXEC));

    // A SIGTERM that comes before exec must end the child, not our handler's flag in it.
    sigset_t ends, before;
    ::sigemptyset(&ends);
    for (const int signal : {SIGTERM, SIGINT}) ::sigaddset(&ends, signal);
    ::pthread_sigmask(SIG_BLOCK, &ends, &before);
    const pid_t pid = ::fork();
    if (pid == 0) {
        for (const int signal : {SIGTERM, SIGINT}) ::signal(signal, SIG_DFL);
        ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
        ::setpgid(0, 0);
        for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nothing.get(), fd);
        ::execv(argv[0], argv.data());
        ::_exit(127);
    }
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (pid < 0) throw_errno("fork");
    ::setpgid(pid, pid);  // here too: whoever is first, the group is there when this returns
    return pid;
}

void stop_process(pid_t pid) {
    ::kill(pid, SIGTERM);
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
}

int run_provider(const std::vector<std::string>& argv) {
    const Settings settings = Settings::from_environment();
    const auto cluster = State::load(install_dir(argv)).find_cluster();
    if (!cluster) fatal("there is no cluster in the state file");
    const auto cloud = open_cloud(settings);
    const auto end = std::chrono::steady_clock::now() + kLongestLife;
    for (int n = 0; cloud->is_there() && std::chrono::steady_clock::now() < end; n = (n + 1) % kInterfaces) {
        const std::string name = cat(cluster->infra_id, "-capa-", n);
        try {
            auto interface = describe(*cluster, "network-interface", name, "eni-");
            cloud->create(cluster->infra_id, interface);
        } catch (const std::exception&) {
            // A destroy took the folder away in between: a controller does not mind, it tries again.
        }
        Clock::linger(std::max(settings.scale, kShortestPause));
    }
    return exit_code::kDone;
}

}  // namespace desk::demo
