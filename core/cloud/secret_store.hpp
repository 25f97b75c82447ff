// Where secret values are kept. Rows elsewhere hold the id only.
#pragma once

#include <string>

#include "core/base/id.hpp"
#include "core/base/secret.hpp"

namespace desk {

class SecretStore {
  public:
    virtual ~SecretStore() = default;

    /// Keeps `value` as the secret of `owner` (a cluster's id, for example) for `purpose` ("kubeadmin-password"). Put
    /// again for the same two it replaces the value and keeps the id.
    virtual SecretId put(const std::string& owner, const std::string& purpose, const Secret& value) = 0;
    /// Throws Error{not_found} when there is none and Error{internal} when it can't be opened.
    virtual Secret get(const SecretId& id) = 0;
    /// No error when there is none.
    virtual void remove(const SecretId& id) = 0;
};

}  // namespace desk
