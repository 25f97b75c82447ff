// The file of AWS accounts, credentials files, and what is asked of STS.
#include "core/cloud/aws/accounts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/cloud/aws/sts.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/cloud/fake_transport.hpp"

namespace desk::aws {
namespace {

using testing::HasSubstr;

constexpr const char* kAccounts = R"yaml(
accounts:
  - id: "012345678901"
    name: development
    role:
      arn: arn:aws:iam::012345678901:role/clusterdesk
      externalId: handshake
    regions: [eu-west-1, eu-central-1]
    stateBucket: state-bucket
    stateRegion: eu-west-1
    endpoints: {s3: "http://127.0.0.1:9000", all: "http://127.0.0.1:5000"}
  - id: "210987654321"
    profile: production
    endpoints: http://127.0.0.1:5000
  - id: "000000000042"
    keys: {file: /etc/clusterdesk/keys-42}
)yaml";

std::string account_faults(const std::string& accounts) {
    try {
        Accounts::parse("accounts:\n" + accounts, "a.yaml");
    } catch (const Error& error) {
        return error.for_user();
    }
    return "";
}

TEST(AwsAccounts, AreReadWithTheirWayIn) {
    const auto accounts = Accounts::parse(kAccounts, "a.yaml");

    ASSERT_EQ(accounts.all().size(), 3U);
    const auto& development = accounts.get("012345678901");
    EXPECT_EQ(development.label(), "012345678901 (development)");
    EXPECT_EQ(development.role->external_id, "handshake");
    EXPECT_EQ(development.role->source_profile, "default");
    EXPECT_EQ(development.endpoints.service.at("s3"), "http://127.0.0.1:9000");
    EXPECT_EQ(development.endpoints.all, "http://127.0.0.1:5000") << "for services that are not named";
    EXPECT_EQ(development.regions.back(), "eu-central-1");
    EXPECT_EQ(accounts.get("210987654321").endpoints.all, "http://127.0.0.1:5000");
    EXPECT_EQ(accounts.find("000000000042")->keys->file, "/etc/clusterdesk/keys-42");
}

TEST(AwsAccounts, SayWhatToDoAboutOneThatIsMissing) {
    const auto accounts = Accounts::parse(kAccounts, "a.yaml");

    EXPECT_EQ(accounts.find("999999999999"), nullptr);
    EXPECT_THROW(accounts.get("999999999999"), Error);
    EXPECT_TRUE(Accounts::load("").all().empty());
}

TEST(AwsAccounts, TellEveryFaultWithItsLineAndKey) {
    const auto faults = account_faults(
        "  - id: 012345678901\n"
        "    profile: a\n"
        "    keys: {file: keys}\n"
        "    regions: [Europe]\n"
        "    stateBucket: b\n"
        "  - id: \"12\"\n"
        "    role: {arn: arn:aws:iam::210987654321:user/me, sessionName: \"a b\", durationMinutes: 5}\n"
        "    endpoints: {s3: ftp://x}\n"
        "    credentialsFile: /x\n"
        "    colour: red\n"
        "  - id: \"12\"\n"
        "    role: {arn: \"arn:aws:iam::210987654321:role/r\"}\n");

    for (const auto* fault : {
             "a.yaml:2: accounts[0].id: is a number without quotes",
             "a.yaml:2: accounts[0]: needs exactly one of profile, role and keys",
             "a.yaml:4: accounts[0].keys.file: must be an absolute path.",
             "a.yaml:5: accounts[0].regions[0]: is not a region",
             "a.yaml:2: accounts[0]: needs stateBucket and stateRegion both or neither.",
             "a.yaml:7: accounts[1].id: must be the 12 digits of an account.",
             "a.yaml:8: accounts[1].role.arn: must be the ARN of a role",
             "a.yaml:8: accounts[1].role.sessionName: must be 2 to 64 letters",
             "a.yaml:8: accounts[1].role.durationMinutes: is 5; it must be 15 to 720.",
             "a.yaml:9: accounts[1].endpoints.s3: must be a URL",
             "a.yaml:10: accounts[1].credentialsFile: goes with profile",
             "a.yaml:11: accounts[1].colour: is not a known key.",
             "a.yaml:12: accounts[2].id: is there twice.",
             "a.yaml:13: accounts[2].role.arn: is a role of another account.",
         })
        EXPECT_THAT(faults, HasSubstr(fault));
}

TEST(AwsAccounts, AreOfThePartitionThatTheirRoleAndRegionsTell) {
    const auto home = [](const std::string& rest) {
        return Accounts::parse("accounts:\n  - id: \"012345678901\"\n" + rest, "a.yaml").all().front().endpoints.home;
    };
    EXPECT_EQ(home("    profile: a\n"), "us-east-1");
    EXPECT_EQ(home("    profile: a\n    regions: [eu-west-1]\n"), "us-east-1");
    EXPECT_EQ(home("    profile: a\n    regions: [us-gov-east-1]\n    endpoints: http://127.0.0.1:5000\n"),
              "us-gov-west-1");
    EXPECT_EQ(home("    profile: a\n    stateBucket: b\n    stateRegion: cn-north-1\n"), "cn-northwest-1");
    EXPECT_EQ(home("    role: {arn: \"arn:aws-us-gov:iam::012345678901:role/desk\"}\n"), "us-gov-west-1");
}

TEST(AwsAccounts, AreOfOnePartition) {
    EXPECT_EQ(
        account_faults("  - id: \"012345678901\"\n"
                       "    role: {arn: \"arn:aws:iam::012345678901:role/desk\"}\n"
                       "    regions: [eu-west-1, us-gov-east-1]\n"),
        "a.yaml:4: accounts[0].regions[1]: is of partition aws-us-gov, and role.arn of aws: no account is of both.");
}

TEST(AwsAccounts, AskForTheirRoleInTheirPartition) {
    FakeTransport transport;
    transport.answer(400, "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>");
    TempDir dir;
    replace_file(dir / "keys", "[default]\naws_access_key_id = A\naws_secret_access_key = b\n", 0600);
    const auto accounts = Accounts::parse(
        cat("accounts:\n  - id: \"012345678901\"\n    role: {arn: \"arn:aws-us-gov:iam::012345678901:role/desk\", "
            "credentialsFile: ",
            (dir / "keys").string(), "}\n"),
        "a.yaml");

    EXPECT_THROW(resolve(accounts.all().front(), transport), AwsError);

    EXPECT_EQ(transport.requests.at(0).url, "https://sts.us-gov-west-1.amazonaws.com/");
}

TEST(AwsAccounts, AreNotRefusedByAnAwsThatIsTooBusy) {
    FakeTransport transport;
    FakePace pace;
    transport.answer(400, "<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>");
    Client client(transport, some_credentials(), {}, pace.pace());
    try {
        require_account(client, {.id = "012345678901"});
        ADD_FAILURE() << "it was believed";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Code::unavailable);
    }
}

TEST(CredentialsFile, HoldsKeysByProfile) {
    const auto profiles = parse_credentials(
        "# mine\n[default]\naws_access_key_id = AKIA1\naws_secret_access_key=a=b\n\n"
        "[ other ]\nAWS_ACCESS_KEY_ID=AKIA2\naws_secret_access_key = c\naws_session_token = d==\nregion = x\n",
        "file");

    const auto& lasting = profiles.at("default");
    EXPECT_EQ(lasting.access_key_id, "AKIA1");
    EXPECT_EQ(lasting.secret_access_key.reveal(), "a=b");
    EXPECT_FALSE(lasting.is_temporary());
    EXPECT_EQ(profiles.at("other").session_token->reveal(), "d==");
    EXPECT_TRUE(profiles.at("other").is_temporary());
}

TEST(CredentialsFile, IsRefusedWithItsLineAndWithoutItsText) {
    for (const auto* text : {"[default]\nswordfish\n", "\naws_secret_access_key = swordfish\n", "\n[swordfish\n"}) {
        try {
            parse_credentials(text, "file");
            ADD_FAILURE() << text;
        } catch (const Error& error) {
            EXPECT_THAT(error.what(), HasSubstr("file:2: "));
            EXPECT_THAT(error.what(), Not(HasSubstr("swordfish")));
        }
    }
}

TEST(Sts, TellsWhoTheCallerIs) {
    FakeTransport transport;
    transport.answer(200,
                     "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                     "<GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/desk</Arn><UserId>AIDA</UserId>"
                     "<Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>");
    Client client(transport, some_credentials());

    const auto caller = get_caller_identity(client);

    EXPECT_EQ(caller.account, "123456789012");
    EXPECT_EQ(caller.arn, "arn:aws:iam::123456789012:user/desk");
    EXPECT_EQ(caller.user_id, "AIDA");
    EXPECT_EQ(transport.requests.at(0).url, "https://sts.amazonaws.com/");
    EXPECT_EQ(transport.requests.at(0).body, "Action=GetCallerIdentity&Version=2011-06-15");
}

TEST(Sts, GivesCredentialsOfARoleThatEnd) {
    FakeTransport transport;
    transport.answer(200,
                     "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA</AccessKeyId>"
                     "<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>"
                     "<Expiration>2026-11-21T11:00:00Z</Expiration></Credentials></AssumeRoleResult>"
                     "</AssumeRoleResponse>");
    Client client(transport, some_credentials());

    const auto credentials = assume_role(
        client, {.arn = "arn:aws:iam::1:role/r", .session_name = "desk", .external_id = "x y", .duration = 2h},
        "eu-west-1");

    EXPECT_EQ(credentials.access_key_id, "ASIA");
    EXPECT_EQ(credentials.secret_access_key.reveal(), "s");
    EXPECT_EQ(credentials.session_token->reveal(), "t");
    EXPECT_EQ(credentials.expires_at, parse_time("2026-11-21T11:00:00Z"));
    EXPECT_EQ(transport.requests.at(0).body,
              "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr&RoleSessionName=desk"
              "&DurationSeconds=7200&ExternalId=x%20y");
}

TEST(Sts, RefusesAnAnswerWithoutAnAccount) {
    FakeTransport transport;
    transport.answer(200, "<GetCallerIdentityResponse/>");
    Client client(transport, some_credentials());

    EXPECT_THROW(get_caller_identity(client), Error);
}

}  // namespace
}  // namespace desk::aws
