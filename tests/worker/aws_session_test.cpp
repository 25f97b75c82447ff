// What programs sign in to AWS with: a file whose newer contents a program that runs takes up, and who writes them.
#include "worker/platforms/aws_session.hpp"

#include <gmock/gmock.h>

#include <atomic>

#include "core/base/error.hpp"
#include "core/base/process.hpp"
#include "core/base/text.hpp"
#include "core/cloud/aws/credentials_file.hpp"
#include "core/cloud/aws/pace.hpp"
#include "tests/support/moto_server.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/wait.hpp"

namespace desk::worker {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// The `n`th session of a role, which lasts so long from now on.
aws::Credentials session_of_role(int n, seconds life) {
    aws::Credentials credentials{.access_key_id = cat("ASIAEXAMPLE", n),
                                 .secret_access_key = Secret(cat("secret-key-", n)),
                                 .session_token = {},
                                 .expires_at = aws::Pace::wall_time() + life};
    credentials.session_token.emplace(cat("session-token-", n));
    return credentials;
}

class AwsSessionTest : public testing::Test {
  protected:
    std::string key_in_file() const { return aws::read_profile(dir / "cloud/credentials", "default").access_key_id; }

    TempDir dir;
    Redactor redactor;
    std::atomic<int> asked = 0;
};

TEST(RenewalTime, IsInTheLastThirdButNeverInTheFirstHalf) {
    constexpr Time kBegin{};

    EXPECT_EQ(renewal_time(kBegin, kBegin + 12h) - kBegin, 8h);
    EXPECT_EQ(renewal_time(kBegin, kBegin + 60min) - kBegin, 40min);
    EXPECT_EQ(renewal_time(kBegin, kBegin + 36min) - kBegin, 21min);
    EXPECT_EQ(renewal_time(kBegin, kBegin + 15min) - kBegin, 450s);
}

TEST_F(AwsSessionTest, LiesInPrivateFilesThatAnSdkReads) {
    const AwsSession session(
        dir / "cloud", [&] { return session_of_role(++asked, 1h); }, redactor);

    const auto read = aws::read_profile(session.file(), "default");
    EXPECT_EQ(read.access_key_id, "ASIAEXAMPLE1");
    EXPECT_EQ(read.secret_access_key.reveal(), "secret-key-1");
    EXPECT_EQ(read.session_token->reveal(), "session-token-1");
    EXPECT_GT(*read.expires_at, aws::Pace::wall_time() + 59min);
    EXPECT_EQ(dir.mode("cloud/credentials"), 0600U);
    EXPECT_EQ(dir.mode("cloud/credentials.json"), 0600U);
    EXPECT_EQ(redactor.redact("secret-key-1 session-token-1"), "[redacted] [redacted]");
}

TEST_F(AwsSessionTest, IsRenewedBeforeItEndsAndHiddenFromLogs) {
    const AwsSession session(
        dir / "cloud", [&] { return asked++ == 0 ? session_of_role(1, 2s) : session_of_role(2, 1h); }, redactor);

    EXPECT_TRUE(eventually([&] { return key_in_file() == "ASIAEXAMPLE2"; }));
    EXPECT_EQ(redactor.redact("secret-key-2 session-token-2"), "[redacted] [redacted]");
}

TEST_F(AwsSessionTest, StaysWhenItCantBeRenewed) {
    const AwsSession session(
        dir / "cloud",
        [&] {
            if (++asked > 1) throw Error(Code::unavailable, "STS does not answer.");
            return session_of_role(1, 2s);
        },
        redactor);

    EXPECT_TRUE(eventually([&] { return asked >= 2; }));
    EXPECT_EQ(key_in_file(), "ASIAEXAMPLE1");
}

TEST_F(AwsSessionTest, WithoutAnEndIsKeysAlone) {
    const AwsSession session(
        dir / "cloud",
        [&] { return aws::Credentials{.access_key_id = "AKIA", .secret_access_key = Secret("swordfish")}; }, redactor);

    EXPECT_THAT(read_file(session.file()), HasSubstr("aws_access_key_id = AKIA"));
    EXPECT_FALSE(fs::exists(dir / "cloud/credentials.json"));
}

TEST_F(AwsSessionTest, IsNotHandedOutAtAPathThatAShellWouldTakeApart) {
    make_dir(dir / "a b");

    EXPECT_THROW(aws::write_credentials_file(dir / "a b/credentials", session_of_role(1, 1h)), Error);
    EXPECT_TRUE(fs::is_empty(dir / "a b"));
}

TEST_F(AwsSessionTest, IsNotReadFromAProcessThatSaysSomethingElse) {
    for (const auto* said : {"no JSON", R"({"Version":2,"AccessKeyId":"A","SecretAccessKey":"swordfish"})",
                             R"({"Version":1,"AccessKeyId":"A"})", R"({"Version":1,"AccessKeyId":7})"}) {
        replace_file(dir / "said", said);
        replace_file(dir / "credentials", cat("[default]\ncredential_process = cat ", (dir / "said").string(), '\n'));

        try {
            aws::read_profile(dir / "credentials", "default");
            ADD_FAILURE() << said;
        } catch (const Error& error) {
            EXPECT_THAT(error.what(), Not(HasSubstr("swordfish")));
        }
    }
}

/// botocore is an SDK of AWS's own.
TEST_F(AwsSessionTest, IsTakenUpAnewByAProgramThatRuns) {
    const auto python = MotoServer::find_python();
    if (!python) GTEST_SKIP() << "no Python with botocore";
    constexpr const char* kReader =
        "import botocore.session\n"
        "credentials = botocore.session.get_session().get_credentials()\n"
        "key = lambda: credentials.get_frozen_credentials().access_key\n"
        "print(first := key(), flush=True)\n"
        "while key() == first: pass\n"
        "print(key())\n";
    const auto file = dir / "credentials";
    aws::write_credentials_file(file, session_of_role(1, 5min));
    std::vector<std::string> keys;

    SystemProcessRunner runner;
    const auto exit = runner.run({.program = *python,
                                  .args = {"-c", kReader},
                                  .env = {{"PATH", "/usr/bin:/bin"},
                                          {"AWS_SHARED_CREDENTIALS_FILE", file},
                                          {"AWS_CONFIG_FILE", "/dev/null"},
                                          {"AWS_EC2_METADATA_DISABLED", "true"}},
                                  .timeout = 60s},
                                 [&](Stream stream, std::string_view line) {
                                     keys.emplace_back(line);
                                     if (stream == Stream::out && keys.size() == 1)
                                         aws::write_credentials_file(file, session_of_role(2, 1h));
                                 });

    EXPECT_TRUE(exit.ok()) << exit.why;
    EXPECT_THAT(keys, ElementsAre("ASIAEXAMPLE1", "ASIAEXAMPLE2"));
}

}  // namespace
}  // namespace desk::worker
