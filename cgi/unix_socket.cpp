#include "cgi/unix_socket.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk {
namespace {

// Shorter ones turn a burst into 502 at the web server: at 1024 and more none was seen with 512 clients at once, 4096
// is what the kernel gives at most (net.core.somaxconn).
constexpr int kBacklog = 4096;
constexpr mode_t kMode = 0660;

}  // namespace

UnixSocket::UnixSocket(std::string path) : path_(std::move(path)) {
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

UnixSocket::~UnixSocket() {
    if (socket_) ::unlink(path_.c_str());
}

void UnixSocket::stop_listening() { ::shutdown(socket_.get(), SHUT_RDWR); }

}  // namespace desk
