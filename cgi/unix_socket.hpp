// The socket on which the web server reaches us.
#pragma once

#include <string>

#include "core/base/file.hpp"

namespace desk {

/// A listening unix socket, non-blocking. Either handed over by the service manager (systemd's way: LISTEN_PID,
/// LISTEN_FDS=1, descriptor 3), who keeps it while programs come and go; or made here, and then it belongs to this
/// process alone and is removed with it.
class UnixSocket {
  public:
    /// One that was handed over must listen on `path`, else throws Error{internal}; its mode is the service manager's
    /// matter. One made here gets mode 0660: the web server is in our group. A file that a killed process left is
    /// replaced; while another process serves on `path` (it holds `path`.lock), throws Error{conflict}. Throws
    /// Error{internal} for what the system refuses, a path above 107 bytes included.
    explicit UnixSocket(std::string path);
    ~UnixSocket();
    UnixSocket(const UnixSocket&) = delete;
    UnixSocket& operator=(const UnixSocket&) = delete;

    int fd() const { return socket_.get(); }
    /// Removes the file, if we made it: nobody new finds the way.
    void hide();
    /// The next in the queue, a blocking connection. Owns nothing when nobody is there (errno: EAGAIN), or when the
    /// system lets nobody in.
    UniqueFd accept();

  private:
    void make();

    std::string path_;
    UniqueFd lock_, socket_;  // lock_: only when we made the socket
};

}  // namespace desk
