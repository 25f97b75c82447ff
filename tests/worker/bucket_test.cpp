// A desk whose files are in a bucket and whose secrets are in AWS: a whole life, with nothing of either on the host.
#include <gmock/gmock.h>

#include "core/base/crypto.hpp"
#include "core/cloud/aws/credentials_file.hpp"
#include "core/cloud/aws/secrets_manager.hpp"
#include "core/cloud/s3_store.hpp"
#include "core/pg/connection.hpp"
#include "tests/support/living_files.hpp"
#include "tests/support/moto_server.hpp"
#include "tests/support/s3_server.hpp"
#include "tests/worker/running_desk.hpp"

namespace desk {
namespace {

using testing::IsEmpty;

constexpr const char* kAccount = "123456789012";  // moto's
constexpr const char* kSecretRegion = "eu-west-1";

class DeskElsewhere : public testing::Test {
  protected:
    void SetUp() override {
        if (!S3Server::is_there()) GTEST_SKIP() << "Debian's Swift is not installed: there is no S3 server";
        if (!MotoServer::find_python()) GTEST_SKIP() << "DESK_TEST_PYTHON is not set: there is no moto";
        s3.emplace();
        s3->make_bucket("files");
        moto.emplace(*MotoServer::find_python());
        aws::write_credentials_file(desk.dir / "s3-keys", S3Server::credentials());
        aws::write_credentials_file(desk.dir / "aws-keys", anybody());
        replace_file(desk.dir / "accounts.yaml",
                     cat("accounts:\n  - id: \"", kAccount, "\"\n    keys: {file: \"", (desk.dir / "aws-keys").string(),
                         "\"}\n    endpoints: ", moto->url(), "\n"));
        desk.environment = {{"CLUSTERDESK_STORE_KIND", "s3"},
                            {"CLUSTERDESK_STORE_BUCKET", "files"},
                            {"CLUSTERDESK_STORE_REGION", "eu-test-1"},
                            {"CLUSTERDESK_STORE_ENDPOINT", s3->url()},
                            {"CLUSTERDESK_STORE_URL_STYLE", "path"},
                            {"CLUSTERDESK_STORE_CREDENTIALS_FILE", desk.dir / "s3-keys"},
                            {"CLUSTERDESK_SECRETS_KIND", "aws"},
                            {"CLUSTERDESK_SECRETS_ACCOUNT", kAccount},
                            {"CLUSTERDESK_SECRETS_REGION", kSecretRegion},
                            {"CLUSTERDESK_AWS_ACCOUNTS_FILE", desk.dir / "accounts.yaml"}};
    }
    static aws::Credentials anybody() {
        return {.access_key_id = "AKIAEXAMPLE", .secret_access_key = Secret("not-checked")};
    }
    S3Store bucket() {
        return S3Store({.bucket = "files", .region = "eu-test-1", .endpoint = s3->url(), .url_style = S3UrlStyle::path},
                       transport, &S3Server::credentials);
    }

    RunningDesk desk;
    CurlTransport transport;
    std::optional<S3Server> s3;
    std::optional<MotoServer> moto;
};

TEST_F(DeskElsewhere, KeepsAClustersFilesInTheBucketAndItsPasswordInAws) {
    const auto cluster = desk.order();

    desk.start_tick();
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);

    const auto kubeconfig = bucket().get(
        desk.db.value("SELECT object_key FROM cluster_artifacts WHERE type = 'KUBECONFIG'"), Visibility::public_);
    EXPECT_EQ(sha256_hex(kubeconfig), desk.db.value("SELECT sha256 FROM cluster_artifacts WHERE type = 'KUBECONFIG'"));
    aws::SecretsManager secrets({.prefix = "clusterdesk", .region = kSecretRegion}, transport, &anybody,
                                {.all = moto->url()});
    EXPECT_FALSE(secrets.get(cat(cluster, "/kubeadmin-password"), "").empty());
    EXPECT_EQ(bucket().id(), desk.db.value("SELECT value FROM settings WHERE name = 'store_id'"));
    EXPECT_THAT(files_below(desk.dir / "store"), IsEmpty());
}

TEST_F(DeskElsewhere, DestroysWithTheKeyFromTheBucket) {
    const auto cluster = desk.order();
    desk.start_tick();
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);

    desk.destroy(cluster);

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.resources(), 0);
}

TEST_F(DeskElsewhere, CreatesNothingWhileItsSecretsHaveNoPlace) {
    replace_file(desk.dir / "aws-keys", "[default]\n");
    const auto cluster = desk.order();

    desk.start_tick();

    EXPECT_TRUE(
        desk.comes_true("SELECT count(*) FROM job_checks WHERE check_id = 'secret-store' AND level = 'FAIL'", "1"))
        << desk.story(cluster);
    EXPECT_EQ(desk.resources(), 0);
}

TEST_F(DeskElsewhere, TakesNoJobsWhileTheBucketIsAway) {
    desk.environment["CLUSTERDESK_STORE_ENDPOINT"] = "http://127.0.0.1:1";
    const auto cluster = desk.order();

    desk.start_tick();

    EXPECT_TRUE(desk.comes_true("SELECT count(*) FROM workers WHERE faults::text LIKE '%does not answer%'", "1"));
    EXPECT_EQ(desk.status(cluster), ClusterStatus::PENDING);
}

}  // namespace
}  // namespace desk
