// IBM Cloud for tests: whose a key is, and what exists (ibm_cloud.py).
#pragma once

#include <string>

#include "tests/support/python_server.hpp"

namespace desk {

class IbmCloud {
  public:
    static constexpr const char* kApiKey = "wgT4-swordfish_ibm0123456789";
    static constexpr const char* kAccount = "0123456789abcdef0123456789abcdef";

    /// What exists are the files of the demo cloud in `dir`/cloud, and service ids: files in `dir`/service-ids. Throws
    /// when it does not start.
    explicit IbmCloud(const fs::path& dir) : server_("ibm_cloud.py", dir, {dir.string(), kApiKey, kAccount}) {}

    const std::string& url() const { return server_.url(); }

  private:
    PythonServer server_;
};

}  // namespace desk
