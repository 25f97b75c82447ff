// Secrets in AWS Secrets Manager: what is asked, and what is done twice.
#include "core/cloud/aws/secrets_manager.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/cloud/fake_transport.hpp"

namespace desk::aws {
namespace {

using testing::HasSubstr;

constexpr const char* kMissing = R"({"__type":"ResourceNotFoundException","message":"m"})";
constexpr const char* kName = "clu_1/kubeadmin-password";
const std::string kToken(64, 'a');

struct SecretsInAws : testing::Test {
    FakeTransport transport = {};
    FakePace time = {};
    SecretsManager secrets{{.prefix = "desk", .region = "eu-west-1"}, transport, &some_credentials, {}, time.pace()};

    Json body(std::size_t number) const { return Json::parse(transport.requests.at(number).body); }
    std::string action(std::size_t number) const { return transport.header(number, "X-Amz-Target"); }
    std::string why_not_read() {
        try {
            secrets.get(kName, "v");
        } catch (const Error& error) {
            return cat(code_word(error.code()), ' ', error.what());
        }
        return "it is read";
    }
};

TEST_F(SecretsInAws, AreCreatedWithTheTokenOfTheirPut) {
    transport.answer(400, kMissing).answer(200, R"({"ARN":"a","Name":"n","VersionId":"v1"})");

    EXPECT_EQ(secrets.put(kName, Secret("swordfish"), kToken), "v1");

    EXPECT_EQ(transport.requests[1].url, "https://secretsmanager.eu-west-1.amazonaws.com/");
    EXPECT_EQ(action(1), "secretsmanager.CreateSecret");
    EXPECT_EQ(body(1)["Name"], "desk/clu_1/kubeadmin-password");
    EXPECT_EQ(body(1)["SecretString"], "swordfish");
    EXPECT_EQ(body(1)["ClientRequestToken"], kToken);
    EXPECT_FALSE(body(1).contains("KmsKeyId"));
}

TEST_F(SecretsInAws, GetANewVersionWhenTheyAreThereEvenOnesToBeDeleted) {
    transport.answer(200, R"({"ARN":"a","Name":"n"})").answer(200, R"({"ARN":"a","Name":"n","VersionId":"v2"})");

    EXPECT_EQ(secrets.put(kName, Secret("swordfish"), kToken), "v2");

    EXPECT_EQ(action(0), "secretsmanager.RestoreSecret");
    EXPECT_EQ(action(1), "secretsmanager.PutSecretValue");
    EXPECT_EQ(body(1), Json({{"SecretId", "desk/clu_1/kubeadmin-password"},
                             {"SecretString", "swordfish"},
                             {"ClientRequestToken", kToken}}));
}

TEST_F(SecretsInAws, AreReadByTheirVersion) {
    transport.answer(200, R"({"SecretString":"swordfish","VersionId":"v1"})");

    EXPECT_EQ(secrets.get(kName, "v1").reveal(), "swordfish");

    EXPECT_EQ(body(0), Json({{"SecretId", "desk/clu_1/kubeadmin-password"}, {"VersionId", "v1"}}));
}

TEST_F(SecretsInAws, AreDeletedWithTimeToThinkAgain) {
    transport.answer(200, "{}").answer(400, kMissing);

    secrets.remove(kName);
    secrets.remove(kName);

    EXPECT_EQ(body(0), Json({{"SecretId", "desk/clu_1/kubeadmin-password"}, {"RecoveryWindowInDays", 7}}));
}

TEST_F(SecretsInAws, SayWhatToDoWhenTheyAreRefused) {
    transport.answer(400, R"({"__type":"AccessDeniedException","Message":"User is not authorized"})");
    EXPECT_THAT(why_not_read(), HasSubstr("INTERNAL "));
    EXPECT_THAT(why_not_read(), HasSubstr("desk/clu_1/kubeadmin-password: AccessDeniedException: User is not"));
    EXPECT_THAT(why_not_read(), HasSubstr("need secretsmanager:CreateSecret"));

    FakeTransport missing;
    missing.answer(400, kMissing);
    SecretsManager none({.prefix = "desk", .region = "eu-west-1"}, missing, &some_credentials, {}, time.pace());
    EXPECT_NO_THROW(none.check()) << "what nobody wrote is rightly missing";
    EXPECT_THROW(secrets.check(), Error);
}

TEST_F(SecretsInAws, NeverShowTheirValueInAnError) {
    transport.answer(400, kMissing).answer(400, R"({"__type":"LimitExceededException","message":"m"})");
    try {
        secrets.put(kName, Secret("swordfish"), kToken);
        ADD_FAILURE() << "it was put";
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), Not(HasSubstr("swordfish")));
        EXPECT_THAT(error.what(), HasSubstr("quota"));
    }
}

}  // namespace
}  // namespace desk::aws
