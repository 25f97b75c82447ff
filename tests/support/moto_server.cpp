#include "tests/support/moto_server.hpp"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <regex>
#include <stdexcept>

#include "core/base/spawn.hpp"
#include "core/base/text.hpp"
#include "tests/support/wait.hpp"

namespace desk {

std::optional<std::string> MotoServer::find_python() {
    const char* python = ::getenv("DESK_TEST_PYTHON");
    return python == nullptr ? std::nullopt : std::optional<std::string>(python);
}

MotoServer::MotoServer(const std::string& python) {
    const fs::path log = dir_ / "log";
    const UniqueFd out(::open(log.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND, 0600));
    if (!out) throw_errno("open");
    const Command command{.program = python,
                          .args = {"-m", "moto.server", "-H", "127.0.0.1", "-p", "0"},
                          .env = {{"PATH", "/usr/bin:/bin"}, {"HOME", dir_.path()}, {"PYTHONUNBUFFERED", "1"}},
                          .dir = dir_.path()};
    const auto started = spawn(command, {.fds = {-1, out.get(), out.get()}, .parent_death_signal = SIGKILL});
    if (!started) throw std::runtime_error(started.error());
    pid_ = *started;
    const bool listens = eventually([&] {
        static const std::regex kAddress("Running on (http://127\\.0\\.0\\.1:[0-9]+)");
        std::smatch match;
        const std::string text = read_file(log);
        if (!std::regex_search(text, match, kAddress)) return false;
        url_ = match[1];
        return true;
    });
    if (!listens) throw std::runtime_error(cat("moto did not start: ", read_file(log)));
}

MotoServer::~MotoServer() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

void MotoServer::reset() {
    CurlTransport transport;
    const auto answer = transport.send({.method = "POST", .url = url_ + "/moto-api/reset"});
    if (answer.status != 200) throw std::runtime_error(cat("moto does not forget: ", answer.status));
}

void MotoTest::SetUp() {
    if (!MotoServer::find_python()) GTEST_SKIP() << "DESK_TEST_PYTHON is not set: there is no moto";
    server().reset();
}

aws::Client MotoTest::client() {
    return aws::Client(transport, {.access_key_id = "AKIAIOSFODNN7EXAMPLE", .secret_access_key = Secret("not-checked")},
                       {.all = url()}, {.sleep = [](std::chrono::milliseconds) {}});
}

MotoServer& MotoTest::server() {
    static MotoServer one(MotoServer::find_python().value());
    return one;
}

}  // namespace desk
