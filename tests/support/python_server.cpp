#include "tests/support/python_server.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include <stdexcept>

#include "core/base/spawn.hpp"
#include "core/base/text.hpp"
#include "tests/support/wait.hpp"

namespace desk {

PythonServer::PythonServer(const std::string& script, const fs::path& dir, const std::vector<std::string>& args,
                           const std::string& python) {
    const fs::path out = dir / (script + ".out"), log = dir / (script + ".log");
    const UniqueFd out_fd(::open(out.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    const UniqueFd log_fd(::open(log.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND, 0600));
    if (!out_fd || !log_fd) throw_errno("open");
    Command command{.program = python,
                    .args = {DESK_SOURCE_DIR "/tests/support/" + script},
                    .env = {{"PATH", "/usr/bin:/bin"}, {"HOME", dir.string()}},
                    .dir = dir.string()};
    command.args.insert(command.args.end(), args.begin(), args.end());
    const auto started = spawn(command, {.fds = {-1, out_fd.get(), log_fd.get()}, .parent_death_signal = SIGKILL});
    if (!started) throw std::runtime_error(started.error());
    pid_ = *started;
    if (!eventually([&] { return read_file(out).ends_with('\n'); }))
        throw std::runtime_error(cat(script, " did not start: ", read_file(log)));
    url_ = trim(read_file(out));
}

PythonServer::~PythonServer() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

}  // namespace desk
