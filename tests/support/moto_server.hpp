// moto plays AWS for tests: real logic behind every service that the desk asks. It checks no signatures
// (moto_server.py).
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "core/base/http_client.hpp"
#include "core/cloud/aws/client.hpp"
#include "tests/support/python_server.hpp"
#include "tests/support/temp_dir.hpp"

namespace desk {

/// A server on a free port of loopback, gone with this object.
class MotoServer {
  public:
    /// The Python that has moto: $DESK_TEST_PYTHON, which `./desk test` sets.
    static std::optional<std::string> find_python();

    /// Throws when it does not start.
    explicit MotoServer(const std::string& python) : server_("moto_server.py", dir_.path(), {}, python) {}

    /// "http://127.0.0.1:41234"
    const std::string& url() const { return server_.url(); }
    /// Forgets everything: every account is empty again, but for what AWS itself makes (a default VPC in each region).
    void reset();

  private:
    TempDir dir_;
    PythonServer server_;
};

/// A test with an AWS of its own, empty at its beginning; skipped where there is no moto.
class MotoTest : public testing::Test {
  protected:
    void SetUp() override;

    /// A client of the account that moto gives everybody (123456789012).
    aws::Client client();
    /// "" where there is no moto: the test is skipped before it asks.
    static std::string url() { return MotoServer::find_python() ? server().url() : ""; }

    CurlTransport transport;

  private:
    /// One for the whole program: it takes a second to start.
    static MotoServer& server();
};

}  // namespace desk
