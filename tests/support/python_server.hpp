// A server of tests/support that is written in Python and prints its address when it serves.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "core/base/file.hpp"

namespace desk {

/// On a free port of loopback, gone with this object.
class PythonServer {
  public:
    /// Debian's, whose packages are not for a venv.
    static constexpr const char* kPython = "/usr/bin/python3";

    /// Runs tests/support/`script` in `dir`, where it may write. Throws when it does not start.
    PythonServer(const std::string& script, const fs::path& dir, const std::vector<std::string>& args = {},
                 const std::string& python = kPython);
    ~PythonServer();
    PythonServer(const PythonServer&) = delete;
    PythonServer& operator=(const PythonServer&) = delete;

    /// "http://127.0.0.1:41234"
    const std::string& url() const { return url_; }

  private:
    pid_t pid_ = 0;
    std::string url_;
};

}  // namespace desk
