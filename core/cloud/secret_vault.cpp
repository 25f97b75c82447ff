#include "core/cloud/secret_vault.hpp"

#include "core/base/error.hpp"
#include "core/cloud/aws/accounts.hpp"
#include "core/cloud/aws/secrets_manager.hpp"
#include "core/cloud/vault.hpp"

namespace desk {

void SecretVault::check() {
    try {
        get("doctor/never-written", "");
    } catch (const Error& error) {
        if (error.code() != Code::not_found) throw;  // what nobody wrote is rightly missing
    }
}

std::unique_ptr<SecretVault> open_secret_vault(const Config& config) {
    static CurlTransport transport;  // without a state of its own
    const auto& secrets = config.secrets;
    switch (secrets.kind) {
        case SecretsKind::sealed:
            return nullptr;
        case SecretsKind::vault:
            return std::make_unique<Vault>(config.vault, secrets.prefix, transport);
        case SecretsKind::aws:
            break;
    }
    const aws::Account account = aws::Accounts::load(config.aws.accounts_file).get(secrets.account);
    return std::make_unique<aws::SecretsManager>(
        aws::SecretsManager::Settings{.prefix = secrets.prefix, .region = secrets.region, .kms_key = secrets.kms_key},
        transport, [account] { return aws::resolve(account, transport); }, account.endpoints);
}

}  // namespace desk
