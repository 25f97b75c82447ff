// What a cluster gives: URLs, where its kubeconfig lies, which secret is its password. No secret value is in a row.
#pragma once

#include <optional>
#include <string>

#include "core/base/id.hpp"
#include "core/base/json.hpp"
#include "core/base/time.hpp"
#include "core/pg/transaction.hpp"

namespace desk::outputs {

struct Outputs {
    ClusterId cluster_id = {};
    std::string api_url = {}, console_url = {};
    ArtifactId kubeconfig = {};
    SecretId kubeadmin_password = {};
    std::string infra_id = {};
    Json metadata = {};  ///< of the installer
    Time created_at = {};
};

/// Nothing until the install is done. The caller has found the cluster within its reach.
std::optional<Outputs> find(pg::Transaction& tx, const ClusterId& cluster);

/// Stores or replaces (a create that had to start over has other ones); `created_at` is the database's.
void store(pg::Transaction& tx, const Outputs& outputs);

}  // namespace desk::outputs
