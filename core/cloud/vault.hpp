// Secrets in HashiCorp Vault (or OpenBao): a KV store of version 2, "<mount>/data/<prefix>/<name>".
#pragma once

#include <mutex>
#include <optional>

#include "core/base/http_client.hpp"
#include "core/base/json.hpp"
#include "core/cloud/secret_vault.hpp"

namespace desk {

class Vault : public SecretVault {
  public:
    /// Signs in at the first call, and once more when its token is refused.
    Vault(Config::Vault settings, std::string prefix, HttpTransport& transport);

    std::string_view kind() const override { return "vault"; }
    /// Written with check-and-set, so that nobody's version is lost. The value stands under "value", the put's token
    /// under "put".
    std::string put(const std::string& name, const Secret& value, const std::string& token) override;
    Secret get(const std::string& name, const std::string& version) override;
    /// For good, with its metadata.
    void remove(const std::string& name) override;

  private:
    struct Latest {
        int version = 0;  ///< 0 = never written
        std::string put = {};
    };

    std::string sign_in();
    HttpAnswer send(const std::string& method, const std::string& path, const std::string& token, const Json& body);
    /// With the desk's token.
    HttpAnswer ask(const std::string& method, const std::string& path, const Json& body = nullptr);
    Latest latest(const std::string& name);
    std::string path_of(std::string_view part, const std::string& name) const;
    [[noreturn]] void refuse(const std::string& path, const HttpAnswer& answer) const;

    Config::Vault settings_;
    std::string prefix_;
    HttpTransport& transport_;
    std::mutex mutex_;
    std::optional<Secret> token_;
};

}  // namespace desk
