// Who a cluster is: what the installer knows of it while it creates, and what metadata.json keeps for its end.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "worker/demo/config.hpp"
#include "worker/demo/words.hpp"

namespace desk::demo {

using Tags = std::map<std::string, std::string>;

struct Cluster {
    InstallConfig config = {};
    std::string infra_id = {};
    std::string uuid = {};  ///< ClusterVersion.spec.clusterID

    /// "demo1.example.com".
    std::string domain() const;
    /// "https://api.demo1.example.com:6443".
    std::string api_url() const;
    /// {name} {base} {domain} {infra} {region}.
    Words words() const;
    /// Ownership, openshiftClusterID and the tags of the order.
    Tags tags() const;
    /// metadata.json: one line without an end of line, keys in the installer's order.
    std::string metadata() const;
};

/// What `destroy cluster` goes by.
struct Metadata {
    std::string name = {};
    std::string infra_id = {};
    std::string region = {};
    std::string base_domain = {};        ///< "" when the platform's metadata does not tell it
    std::vector<Tags> identifiers = {};  ///< a thing is the cluster's when it has all tags of one of them

    /// Throws Stop (exit 1) with the installer's three errors: no file, no JSON, no platform.
    static Metadata read(const fs::path& path);
};

}  // namespace desk::demo
