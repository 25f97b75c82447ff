#include "tests/support/s3_server.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include <stdexcept>

#include "core/base/spawn.hpp"
#include "core/base/text.hpp"
#include "core/cloud/aws/client.hpp"
#include "tests/support/wait.hpp"

namespace desk {
namespace {

constexpr const char* kPython = "/usr/bin/python3";  // Debian's: its packages are not for a venv
constexpr const char* kSwift = "/usr/lib/python3/dist-packages/swift/obj/mem_server.py";

}  // namespace

bool S3Server::is_there() { return fs::exists(kSwift); }

S3Server::S3Server() {
    const fs::path out = dir_ / "out", log = dir_ / "log", data = dir_ / "data";
    fs::create_directory(data);
    const UniqueFd out_fd(::open(out.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    const UniqueFd log_fd(::open(log.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND, 0600));
    if (!out_fd || !log_fd) throw_errno("open");
    const Command command{.program = kPython,
                          .args = {DESK_SOURCE_DIR "/tests/support/s3_server.py"},
                          .env = {{"PATH", "/usr/bin:/bin"}, {"HOME", data.string()}},
                          .dir = data.string()};
    const auto started = spawn(command, {.fds = {-1, out_fd.get(), log_fd.get()}, .parent_death_signal = SIGKILL});
    if (!started) throw std::runtime_error(started.error());
    pid_ = *started;
    if (!eventually([&] { return read_file(out).ends_with('\n'); }))
        throw std::runtime_error(cat("Swift did not start: ", read_file(log)));
    url_ = trim(read_file(out));
}

S3Server::~S3Server() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

aws::Credentials S3Server::credentials() {
    return {.access_key_id = "desk:tester", .secret_access_key = Secret("swordfish-s3")};
}

void S3Server::make_bucket(const std::string& name) const {
    CurlTransport transport;
    aws::Client(transport, credentials(), {.all = url_})
        .rest("s3", "eu-test-1", "PUT", "/" + name, {},
              "<CreateBucketConfiguration><LocationConstraint>eu-test-1</LocationConstraint>"
              "</CreateBucketConfiguration>");
}

}  // namespace desk
