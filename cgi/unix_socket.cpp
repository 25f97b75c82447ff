#include "cgi/unix_socket.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "core/base/error.hpp"
#include "core/base/log.hpp"
#include "core/base/text.hpp"

namespace desk {
namespace {

// Shorter ones turn a burst into 502 at the web server: at 1024 and more none was seen with 512 clients at once, 4096
// is what the kernel gives at most (net.core.somaxconn).
constexpr int kBacklog = 4096;
constexpr mode_t kMode = 0660;

/// The first descriptor that a service manager hands over (sd_listen_fds(3)).
constexpr int kHandedOver = 3;

std::optional<std::int64_t> number_in_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::nullopt : parse_int(value);
}

UniqueFd handed_over() {
    // other processes inherit the variables, but not the descriptor
    if (number_in_environment("LISTEN_PID") != ::getpid() || number_in_environment("LISTEN_FDS") != 1) return {};
    ::fcntl(kHandedOver, F_SETFD, FD_CLOEXEC);
    return UniqueFd(kHandedOver);
}

std::string path_of(int fd) {
    sockaddr_un address{};
    socklen_t size = sizeof address;
    int listens = 0;
    socklen_t flag_size = sizeof listens;
    if (::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &flag_size) != 0 || listens == 0) return "";
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0 || address.sun_family != AF_UNIX)
        return "";
    return address.sun_path;
}

}  // namespace

UnixSocket::UnixSocket(std::string path) : path_(std::move(path)), socket_(handed_over()) {
    if (!socket_)
        make();
    else if (path_of(socket_.get()) != path_)
        throw Error(Code::internal, cat("The socket that was handed over does not listen on web.socket, ", path_, '.'));
    if (::fcntl(socket_.get(), F_SETFL, O_NONBLOCK) != 0) throw_errno("web.socket");
}

UnixSocket::~UnixSocket() { hide(); }

void UnixSocket::hide() {
    if (lock_) ::unlink(path_.c_str());
}

void UnixSocket::make() {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path_.size() >= sizeof address.sun_path)
        throw Error(Code::internal, cat("web.socket: the path ", path_, " is longer than 107 bytes."));
    std::memcpy(address.sun_path, path_.data(), path_.size());

    lock_.reset(::open((path_ + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!lock_) throw_errno(path_ + ".lock");
    if (::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0)
        throw Error(Code::conflict, cat("Another clusterdesk serves on ", path_, " already."));

    struct stat there {};
    if (::lstat(path_.c_str(), &there) == 0) {
        if (!S_ISSOCK(there.st_mode)) throw Error(Code::internal, cat("web.socket: ", path_, " is no socket."));
        ::unlink(path_.c_str());  // whoever made it is gone: we have the lock
    }
    socket_.reset(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket_) throw_errno("socket");
    if (::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) throw_errno(path_);
    if (::chmod(path_.c_str(), kMode) != 0) throw_errno(path_);  // before listen: nobody could connect until then
    if (::listen(socket_.get(), kBacklog) != 0) throw_errno(path_);
}

UniqueFd UnixSocket::accept() {
    for (;;) {
        UniqueFd peer(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!peer && (errno == EINTR || errno == ECONNABORTED)) continue;
        if (!peer && errno != EAGAIN) log::error("nobody_let_in", {{"why", std::strerror(errno)}});
        return peer;
    }
}

}  // namespace desk
