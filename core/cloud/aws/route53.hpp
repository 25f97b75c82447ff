// Route53: hosted zones and what stands in them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/cloud/aws/client.hpp"
#include "core/cloud/aws/resource.hpp"

namespace desk::aws::route53 {

struct Zone {
    std::string id = {};    ///< "Z0123", without "/hostedzone/"
    std::string name = {};  ///< "example.com", without the last dot
    bool is_private = false;

    bool operator==(const Zone&) const = default;
};

/// All zones of the account.
std::vector<Zone> zones(Client& client);
/// Those of exactly this name: a public one and any number of private ones may have it.
std::vector<Zone> zones_named(Client& client, const std::string& name);
/// None when the zone is not there any more.
std::optional<Tags> tags_of(Client& client, const Zone& zone);

struct Record {
    std::string name = {};  ///< "*.apps.demo1.example.com", without the last dot
    std::string type = {};  ///< "A"
};

/// Every record of the zone.
std::vector<Record> records(Client& client, const Zone& zone);

/// The servers that the public zone's parent must delegate to.
std::vector<std::string> name_servers(Client& client, const Zone& zone);

/// Whether a record is one that a cluster has in the zone of its base domain: api, api-int or *.apps of it.
bool is_of_cluster(const Record& record, const std::string& cluster, const std::string& base_domain);

}  // namespace desk::aws::route53
