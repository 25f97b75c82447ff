// An S3 server that others wrote and that checks every signature: OpenStack Swift (tests/support/s3_server.py).
#pragma once

#include <sys/types.h>

#include <string>

#include "core/cloud/aws/credentials.hpp"
#include "tests/support/temp_dir.hpp"

namespace desk {

/// On a free port of loopback, empty, gone with this object. Its region is "eu-test-1".
class S3Server {
  public:
    /// Whether Debian's Swift is on this host.
    static bool is_there();

    /// Throws when it does not start.
    S3Server();
    ~S3Server();
    S3Server(const S3Server&) = delete;
    S3Server& operator=(const S3Server&) = delete;

    /// "http://127.0.0.1:41234"
    const std::string& url() const { return url_; }
    /// Of the user who owns what tests make.
    static aws::Credentials credentials();
    void make_bucket(const std::string& name) const;

  private:
    TempDir dir_;
    pid_t pid_ = 0;
    std::string url_;
};

}  // namespace desk
