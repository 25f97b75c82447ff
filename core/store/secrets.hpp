// The desk's secrets: rows of table `secrets`, sealed with keys that are in a file outside the database.
#pragma once

#include "core/base/keyring.hpp"
#include "core/cloud/secret_store.hpp"
#include "core/cloud/secret_vault.hpp"
#include "core/pg/transaction.hpp"

namespace desk {

/// A SecretStore inside one transaction, so that a secret and the row that names it appear together, and under the
/// caller's fence. Id, owner, purpose and version are bound to the sealed value: a row can't stand in for another one
/// or for its own past.
///
/// With a vault new values go there, before the row is written, and what is sealed in the row is where: the vault's
/// kind, the name and the version. A transaction that is rolled back leaves a version there that no row names; done
/// again it finds that version. A value is removed there before its row is. Rows of before keep their values, and ids
/// mean the same. An error of the vault's is thrown as such.
class SealedSecrets : public SecretStore {
  public:
    /// `vault` is null for none, and outlives this.
    SealedSecrets(pg::Transaction& tx, const Keyring& keys, SecretVault* vault = nullptr)
        : tx_(tx), keys_(keys), vault_(vault) {}

    SecretId put(const std::string& owner, const std::string& purpose, const Secret& value) override;
    Secret get(const SecretId& id) override;
    void remove(const SecretId& id) override;

  private:
    pg::Transaction& tx_;
    const Keyring& keys_;
    SecretVault* vault_;
};

namespace secrets {

/// Whether these keys belong to this database: opens the canary, a known text sealed in `settings` (sealed now when
/// there is none yet). Throws Error{internal} when no key opens it: the process must not start. Commit afterwards.
void check_keys(pg::Transaction& tx, const Keyring& keys);

/// Seals with the first key what another one sealed, the canary included; at most `limit` secrets. Returns how many;
/// 0 = done. Throws Error{internal} naming the secret that no key opens.
int reseal(pg::Transaction& tx, const Keyring& keys, int limit);

}  // namespace secrets

}  // namespace desk
