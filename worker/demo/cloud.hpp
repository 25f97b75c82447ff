// The fake cloud: a directory with one file for each thing.
//   <cloud>/<region>/<infraID>/<type>-<name>.json   a thing: {type, id, arn, region, tags, createdAt}
//   <cloud>/zones/<base domain>/<name>.json         who owns the names below <name>.<base domain>
//   <cloud>/limits                                  optional quotas, JSON: {"vpcs": 5, "vcpus": 64, "quotaCheck": true}
//   <cloud>/failures/...                            how often a failure with a count has struck
//   <cloud>/journal                                 if it is there: one line for each effect, "lease infraID made|gone
//                                                   file", in the order in which they came about
// A file appears and goes in one step, so a process killed at any point leaves only whole things.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "worker/demo/cluster.hpp"

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

/// A thing that is there, and its file.
struct FoundResource {
    fs::path path;
    Resource resource;
};

/// Who holds the records of one cluster's domain.
struct DomainOwner {
    std::string infra_id;
    std::string region;
};

class Cloud {
  public:
    /// Makes the directory if it is not there.
    explicit Cloud(fs::path root);

    /// False when it was there already.
    bool create(const std::string& infra_id, const Resource& resource);
    void remove(const fs::path& path);
    void remove(const std::string& infra_id, const Resource& resource);
    void replace(const FoundResource& found);

    /// Everything in `region` that carries all tags of one of `identifiers`, by path.
    std::vector<FoundResource> find(const std::string& region, const std::vector<Tags>& identifiers) const;
    /// How many things of `type` there are in `region`, whoever owns them.
    int count(const std::string& region, const std::string& type) const;

    std::optional<DomainOwner> find_domain_owner(const std::string& base, const std::string& name) const;
    /// As above for "name.base", where the border between the two is not known.
    std::optional<DomainOwner> find_domain_owner(const std::string& domain) const;
    /// False when another cluster holds the name.
    bool claim_domain(const std::string& base, const std::string& name, const DomainOwner& owner);
    /// Only what `infra_id` holds itself.
    void release_domain(const std::string& base, const std::string& name, const std::string& infra_id);

    /// Takes away the folder of a cluster that has nothing left in it.
    void drop_empty_folder(const std::string& region, const std::string& infra_id);

    /// The number in `limits` under `key`; nothing = no limit.
    std::optional<int> find_limit(const std::string& key) const;
    /// Whether the installer may read the quotas (and so fails before it creates anything).
    bool may_check_quotas() const;

    /// Counts one more strike of `failure`; false when there were `limit` of them before.
    bool count_strike(const std::string& failure, int limit);

  private:
    /// Writes an effect that has just come about into the journal.
    void note(const std::string& infra_id, std::string_view effect, const fs::path& path) const;
    /// False when `path` is there already.
    bool put_new(const fs::path& path, std::string_view bytes);
    fs::path write_partial(std::string_view bytes);
    fs::path path_of(const std::string& infra_id, const Resource& resource) const;

    fs::path root_;
};

/// `cluster`'s thing of `type` and `name`, with an id made from both: the same whenever it is asked for.
Resource describe(const Cluster& cluster, std::string_view type, const std::string& name, std::string_view id_prefix);

}  // namespace desk::demo
