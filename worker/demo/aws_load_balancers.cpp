// Load balancers: two of the network kind for the API, and the classic one that the ingress operator makes.
#include <array>

#include "core/base/text.hpp"
#include "core/cloud/aws/xml.hpp"
#include "worker/demo/aws_cloud.hpp"

namespace desk::demo {
namespace {

using aws::text_at;

constexpr const char *kService = "elasticloadbalancing", *kNetwork = "2015-12-01", *kClassic = "2012-06-01";

bool is_classic(const std::string& name) { return name.ends_with("-router-default"); }

aws::Params with_tags(const Resource& wanted, aws::Params params) {
    for (auto& tag : tag_params("Tags.member", wanted.tags)) params.push_back(std::move(tag));
    return params;
}

std::string make(const AwsPlace& in, const Resource& wanted) {
    const auto subnet = get_thing(in, "subnet", cat(in.infra_id, "-subnet-public-", in.region, 'a')).id;
    if (is_classic(wanted.name)) {
        // It is the operator's, which passes no tags of the order on; AWS allows ten here.
        Resource bare = wanted;
        bare.tags = {cluster_tag(in.infra_id), {"kubernetes.io/service-name", "openshift-ingress/router-default"}};
        in.client.query(kService, in.region, "CreateLoadBalancer", kClassic,
                        with_tags(bare, {{"LoadBalancerName", wanted.name},
                                         {"Listeners.member.1.Protocol", "TCP"},
                                         {"Listeners.member.1.LoadBalancerPort", "443"},
                                         {"Listeners.member.1.InstancePort", "31443"},
                                         {"Subnets.member.1", subnet}}));
        return wanted.name;
    }
    const auto answer =
        in.client.query(kService, in.region, "CreateLoadBalancer", kNetwork,
                        with_tags(wanted, {{"Name", wanted.name},
                                           {"Type", "network"},
                                           {"Scheme", wanted.name.ends_with("-int") ? "internal" : "internet-facing"},
                                           {"Subnets.member.1", subnet}}));
    return text_at(answer.document_element().first_child().child("LoadBalancers").first_child(), "LoadBalancerArn");
}

/// Adds those of one API whose tags hold `tag`; `id` is also what they are asked for their tags by.
void add_listed(const AwsPlace& in, const Tag& tag, const char* version, const char* list, const char* id,
                const char* asked_by, std::vector<Resource>& found) {
    const auto all = in.client.query(kService, in.region, "DescribeLoadBalancers", version);
    for (const auto& one : all.document_element().first_child().child(list).children()) {
        Resource thing{.type = "load-balancer",
                       .name = text_at(one, "LoadBalancerName"),
                       .id = text_at(one, id),
                       .region = in.region};
        const auto tags = aws::if_there([&] {
            return in.client.query(kService, in.region, "DescribeTags", version, {{asked_by, thing.id}});
        });
        if (!tags) continue;
        thing.tags =
            aws::tags_in(tags->document_element().first_child().child("TagDescriptions").first_child().child("Tags"));
        if (has_tag(thing, tag)) found.push_back(std::move(thing));
    }
}

std::vector<Resource> list(const AwsPlace& in, const Tag& tag) {
    std::vector<Resource> found;
    add_listed(in, tag, kNetwork, "LoadBalancers", "LoadBalancerArn", "ResourceArns.member.1", found);
    add_listed(in, tag, kClassic, "LoadBalancerDescriptions", "LoadBalancerName", "LoadBalancerNames.member.1", found);
    return found;
}

void remove(const AwsPlace& in, const Resource& thing) {
    if (is_classic(thing.name))
        in.client.query(kService, in.region, "DeleteLoadBalancer", kClassic, {{"LoadBalancerName", thing.id}});
    else
        in.client.query(kService, in.region, "DeleteLoadBalancer", kNetwork, {{"LoadBalancerArn", thing.id}});
}

constexpr std::array kKinds = {AwsKind{"load-balancer", make, list, remove}};

}  // namespace

std::span<const AwsKind> load_balancer_kinds() { return kKinds; }

}  // namespace desk::demo
