// The cloud behind AWS_ENDPOINT_URL: real, tagged things through the API of AWS, made and taken away as the installer
// does. One table per service says how.
#pragma once

#include <span>
#include <utility>

#include "core/cloud/aws/client.hpp"
#include "worker/demo/cloud.hpp"

namespace desk::demo {

/// What a call needs to know.
struct AwsPlace {
    aws::Client& client;
    std::string region = {};
    std::string infra_id = {};
};

using Tag = std::pair<std::string, std::string>;

/// How one type of thing is made, found by a tag, and taken away. Each throws aws::AwsError.
struct AwsKind {
    std::string_view type;
    std::string (*make)(const AwsPlace& in, const Resource& wanted);  ///< its id
    std::vector<Resource> (*list)(const AwsPlace& in, const Tag& tag);
    void (*remove)(const AwsPlace& in, const Resource& thing);
};

std::span<const AwsKind> ec2_kinds();            // aws_ec2.cpp
std::span<const AwsKind> load_balancer_kinds();  // aws_load_balancers.cpp
std::span<const AwsKind> iam_kinds();            // aws_iam.cpp
std::span<const AwsKind> bucket_kinds();         // aws_buckets.cpp
std::span<const AwsKind> dns_kinds();            // aws_dns.cpp

/// The first thing of `type` that has this name and the cluster's tag. Throws std::runtime_error when there is none.
Resource get_thing(const AwsPlace& in, std::string_view type, const std::string& name);
/// Parameters "<prefix>.N.Key" and "<prefix>.N.Value".
aws::Params tag_params(const std::string& prefix, const Tags& tags);
Tag cluster_tag(const std::string& infra_id);
bool has_tag(const Resource& thing, const Tag& tag);

/// aws_buckets.cpp
void make_bucket(const AwsPlace& in, const std::string& name, const Tags& tags);
void remove_bucket(const AwsPlace& in, const std::string& name);

/// Zones by domain, without the dot at the end.
struct Zone {
    std::string id = {}, domain = {};
    bool is_private = false;
};
std::vector<Zone> list_zones(aws::Client& client);  // aws_dns.cpp
/// Whether the zone has an address record of this name.
bool has_record(aws::Client& client, const Zone& zone, const std::string& name);

class AwsCloud : public Cloud {
  public:
    explicit AwsCloud(const std::string& endpoint);

    bool is_there() const override;
    std::string credentials_line() const override;
    bool create(const std::string& infra_id, Resource& resource) override;
    void remove(const FoundResource& found) override;
    void remove(const std::string& infra_id, const Resource& resource) override;
    void untag(const FoundResource& found, const std::string& key) override;
    std::vector<FoundResource> find(const std::string& region, const std::vector<Tags>& identifiers) const override;
    bool has_zone(const std::string& base) const override;
    std::optional<DomainOwner> find_domain_owner(const std::string& base, const std::string& name) const override;
    std::optional<DomainOwner> find_domain_owner(const std::string& domain) const override;
    bool claim_domain(const std::string& base, const std::string& name, const DomainOwner& owner) override;
    /// Records go with their zone.
    void release_domain(const std::string&, const std::string&, const std::string&) override {}

  private:
    std::string profile_, file_;
    mutable CurlTransport transport_;
    mutable aws::Client client_;
};

}  // namespace desk::demo
