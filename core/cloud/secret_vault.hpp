// Secret values outside the database: AWS Secrets Manager, HashiCorp Vault. Rows of the desk say which version of which
// name is theirs (core/store/secrets.hpp).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/config.hpp"
#include "core/base/secret.hpp"

namespace desk {

/// Names are like object keys: "clu_01J.../kubeadmin-password", below the prefix of the settings. Every function throws
/// Error{unavailable} when there is no answer and Error{internal} when it is refused, with the way out in the text for
/// the log. Nothing that is thrown holds a value or a token. Thread-safe.
class SecretVault {
  public:
    virtual ~SecretVault() = default;

    /// "aws", "vault": rows remember it.
    virtual std::string_view kind() const = 0;
    /// Keeps `value` as a new version of `name` and returns what the version is called. `token` (64 hex digits) tells
    /// which put this is: done again, it finds the version that it made.
    virtual std::string put(const std::string& name, const Secret& value, const std::string& token) = 0;
    /// "" = the newest version. Throws Error{not_found} when there is no such one.
    virtual Secret get(const std::string& name, const std::string& version) = 0;
    /// All versions of it. No error when there is none.
    virtual void remove(const std::string& name) = 0;

    /// Throws unless the desk gets in and may read below its prefix. Changes nothing.
    void check();
};

/// The one that the configuration names, asked nothing yet; null when values are sealed in rows (secrets.kind sealed).
std::unique_ptr<SecretVault> open_secret_vault(const Config& config);

}  // namespace desk
