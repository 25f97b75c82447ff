// Where the things of clusters are: a directory (directory_cloud.hpp), or an API of AWS (aws_cloud.hpp).
#pragma once

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "worker/demo/cluster.hpp"
#include "worker/demo/settings.hpp"

namespace desk::demo {

struct Resource {
    std::string type = {};
    std::string name = {};
    std::string id = {};
    std::string arn = {};
    std::string region = {};
    Tags tags = {};
    std::string created_at = {};
};

/// A thing that is there, and by what this cloud knows it.
struct FoundResource {
    std::string handle = {};
    Resource resource = {};
};

/// Who holds the records of one cluster's domain.
struct DomainOwner {
    std::string infra_id;
    std::string region;
};

/// The cloud does not do what it was asked; in its words.
class Refused : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Calls that change something throw Refused.
class Cloud {
  public:
    virtual ~Cloud() = default;

    /// Whether it can still be asked.
    virtual bool is_there() const = 0;
    /// Where the credentials came from, as the installer says it. Throws when the cloud refuses them.
    virtual std::string credentials_line() const = 0;

    /// False when it was there already. A cloud that gives ids of its own puts them into `resource`.
    virtual bool create(const std::string& infra_id, Resource& resource) = 0;
    virtual void remove(const FoundResource& found) = 0;
    virtual void remove(const std::string& infra_id, const Resource& resource) = 0;
    virtual void untag(const FoundResource& found, const std::string& key) = 0;

    /// Everything in `region` that carries all tags of one of `identifiers`.
    virtual std::vector<FoundResource> find(const std::string& region, const std::vector<Tags>& identifiers) const = 0;

    /// Whether the base domain has a public zone.
    virtual bool has_zone(const std::string&) const { return true; }
    virtual std::optional<DomainOwner> find_domain_owner(const std::string& base, const std::string& name) const = 0;
    /// As above for "name.base", where the border between the two is not known.
    virtual std::optional<DomainOwner> find_domain_owner(const std::string& domain) const = 0;
    /// False when another cluster holds the name.
    virtual bool claim_domain(const std::string& base, const std::string& name, const DomainOwner& owner) = 0;
    /// Only what `infra_id` holds itself.
    virtual void release_domain(const std::string& base, const std::string& name, const std::string& infra_id) = 0;

    /// A cluster has nothing left in `region`.
    virtual void forget(const std::string&, const std::string&) {}

    /// How many things of `type` there are in `region`, whoever owns them.
    virtual int count(const std::string&, const std::string&) const { return 0; }
    /// The quota `key`; nothing = no limit.
    virtual std::optional<int> find_limit(const std::string&) const { return std::nullopt; }
    /// Whether the installer may read the quotas (and so fails before it creates anything).
    virtual bool may_check_quotas() const { return true; }
};

/// The API at AWS_ENDPOINT_URL when that is set, else the directory DEMO_CLOUD. Throws Stop (exit 1) when there is
/// neither.
std::unique_ptr<Cloud> open_cloud(const Settings& settings);

/// `cluster`'s thing of `type` and `name`, with an id made from both: the same whenever it is asked for.
Resource describe(const Cluster& cluster, std::string_view type, const std::string& name, std::string_view id_prefix);

}  // namespace desk::demo
