// The socket on which the web server reaches us.
#pragma once

#include <string>

#include "core/base/file.hpp"

namespace desk {

/// A listening unix socket that belongs to this process alone, and is removed with it.
class UnixSocket {
  public:
    /// Mode 0660: the web server is in our group. A file that a killed process left is replaced; while another process
    /// serves on `path` (it holds `path`.lock), throws Error{conflict}. Throws Error{internal} for what the system
    /// refuses, a path above 107 bytes included.
    explicit UnixSocket(std::string path);
    ~UnixSocket();
    UnixSocket(const UnixSocket&) = delete;
    UnixSocket& operator=(const UnixSocket&) = delete;

    int fd() const { return socket_.get(); }
    /// Nobody gets in any more; threads that wait in accept() return.
    void stop_listening();

  private:
    std::string path_;
    UniqueFd lock_, socket_;
};

}  // namespace desk
