// Ways into an account, and secrets in it, against moto.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/cloud/aws/accounts.hpp"
#include "core/cloud/aws/secrets_manager.hpp"
#include "core/cloud/aws/sts.hpp"
#include "tests/support/moto_server.hpp"

namespace desk::aws {
namespace {

using testing::HasSubstr;

constexpr const char* kMotosAccount = "123456789012";

class AwsAccount : public MotoTest {
  protected:
    AwsAccount() {
        write_credentials_file(dir / "credentials",
                               {.access_key_id = "AKIAEXAMPLE", .secret_access_key = Secret("swordfish")});
    }
    Account account() const { return {.id = kMotosAccount, .endpoints = {.all = url()}}; }
    std::string file() const { return dir / "credentials"; }
    std::string fault_of(const Account& broken) {
        try {
            resolve(broken, transport);
        } catch (const Error& error) {
            return error.for_user();
        }
        return "none";
    }

    TempDir dir;
};

TEST_F(AwsAccount, IsEnteredByAProfileOrByKeys) {
    auto by_profile = account(), by_keys = account();
    by_profile.profile = "default";
    by_profile.credentials_file = file();
    by_keys.keys = {.file = file()};

    for (const auto& way : {by_profile, by_keys}) {
        auto client = open(way, transport);
        EXPECT_EQ(get_caller_identity(client).account, kMotosAccount);
        EXPECT_FALSE(resolve(way, transport).is_temporary());
    }
}

TEST_F(AwsAccount, IsEnteredByARoleWhoseCredentialsEnd) {
    auto other = account();
    other.id = "210987654321";
    other.role = {.arn = "arn:aws:iam::210987654321:role/desk",
                  .external_id = "handshake",
                  .credentials_file = file(),
                  .duration_minutes = 30};

    const auto credentials = resolve(other, transport);
    auto client = open(other, transport);

    EXPECT_TRUE(credentials.is_temporary());
    const auto life = *credentials.expires_at - Pace::wall_time();
    EXPECT_GT(life, 25min);
    EXPECT_LT(life, 35min);
    const auto caller = get_caller_identity(client, "eu-west-1");
    EXPECT_EQ(caller.account, "210987654321");
    EXPECT_THAT(caller.arn, HasSubstr("assumed-role/desk/clusterdesk"));
}

TEST_F(AwsAccount, IsNotEnteredWithAFileThatOthersMayRead) {
    auto by_keys = account();
    by_keys.keys = {.file = file()};
    fs::permissions(file(), fs::perms(0640));
    EXPECT_THAT(fault_of(by_keys), HasSubstr("others than its owner may use these AWS credentials; chmod 600"));

    fs::permissions(file(), fs::perms(0600));
    by_keys.keys.reset();
    by_keys.credentials_file = file();
    by_keys.profile = "production";
    EXPECT_THAT(fault_of(by_keys), HasSubstr("has no profile [production]"));
    by_keys.credentials_file = dir / "none";
    EXPECT_THAT(fault_of(by_keys), HasSubstr("is not there"));
}

TEST_F(AwsAccount, IsHandedToAChildByAPrivateFile) {
    Credentials temporary{.access_key_id = "ASIA", .secret_access_key = Secret("swordfish")};
    temporary.session_token.emplace("a token");

    write_credentials_file(dir / "child", temporary);

    struct stat status {};
    ASSERT_EQ(::stat((dir / "child").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    const auto read = read_profile(dir / "child", "default");
    EXPECT_EQ(read.access_key_id, "ASIA");
    EXPECT_EQ(read.secret_access_key.reveal(), "swordfish");
    EXPECT_EQ(read.session_token->reveal(), "a token");
}

class SecretsInMoto : public MotoTest {
  protected:
    static Credentials anybody() { return {.access_key_id = "AKIA", .secret_access_key = Secret("not-checked")}; }

    const std::string first = std::string(64, 'a'), second = std::string(64, 'b');
};

TEST_F(SecretsInMoto, AreKeptByVersionReplacedDeletedAndRestored) {
    SecretsManager secrets({.prefix = "desk", .region = "eu-west-1"}, transport, &anybody, {.all = url()});
    EXPECT_NO_THROW(secrets.check());

    const auto one = secrets.put("clu_1/password", Secret("swordfish"), first);
    EXPECT_EQ(secrets.put("clu_1/password", Secret("swordfish"), first), one) << "the same put, done again";
    const auto two = secrets.put("clu_1/password", Secret("trout"), second);
    EXPECT_EQ(secrets.get("clu_1/password", one).reveal(), "swordfish");
    EXPECT_EQ(secrets.get("clu_1/password", two).reveal(), "trout");

    secrets.remove("clu_1/password");
    secrets.remove("clu_1/never-there");
    EXPECT_THROW(secrets.get("clu_1/password", two), Error);
    EXPECT_EQ(secrets.put("clu_1/password", Secret("trout"), second), two);
    EXPECT_EQ(secrets.get("clu_1/password", two).reveal(), "trout");
}

}  // namespace
}  // namespace desk::aws
