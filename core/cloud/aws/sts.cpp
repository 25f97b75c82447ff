#include "core/cloud/aws/sts.hpp"

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk::aws {
namespace {

constexpr const char* kVersion = "2011-06-15";

std::string get_text(const pugi::xml_node& parent, const char* name) {
    std::string value = parent.child_value(name);
    if (value.empty())
        throw Error(Code::unavailable, "AWS's answer can't be understood.", cat("sts: no ", name, " in its answer"));
    return value;
}

}  // namespace

CallerIdentity get_caller_identity(Client& client, const std::string& region) {
    const auto document = client.query("sts", region, "GetCallerIdentity", kVersion);
    const auto result = document.child("GetCallerIdentityResponse").child("GetCallerIdentityResult");
    return {
        .account = get_text(result, "Account"), .arn = get_text(result, "Arn"), .user_id = get_text(result, "UserId")};
}

Credentials assume_role(Client& client, const AssumeRole& role, const std::string& region) {
    Params params = {{"RoleArn", role.arn},
                     {"RoleSessionName", role.session_name},
                     {"DurationSeconds", std::to_string(role.duration.count())}};
    if (!role.external_id.empty()) params.emplace_back("ExternalId", role.external_id);
    const auto document = client.query("sts", region, "AssumeRole", kVersion, params);
    const auto result = document.child("AssumeRoleResponse").child("AssumeRoleResult").child("Credentials");
    Credentials credentials{.access_key_id = get_text(result, "AccessKeyId"),
                            .secret_access_key = Secret(get_text(result, "SecretAccessKey")),
                            .session_token = {},
                            .expires_at = parse_time(get_text(result, "Expiration"))};
    credentials.session_token.emplace(get_text(result, "SessionToken"));
    return credentials;
}

}  // namespace desk::aws
