#include "core/cloud/aws/secrets_manager.hpp"

#include <array>

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk::aws {
namespace {

constexpr int kRecoveryDays = 7;  // the least that AWS offers

struct WayOut {
    std::string_view code, words;
};
constexpr std::array kWaysOut = {
    WayOut{"AccessDeniedException",
           "the desk's credentials need secretsmanager:CreateSecret, PutSecretValue, GetSecretValue, RestoreSecret, "
           "DeleteSecret and TagResource below its prefix, and the use of the key"},
    WayOut{"InvalidRequestException",
           "if it is scheduled for deletion, `aws secretsmanager restore-secret` brings it back"},
    WayOut{"DecryptionFailure", "the desk's credentials need kms:Decrypt for the key"},
    WayOut{"EncryptionFailure", "the desk's credentials need kms:GenerateDataKey for the key"},
    WayOut{"LimitExceededException", "the account has as many secrets as its quota allows"},
};

std::string get_text(const Json& answer, const char* key) {
    if (answer.contains(key) && answer[key].is_string()) return answer[key];
    throw Error(Code::unavailable, "AWS's answer can't be understood.", cat("secretsmanager: no ", key, " in it"));
}

}  // namespace

SecretsManager::SecretsManager(Settings settings, HttpTransport& transport, std::function<Credentials()> credentials,
                               Endpoints endpoints, Pace pace)
    : settings_(std::move(settings)),
      client_(transport, std::move(credentials), std::move(endpoints), std::move(pace)) {}

std::string SecretsManager::full(const std::string& name) const { return cat(settings_.prefix, '/', name); }

Json SecretsManager::call(const char* action, const Json& body) {
    return client_.json("secretsmanager", settings_.region, cat("secretsmanager.", action), body);
}

void SecretsManager::refuse(const std::string& name, const AwsError& error) const {
    std::string why = cat("AWS Secrets Manager in ", settings_.region, ", ", full(name), ": ", error.what());
    for (const auto& way : kWaysOut)
        if (way.code == error.code()) why += cat("; ", way.words);
    throw Error(Code::internal, "The desk's secret store does not do its work.", why);
}

std::string SecretsManager::put(const std::string& name, const Secret& value, const std::string& token) {
    Json body = {{"SecretString", value.reveal()}, {"ClientRequestToken", token}};
    try {
        if (is_there(name)) {
            body["SecretId"] = full(name);
            return get_text(call("PutSecretValue", body), "VersionId");
        }
        body["Name"] = full(name);
        body["Description"] = "Kept by Clusterdesk";
        body["Tags"] = Json::array({{{"Key", "managed-by"}, {"Value", "clusterdesk"}}});
        if (!settings_.kms_key.empty()) body["KmsKeyId"] = settings_.kms_key;
        return get_text(call("CreateSecret", body), "VersionId");
    } catch (const AwsError& error) {
        refuse(name, error);
    }
}

bool SecretsManager::is_there(const std::string& name) {
    try {
        call("RestoreSecret", {{"SecretId", full(name)}});  // changes nothing unless it is to be deleted
        return true;
    } catch (const AwsError& error) {
        if (error.is_not_found()) return false;
        throw;
    }
}

Secret SecretsManager::get(const std::string& name, const std::string& version) {
    try {
        Json which = {{"SecretId", full(name)}};
        if (!version.empty()) which["VersionId"] = version;
        return Secret(get_text(call("GetSecretValue", which), "SecretString"));
    } catch (const AwsError& error) {
        if (error.is_not_found()) throw Error(Code::not_found, "This secret is not there any more.", full(name));
        refuse(name, error);
    }
}

void SecretsManager::remove(const std::string& name) {
    try {
        call("DeleteSecret", {{"SecretId", full(name)}, {"RecoveryWindowInDays", kRecoveryDays}});
    } catch (const AwsError& error) {
        if (!error.is_not_found() && error.code() != "InvalidRequestException") refuse(name, error);
    }
}

}  // namespace desk::aws
