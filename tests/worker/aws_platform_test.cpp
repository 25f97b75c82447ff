// The AWS platform of the worker: which account, what a child program gets, and what is missing. moto plays AWS.
#include "worker/platforms/aws.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "tests/support/moto_server.hpp"
#include "worker/installer.hpp"

namespace desk::worker {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kMine = "123456789012";  // moto's only account
constexpr const char* kOther = "210987654321";
constexpr const char* kSecretKey = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY";

class AwsPlatformTest : public MotoTest {
  protected:
    void SetUp() override {
        MotoTest::SetUp();
        if (IsSkipped()) return;
        config.installers.dir = dir / "installers";
        config.aws.accounts_file = dir / "accounts.yaml";
        config.aws.pull_secret_file = dir / "pull-secret.json";
        replace_file(config.aws.pull_secret_file, R"({"auths":{"quay.io":{"auth":"c2VjcmV0"}}})"
                                                  "\n");
        write_keys();
        write_accounts({kMine});
    }

    void write_keys(const std::string& more = "") {
        replace_file(dir / "keys", cat("[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ",
                                       kSecretKey, '\n', more));
    }
    void write_accounts(const std::vector<std::string>& ids) {
        std::string text = "accounts:\n";
        for (const auto& id : ids)
            text += cat("  - id: \"", id, "\"\n    name: tests\n    keys: {file: ", (dir / "keys").string(),
                        "}\n    endpoints: \"", url(), "\"\n");
        replace_file(config.aws.accounts_file, text);
    }
    static EffectiveOrder order(const std::vector<std::string>& allowed = {}) {
        return {.platform = Platform::aws,
                .version = "4.20.3",
                .profile = "aws-sno",
                .region = "eu-west-1",
                .guardrail = {.account_ids = allowed}};
    }
    /// An installer that says it is 4.20.3, with its companions.
    void add_installer() {
        replace_file(dir / "program", "#!/bin/sh\necho installer 4.20.3\n", 0755);
        InstallerCatalog(config.installers.dir).add("4.20.3", kInstaller, dir / "program");
    }
    std::string failed_checks(const EffectiveOrder& the_order) {
        std::vector<std::string> ids;
        for (const auto& check : AwsPlatform(config).preflight(the_order))
            if (check.level == CheckLevel::FAIL) ids.push_back(check.id);
        return join(ids, " ");
    }

    TempDir dir;
    Config config;
    Redactor redactor;
};

template <class Act>
std::string refusal_of(Act act) {
    try {
        act();
    } catch (const Error& error) {
        return error.for_user();
    }
    return "";
}

TEST_F(AwsPlatformTest, TakesTheOneAccountThatTheGuardrailAllows) {
    write_accounts({kOther, kMine});

    EXPECT_EQ(AwsPlatform(config).account_of(order({kMine})), kMine);
    EXPECT_THAT(refusal_of([&] { AwsPlatform(config).account_of(order()); }), HasSubstr("more than one AWS account"));
    EXPECT_THAT(refusal_of([&] { AwsPlatform(config).account_of(order({"333333333333"})); }),
                HasSubstr("no AWS account that profile aws-sno allows"));
}

TEST_F(AwsPlatformTest, KeepsToTheAccountThatAttemptsAreIn) {
    write_accounts({kOther, kMine});
    AwsPlatform platform(config);

    platform.keep_to(kOther);

    EXPECT_EQ(platform.account_of(order({kMine})), kOther);
}

TEST_F(AwsPlatformTest, GivesCredentialsToChildrenInAPrivateFileAlone) {
    const auto env = AwsPlatform(config).environment(order(), dir / "cloud", redactor);

    EXPECT_EQ(env.at("AWS_SHARED_CREDENTIALS_FILE"), dir / "cloud/credentials");
    EXPECT_EQ(env.at("AWS_CONFIG_FILE"), "/dev/null");
    EXPECT_EQ(env.at("AWS_ENDPOINT_URL"), url());
    for (const auto& [name, value] : env) {
        EXPECT_THAT(name, Not(HasSubstr("ACCESS_KEY")));
        EXPECT_THAT(value, Not(HasSubstr(kSecretKey)));
    }
    EXPECT_EQ(dir.mode("cloud/credentials"), 0600U);
    EXPECT_EQ(dir.mode("cloud"), 0700U);
    EXPECT_EQ(aws::read_profile(dir / "cloud/credentials", "default").secret_access_key.reveal(), kSecretKey);
    EXPECT_EQ(redactor.redact(cat("error: ", kSecretKey)), "error: [redacted]");
}

TEST_F(AwsPlatformTest, GivesChildrenASessionOfARoleThatTheyAskForAgain) {
    replace_file(config.aws.accounts_file, cat("accounts:\n  - id: \"", kOther, "\"\n    role: {arn: \"arn:aws:iam::",
                                               kOther, ":role/desk\", credentialsFile: ", (dir / "keys").string(),
                                               "}\n    endpoints: \"", url(), "\"\n"));
    AwsPlatform platform(config);

    const auto env = platform.environment(order(), dir / "cloud", redactor);

    EXPECT_EQ(read_file(env.at("AWS_SHARED_CREDENTIALS_FILE")),
              cat("[default]\ncredential_process = /bin/cat ", (dir / "cloud/credentials.json").string(), '\n'));
    const auto session = aws::read_profile(dir / "cloud/credentials", "default");
    EXPECT_TRUE(session.is_temporary() && session.expires_at);
    EXPECT_EQ(redactor.redact(session.secret_access_key.reveal()), "[redacted]");
}

TEST_F(AwsPlatformTest, GivesNobodyTheCredentialsOfAnotherAccount) {
    write_accounts({kOther});

    EXPECT_THAT(refusal_of([&] { AwsPlatform(config).environment(order(), dir / "cloud", redactor); }),
                AllOf(HasSubstr("AWS account mismatch: expected 210987654321"), HasSubstr("got 123456789012")));
    EXPECT_FALSE(fs::exists(dir / "cloud"));
}

TEST_F(AwsPlatformTest, MakesRolesForOperatorsWhenItsCredentialsEnd) {
    EXPECT_EQ(AwsPlatform(config).credentials_mode(order()), CredentialsMode::Auto);
    EXPECT_FALSE(AwsPlatform(config).uses_ccoctl(order()));

    write_keys("aws_session_token = IQoJb3JpZ2luX2VjEXAMPLE\n");

    EXPECT_EQ(AwsPlatform(config).credentials_mode(order()), CredentialsMode::Manual);
    EXPECT_TRUE(AwsPlatform(config).uses_ccoctl(order()));
    AwsPlatform(config).environment(order(), dir / "cloud", redactor);
    EXPECT_EQ(redactor.redact("token IQoJb3JpZ2luX2VjEXAMPLE"), "token [redacted]");
}

TEST_F(AwsPlatformTest, HasNothingToComplainOfWhenAllIsThere) {
    add_installer();
    auto moto = client();
    moto.rest("route53", "us-east-1", "POST", "/2013-04-01/hostedzone", {},
              "<CreateHostedZoneRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><Name>labs.example.com"
              "</Name><CallerReference>tests</CallerReference></CreateHostedZoneRequest>");
    auto complete = order({kMine});
    complete.name = "demo1";
    complete.base_domain = "labs.example.com";

    EXPECT_EQ(failed_checks(complete), "");

    config.terraform.aws_prereqs = dir / "root";
    EXPECT_EQ(failed_checks(complete), "terraform") << "its states have no bucket";
}

TEST_F(AwsPlatformTest, WantsTerraformAndTheBucketOfItsStates) {
    config.terraform.program = dir / "terraform";
    const auto check = [&] {
        const auto found = AwsPlatform(config).check_terraform(order({kMine}));
        return cat(text(found.level), ' ', found.detail, ' ', found.remedy);
    };

    EXPECT_THAT(check(), HasSubstr("FAIL Terraform"));
    replace_file(dir / "terraform", "#!/bin/sh\necho '{\"terraform_version\": \"1.11.4\"}'\n", 0755);
    EXPECT_THAT(check(), HasSubstr("has no stateBucket"));
    replace_file(config.aws.accounts_file, read_file(config.aws.accounts_file) +
                                               "    stateBucket: states-of-tests\n    stateRegion: us-east-1\n");
    EXPECT_THAT(check(), AllOf(HasSubstr("FAIL The account has no bucket states-of-tests"), HasSubstr("tf-bootstrap")));
    auto moto = client();
    moto.rest("s3", "us-east-1", "PUT", "/states-of-tests");
    EXPECT_THAT(check(), HasSubstr("PASS"));
}

TEST_F(AwsPlatformTest, MakesAZoneForPublicClustersAlone) {
    config.terraform.aws_prereqs = dir / "root";
    replace_file(config.aws.accounts_file, read_file(config.aws.accounts_file) +
                                               "    stateBucket: states-of-tests\n    stateRegion: us-east-1\n");
    auto hidden = order({kMine});
    hidden.base_domain = "labs.example.com";
    EXPECT_TRUE(AwsPlatform(config).makes_zone(hidden));
    EXPECT_EQ(AwsPlatform(config).prereqs(hidden, "state", ClusterId::make(), nullptr)->variables.at("hosted_zone_id"),
              "");

    hidden.features.private_cluster = true;

    EXPECT_FALSE(AwsPlatform(config).makes_zone(hidden));
    EXPECT_EQ(AwsPlatform(config).prereqs(hidden, "state", ClusterId::make(), nullptr)->variables.at("hosted_zone_id"),
              "none");
}

TEST_F(AwsPlatformTest, ListsEverythingThatIsMissingAtOnce) {
    write_accounts({kOther});
    write_keys("aws_session_token = IQoJb3JpZ2luX2VjEXAMPLE\n");
    replace_file(config.aws.pull_secret_file, "{\"auths\":{}}");

    EXPECT_EQ(failed_checks(order({kOther})), "account installer companions pull-secret");
}

TEST_F(AwsPlatformTest, RefusesARegionOfAnotherPartitionThanTheAccounts) {
    auto in_gov_cloud = order();
    in_gov_cloud.region = "us-gov-east-1";

    std::string detail;
    for (const auto& check : AwsPlatform(config).preflight(in_gov_cloud))
        if (check.id == "region") detail = check.detail;

    EXPECT_EQ(detail, cat("Account ", kMine, " (tests) is not of partition aws-us-gov, in which us-gov-east-1 is."));
}

TEST_F(AwsPlatformTest, WantsTheFipsCapableInstallerAndAHostForItInFipsMode) {
    add_installer();
    auto fips = order({kMine});
    fips.features.fips_mode = true;
    const auto check = [&] {
        const auto all = AwsPlatform(config).preflight(fips);
        return *std::ranges::find(all, "installer", &Check::id);
    };

    EXPECT_THAT(check().detail, HasSubstr("This host has no openshift-install-fips 4.20.3"));
    InstallerCatalog(config.installers.dir).add("4.20.3", kFipsInstaller, dir / "program");
    const fs::path flag = "/proc/sys/crypto/fips_enabled";
    if (fs::exists(flag) && read_file(flag).starts_with("1"))
        EXPECT_EQ(check().level, CheckLevel::PASS);
    else
        EXPECT_THAT(check().detail, HasSubstr("not in FIPS mode"));
    EXPECT_EQ(installer_for(fips, false).program, kFipsInstaller);
    EXPECT_EQ(installer_for(fips, true).program, kInstaller);
    EXPECT_EQ(installer_for(order(), false).program, kInstaller);
}

TEST_F(AwsPlatformTest, TellsAWrongAccountAsAMatterOfCredentials) {
    write_accounts({kOther});

    EXPECT_THAT(AwsPlatform(config).preflight(order()),
                Contains(AllOf(Field(&Check::id, "account"), Field(&Check::level, CheckLevel::FAIL),
                               Field(&Check::error_class, FailureClass::credentials),
                               Field(&Check::detail, HasSubstr("expected 210987654321 (tests), got 123456789012")))));
}

TEST_F(AwsPlatformTest, ReadsNoPullSecretThatOthersMayRead) {
    fs::permissions(config.aws.pull_secret_file, fs::perms::others_read, fs::perm_options::add);

    EXPECT_THAT(refusal_of([&] { AwsPlatform(config).pull_secret(); }), HasSubstr("Others than its owner"));
}

TEST_F(AwsPlatformTest, SweepsOnlyTheAccountThatAnAttemptStored) {
    auto moto = client();
    moto.query("ec2", "eu-west-1", "CreateVpc", "2016-11-15",
               {{"CidrBlock", "10.0.0.0/16"},
                {"TagSpecification.1.ResourceType", "vpc"},
                {"TagSpecification.1.Tag.1.Key", "kubernetes.io/cluster/demo1-abcde"},
                {"TagSpecification.1.Tag.1.Value", "owned"}});
    const SweepScope scope{.infra_ids = {"demo1-abcde"}, .regions = {"eu-west-1"}};
    AwsPlatform platform(config);

    EXPECT_THAT(refusal_of([&] { platform.sweep(scope); }), HasSubstr("nothing can be proven"));
    platform.keep_to(kMine);
    EXPECT_THAT(platform.sweep(scope), ElementsAre(Field(&Leftover::type, "vpc")));
    EXPECT_THAT(platform.sweep({.infra_ids = {"other-abcde"}, .regions = {"eu-west-1"}}), IsEmpty());
    EXPECT_THAT(platform.queries(scope).front(), HasSubstr(kMine));

    write_accounts({kOther});
    AwsPlatform elsewhere(config);
    elsewhere.keep_to(kOther);
    EXPECT_THAT(refusal_of([&] { elsewhere.sweep(scope); }), HasSubstr("AWS account mismatch"));
}

TEST_F(AwsPlatformTest, AsksIamForTheRoleThatTerraformWasToldToMake) {
    auto moto = client();
    const auto iam = [&](const char* action, aws::Params params) {
        moto.query("iam", "us-east-1", action, "2010-05-08", params);
    };
    iam("CreateRole", {{"RoleName", "clusterdesk-demo1-01"}, {"AssumeRolePolicyDocument", "{}"}});
    iam("CreatePolicy",
        {{"PolicyName", "clusterdesk-demo1-01"},
         {"PolicyDocument",
          R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}]})"}});
    const SweepScope scope{.roles = {"clusterdesk-demo1-01"}, .regions = {"eu-west-1"}};
    AwsPlatform platform(config);
    platform.keep_to(kMine);

    EXPECT_THAT(platform.sweep(scope),
                ElementsAre(Field(&Leftover::type, "iam-role"), Field(&Leftover::type, "iam-policy")));
    EXPECT_THAT(platform.queries(scope), Contains("IAM: Terraform's role and policy clusterdesk-demo1-01"));

    iam("DeleteRole", {{"RoleName", "clusterdesk-demo1-01"}});
    iam("DeletePolicy", {{"PolicyArn", cat("arn:aws:iam::", kMine, ":policy/clusterdesk-demo1-01")}});
    EXPECT_THAT(platform.sweep(scope), IsEmpty());
}

}  // namespace
}  // namespace desk::worker
