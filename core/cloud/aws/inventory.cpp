#include "core/cloud/aws/inventory.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/cloud/aws/buckets.hpp"
#include "core/cloud/aws/ec2.hpp"
#include "core/cloud/aws/elb.hpp"
#include "core/cloud/aws/endpoint.hpp"
#include "core/cloud/aws/iam.hpp"
#include "core/cloud/aws/route53.hpp"
#include "core/cloud/aws/tagging.hpp"

namespace desk::aws {
namespace {

constexpr std::string_view kOwned = "owned";
constexpr std::size_t kSuffixLength = 5;  // of an infraID: the installer's random letters
constexpr std::size_t kUserPrefix = 20;   // cloud-credential-operator cuts an infraID so in the names of its users

/// A tag that says whose something is.
struct Mark {
    std::string key = {}, owner = {};
};

std::vector<Mark> marks_of(const InventoryScope& scope) {
    std::vector<Mark> marks;
    for (const auto& id : scope.infra_ids) marks.push_back({cat(kClusterTag, id), id});
    for (const auto& name : scope.ccoctl_names) marks.push_back({cat(kCcoctlTag, name), name});
    return marks;
}

/// What the names of the users begin with that operators in credentials mode Mint get.
std::string user_prefix(const std::string& infra_id) { return infra_id.substr(0, kUserPrefix); }

/// Types of the Tagging API that their own services are asked for. What a load balancer has goes with it.
bool has_own_list(const tagging::Arn& arn) {
    constexpr std::array<std::string_view, 4> kIam = {"role", "instance-profile", "user", "oidc-provider"};
    if (arn.service == "ec2") return ec2::is_listed(arn.type);
    if (arn.service == "iam") return std::ranges::find(kIam, arn.type) != kIam.end();
    return arn.service == "elasticloadbalancing" || arn.service == "s3" ||
           (arn.service == "route53" && arn.type == "hostedzone");
}

/// The places in which tags are looked for.
std::vector<std::string> regions_of(const InventoryScope& scope) {
    std::set<std::string> regions(scope.regions.begin(), scope.regions.end());
    regions.emplace(partition_of(scope.regions.empty() ? "" : scope.regions.front()).home);
    return {regions.begin(), regions.end()};
}

class Search {
  public:
    Search(Client& client, const InventoryScope& scope) : client_(client), scope_(scope), marks_(marks_of(scope)) {}

    std::vector<Resource> run() {
        if (marks_.empty()) return {};
        for (const auto& region : regions_of(scope_)) look_at_tags(region);
        for (const auto& region : scope_.regions) look_at(region);
        look_at_zones();
        look_at_iam();
        look_at_buckets();
        return std::move(found_);
    }

  private:
    /// Whose it is by its tags; "" = nobody's that we look for.
    std::string owner_of(const Tags& tags) const {
        for (const auto& mark : marks_)
            if (const auto tag = tags.find(mark.key); tag != tags.end() && tag->second == kOwned) return mark.owner;
        return {};
    }
    /// Takes those of `all` that are ours by their tags.
    void take_owned(std::vector<Resource> all) {
        for (auto& one : all)
            if (one.owner = owner_of(one.tags); !one.owner.empty()) found_.push_back(std::move(one));
    }

    void look_at_tags(const std::string& region);
    void look_at(const std::string& region) {
        std::vector<std::string> keys;
        for (const auto& mark : marks_) keys.push_back(mark.key);
        take_owned(ec2::tagged(client_, region, keys));
        take_owned(elb::all(client_, region));
    }
    void look_at_zones();
    void look_at_records();
    void look_at_iam();
    void look_at_buckets();

    Client& client_;
    const InventoryScope& scope_;
    std::vector<Mark> marks_;
    std::set<std::string> tagged_zones_, tagged_buckets_;  ///< what the Tagging API says; their services must confirm
    std::vector<Resource> found_;
};

void Search::look_at_tags(const std::string& region) {
    for (const auto& mark : marks_)
        for (const auto& one : tagging::resources(client_, region, mark.key, std::string(kOwned))) {
            const auto arn = tagging::parse_arn(one.arn);
            if (arn.service == "s3") tagged_buckets_.insert(arn.id);
            if (arn.service == "route53") tagged_zones_.insert(arn.id);
            if (has_own_list(arn)) continue;
            found_.push_back({.region = region,
                              .type = arn.type.empty() ? arn.service : cat(arn.service, ':', arn.type),
                              .id = one.arn,
                              .name = name_of(one.tags, arn.id),
                              .tags = one.tags,
                              .owner = mark.owner});
        }
}

void Search::look_at_zones() {
    const auto take = [&](const route53::Zone& zone, Tags tags, std::string owner) {
        found_.push_back({.region = std::string(kGlobal),
                          .type = zone.is_private ? "private-zone" : "hosted-zone",
                          .id = zone.id,
                          .name = zone.name,
                          .tags = std::move(tags),
                          .owner = std::move(owner)});
    };
    const bool has_name = !scope_.name.empty() && !scope_.base_domain.empty();
    const std::string own_name = cat(scope_.name, '.', scope_.base_domain);
    for (const auto& zone : route53::zones(client_)) {
        const bool is_named = has_name && zone.is_private && zone.name == own_name;
        if (!is_named && !tagged_zones_.contains(zone.id)) continue;
        auto tags = route53::tags_of(client_, zone);
        if (!tags) continue;
        // A private zone of our name without any cluster's tag is ours: the installer tags what it has made.
        const bool is_marked =
            std::ranges::any_of(*tags, [](const auto& tag) { return tag.first.starts_with(kClusterTag); });
        if (auto owner = owner_of(*tags); !owner.empty())
            take(zone, std::move(*tags), std::move(owner));
        else if (is_named && !is_marked)
            take(zone, std::move(*tags), marks_.front().owner);
    }
    if (has_name) look_at_records();
}

void Search::look_at_records() {
    for (const auto& zone : route53::zones_named(client_, scope_.base_domain)) {
        if (zone.is_private) continue;
        for (const auto& record : route53::records(client_, zone))
            if (route53::is_of_cluster(record, scope_.name, scope_.base_domain))
                found_.push_back({.region = std::string(kGlobal),
                                  .type = "dns-record",
                                  .id = cat(zone.id, '/', record.name, '/', record.type),
                                  .name = record.name,
                                  .owner = marks_.front().owner});
    }
}

void Search::look_at_iam() {
    const auto named_after = [](const Resource& one, const std::string& owner) {
        return one.name.starts_with(owner + "-");
    };
    // A name of ours may begin somebody else's: the tag decides.
    const auto may_be_ours = [&](const Resource& one) {
        const auto begins_it = [&](const std::string& name) { return named_after(one, name); };
        return std::ranges::any_of(scope_.ccoctl_names, begins_it) ||
               (one.type == "iam-user" && std::ranges::any_of(scope_.infra_ids, begins_it, user_prefix));
    };
    for (auto& one : iam::principals(client_)) {
        const auto owner = std::ranges::find_if(scope_.infra_ids, [&](const auto& id) { return named_after(one, id); });
        const bool is_named = owner != scope_.infra_ids.end();
        if (!is_named && !may_be_ours(one)) continue;
        auto tags = iam::tags_of(client_, one);
        if (!tags) continue;
        one.tags = std::move(*tags);
        if (is_named) {
            one.owner = *owner;
            found_.push_back(std::move(one));
        } else {
            take_owned({one});
        }
    }
    if (!scope_.ccoctl_names.empty()) take_owned(iam::oidc_providers(client_));
}

void Search::look_at_buckets() {
    for (auto& bucket : s3::buckets(client_)) {
        for (const auto& id : scope_.infra_ids)
            if (bucket.name.find(id) != std::string::npos) bucket.owner = id;
        for (const auto& name : scope_.ccoctl_names)
            if (bucket.name == name + "-oidc") bucket.owner = name;
        if (bucket.owner.empty() && !tagged_buckets_.contains(bucket.name)) continue;
        auto tags = s3::tags_of(client_, bucket);
        if (!tags) continue;
        bucket.tags = std::move(*tags);
        if (bucket.owner.empty()) bucket.owner = owner_of(bucket.tags);
        if (!bucket.owner.empty()) found_.push_back(std::move(bucket));
    }
}

template <class Work>
auto ask(Work&& work) {
    try {
        return work();
    } catch (const AwsError& error) {
        throw Error(Code::unavailable, cat("AWS refused to tell what exists (", error.code(), ")."), error.what());
    } catch (const Json::exception& error) {
        throw Error(Code::unavailable, "AWS gave an answer that can't be read.", error.what());
    }
}

/// The infraID in the name of a role that the installer makes for its machines.
std::optional<std::string> infra_id_in(const std::string& role) {
    for (const std::string_view suffix : {"-master-role", "-worker-role", "-bootstrap-role"}) {
        if (!role.ends_with(suffix)) continue;
        const std::string id = role.substr(0, role.size() - suffix.size());
        if (id.size() > kSuffixLength + 1 && id[id.size() - kSuffixLength - 1] == '-') return id;
    }
    return std::nullopt;
}

}  // namespace

std::vector<Resource> inventory(Client& client, const InventoryScope& scope) {
    return ask([&] { return Search(client, scope).run(); });
}

std::vector<std::string> inventory_queries(const InventoryScope& scope) {
    std::vector<std::string> all;
    const auto marks = marks_of(scope);
    if (marks.empty()) return all;
    for (const auto& region : regions_of(scope))
        for (const auto& mark : marks) all.push_back(cat("Tagging API in ", region, ": ", mark.key, '=', kOwned));
    for (const auto& region : scope.regions)
        for (const auto& mark : marks)
            all.push_back(cat("EC2 in ", region,
                              ": instances, volumes, NAT gateways, elastic IPs, network interfaces, security groups, "
                              "subnets, route tables, internet gateways, VPC endpoints, VPCs; load balancers of both "
                              "generations and target groups: tag ",
                              mark.key, '=', kOwned));
    if (!scope.name.empty() && !scope.base_domain.empty()) {
        all.push_back(cat("Route53: private zone ", scope.name, '.', scope.base_domain));
        all.push_back(
            cat("Route53: api, api-int and *.apps of ", scope.name, " in the public zone ", scope.base_domain));
    }
    for (const auto& id : scope.infra_ids) {
        all.push_back(cat("IAM: roles, instance profiles and users named ", id, "-*"));
        if (id.size() > kUserPrefix)
            all.push_back(cat("IAM: users named ", user_prefix(id), "-* and tagged ", kClusterTag, id));
        all.push_back(cat("S3: buckets with ", id, " in their names or tags"));
    }
    for (const auto& name : scope.ccoctl_names) {
        all.push_back(cat("IAM: roles and identity providers tagged ", kCcoctlTag, name));
        all.push_back(cat("S3: bucket ", name, "-oidc"));
    }
    return all;
}

Names names_in(Client& client, const std::string& region) {
    return ask([&] {
        Names names;
        for (const auto& key : tagging::keys(client, region, kClusterTag))
            names.infra_ids.push_back(key.substr(kClusterTag.size()));
        for (const auto& key : tagging::keys(client, region, kCcoctlTag))
            names.ccoctl_names.push_back(key.substr(kCcoctlTag.size()));
        if (region == partition_of(region).home)
            for (const auto& one : iam::principals(client))
                if (const auto id = infra_id_in(one.name)) names.infra_ids.push_back(*id);
        for (auto* list : {&names.infra_ids, &names.ccoctl_names}) {
            std::ranges::sort(*list);
            list->erase(std::unique(list->begin(), list->end()), list->end());
        }
        return names;
    });
}

}  // namespace desk::aws
