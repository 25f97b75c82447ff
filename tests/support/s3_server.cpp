#include "tests/support/s3_server.hpp"

#include "core/cloud/aws/client.hpp"

namespace desk {
namespace {

constexpr const char* kSwift = "/usr/lib/python3/dist-packages/swift/obj/mem_server.py";

}  // namespace

bool S3Server::is_there() { return fs::exists(kSwift); }

aws::Credentials S3Server::credentials() {
    return {.access_key_id = "desk:tester", .secret_access_key = Secret("swordfish-s3")};
}

void S3Server::make_bucket(const std::string& name) const {
    CurlTransport transport;
    aws::Client(transport, credentials(), {.all = url()})
        .rest("s3", "eu-test-1", "PUT", "/" + name, {},
              "<CreateBucketConfiguration><LocationConstraint>eu-test-1</LocationConstraint>"
              "</CreateBucketConfiguration>");
}

}  // namespace desk
