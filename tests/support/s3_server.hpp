// An S3 server that others wrote and that checks every signature: OpenStack Swift (tests/support/s3_server.py).
#pragma once

#include <string>

#include "core/cloud/aws/credentials.hpp"
#include "tests/support/python_server.hpp"
#include "tests/support/temp_dir.hpp"

namespace desk {

/// On a free port of loopback, empty, gone with this object. Its region is "eu-test-1".
class S3Server {
  public:
    /// Whether Debian's Swift is on this host.
    static bool is_there();

    /// "http://127.0.0.1:41234"
    const std::string& url() const { return server_.url(); }
    /// Of the user who owns what tests make.
    static aws::Credentials credentials();
    void make_bucket(const std::string& name) const;

  private:
    TempDir dir_;
    PythonServer server_{"s3_server.py", dir_.path()};
};

}  // namespace desk
