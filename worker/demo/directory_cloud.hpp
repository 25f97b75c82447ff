// The demo cloud: a directory with one file for each thing.
//   <cloud>/<region>/<infraID>/<type>-<name>.json   a thing: {type, id, arn, region, tags, createdAt}
//   <cloud>/zones/<base domain>/<name>.json         who owns the names below <name>.<base domain>
//   <cloud>/limits                                  optional quotas, JSON: {"vpcs": 5, "vcpus": 64, "quotaCheck": true}
//   <cloud>/failures/...                            how often a failure with a count has struck
//   <cloud>/journal                                 if it is there: one line for each effect, "lease infraID made|gone
//                                                   file", in the order in which they came about
// A file appears and goes in one step, so a process killed at any point leaves only whole things.
#pragma once

#include "worker/demo/cloud.hpp"

namespace desk::demo {

class DirectoryCloud : public Cloud {
  public:
    /// Makes the directory if it is not there.
    explicit DirectoryCloud(fs::path root);

    bool is_there() const override { return fs::exists(root_); }
    std::string credentials_line() const override;
    bool create(const std::string& infra_id, Resource& resource) override;
    void remove(const FoundResource& found) override;
    void remove(const std::string& infra_id, const Resource& resource) override;
    void untag(const FoundResource& found, const std::string& key) override;
    std::vector<FoundResource> find(const std::string& region, const std::vector<Tags>& identifiers) const override;
    std::optional<DomainOwner> find_domain_owner(const std::string& base, const std::string& name) const override;
    std::optional<DomainOwner> find_domain_owner(const std::string& domain) const override;
    bool claim_domain(const std::string& base, const std::string& name, const DomainOwner& owner) override;
    void release_domain(const std::string& base, const std::string& name, const std::string& infra_id) override;
    void forget(const std::string& region, const std::string& infra_id) override;
    int count(const std::string& region, const std::string& type) const override;
    std::optional<int> find_limit(const std::string& key) const override;
    bool may_check_quotas() const override;

    /// Counts one more strike of `failure`; false when there were `limit` of them before.
    bool count_strike(const std::string& failure, int limit);

  private:
    void remove_file(const fs::path& path);
    /// Writes an effect that has just come about into the journal.
    void note(const std::string& infra_id, std::string_view effect, const fs::path& path) const;
    /// False when `path` is there already.
    bool put_new(const fs::path& path, std::string_view bytes);
    fs::path write_partial(std::string_view bytes);
    fs::path path_of(const std::string& infra_id, const Resource& resource) const;

    fs::path root_;
};

}  // namespace desk::demo
