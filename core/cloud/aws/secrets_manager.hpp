// Secrets in AWS Secrets Manager: "<prefix>/<name>", one version for each put.
#pragma once

#include "core/cloud/aws/client.hpp"
#include "core/cloud/secret_vault.hpp"

namespace desk::aws {

class SecretsManager : public SecretVault {
  public:
    struct Settings {
        std::string prefix = {};
        std::string region = {};
        std::string kms_key = {};  ///< "" = the account's own
    };

    SecretsManager(Settings settings, HttpTransport& transport, std::function<Credentials()> credentials,
                   Endpoints endpoints = {}, Pace pace = {});

    std::string_view kind() const override { return "aws"; }
    /// A secret that is to be deleted is restored first. The version is called as the token.
    std::string put(const std::string& name, const Secret& value, const std::string& token) override;
    Secret get(const std::string& name, const std::string& version) override;
    /// Deleted for good 7 days later; until then an administrator of AWS can restore it.
    void remove(const std::string& name) override;

  private:
    /// After this it is not to be deleted.
    bool is_there(const std::string& name);
    Json call(const char* action, const Json& body);
    [[noreturn]] void refuse(const std::string& name, const AwsError& error) const;
    std::string full(const std::string& name) const;

    Settings settings_;
    Client client_;
};

}  // namespace desk::aws
