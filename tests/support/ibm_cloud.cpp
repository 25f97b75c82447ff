#include "tests/support/ibm_cloud.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include <stdexcept>

#include "core/base/spawn.hpp"
#include "core/base/text.hpp"
#include "tests/support/wait.hpp"

namespace desk {

IbmCloud::IbmCloud(const fs::path& dir) {
    const fs::path out = dir / "ibm.out", log = dir / "ibm.log";
    const UniqueFd out_fd(::open(out.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    const UniqueFd log_fd(::open(log.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND, 0600));
    if (!out_fd || !log_fd) throw_errno("open");
    const Command command{.program = "/usr/bin/python3",
                          .args = {DESK_SOURCE_DIR "/tests/support/ibm_cloud.py", dir.string(), kApiKey, kAccount},
                          .env = {{"PATH", "/usr/bin:/bin"}, {"HOME", dir.string()}},
                          .dir = dir.string()};
    const auto started = spawn(command, {.fds = {-1, out_fd.get(), log_fd.get()}, .parent_death_signal = SIGKILL});
    if (!started) throw std::runtime_error(started.error());
    pid_ = *started;
    if (!eventually([&] { return read_file(out).ends_with('\n'); }))
        throw std::runtime_error(cat("IBM Cloud did not start: ", read_file(log)));
    url_ = trim(read_file(out));
}

IbmCloud::~IbmCloud() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

}  // namespace desk
