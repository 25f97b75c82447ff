#include "tests/support/moto_server.hpp"

#include <stdlib.h>

#include <stdexcept>

#include "core/base/text.hpp"

namespace desk {

std::optional<std::string> MotoServer::find_python() {
    const char* python = ::getenv("DESK_TEST_PYTHON");
    return python == nullptr ? std::nullopt : std::optional<std::string>(python);
}

void MotoServer::reset() {
    CurlTransport transport;
    const auto answer = transport.send({.method = "POST", .url = url() + "/moto-api/reset"});
    if (answer.status != 200) throw std::runtime_error(cat("moto does not forget: ", answer.status));
}

void MotoTest::SetUp() {
    if (!MotoServer::find_python()) GTEST_SKIP() << "DESK_TEST_PYTHON is not set: there is no moto";
    server().reset();
}

aws::Client MotoTest::client() {
    return aws::Client(transport, {.access_key_id = "AKIAIOSFODNN7EXAMPLE", .secret_access_key = Secret("not-checked")},
                       {.all = url()}, {.sleep = [](std::chrono::milliseconds) {}});
}

MotoServer& MotoTest::server() {
    static MotoServer one(MotoServer::find_python().value());
    return one;
}

}  // namespace desk
