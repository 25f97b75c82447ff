#include "core/cloud/aws/elb.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "core/base/text.hpp"
#include "core/cloud/aws/xml.hpp"

namespace desk::aws::elb {
namespace {

constexpr const char* kService = "elasticloadbalancing";  // of both generations; the version tells them apart
constexpr std::size_t kTagsAtOnce = 20;                   // DescribeTags takes no more
constexpr int kTries = 3;

/// How one kind is listed and what its tags are asked by.
struct Kind {
    const char* type;
    const char* version;
    const char* action;
    const char* items;  ///< XPath of one in the answer
    const char* id;     ///< element, also in the answer of DescribeTags
    const char* name;
    const char* tags_of;    ///< parameter of DescribeTags
    const char* tagged_id;  ///< element of DescribeTags' answer
    const char* kind;       ///< element of Resource::kind
};
constexpr std::array kKinds = {
    Kind{"load-balancer", "2015-12-01", "DescribeLoadBalancers", "//LoadBalancers/member", "LoadBalancerArn",
         "LoadBalancerName", "ResourceArns", "ResourceArn", "Type"},
    Kind{"target-group", "2015-12-01", "DescribeTargetGroups", "//TargetGroups/member", "TargetGroupArn",
         "TargetGroupName", "ResourceArns", "ResourceArn", ""},
    Kind{"classic-load-balancer", "2012-06-01", "DescribeLoadBalancers", "//LoadBalancerDescriptions/member",
         "LoadBalancerName", "LoadBalancerName", "LoadBalancerNames", "LoadBalancerName", ""},
};

std::vector<Resource> list(Client& client, const std::string& region, const Kind& kind) {
    std::vector<Resource> found;
    std::string marker;
    do {
        Params params;
        if (!marker.empty()) params.emplace_back("Marker", marker);
        const auto answer = client.query(kService, region, kind.action, kind.version, params);
        for (const auto& item : answer.select_nodes(kind.items))
            found.push_back({.region = region,
                             .type = kind.type,
                             .id = text_at(item.node(), kind.id),
                             .name = text_at(item.node(), kind.name),
                             .kind = text_at(item.node(), kind.kind)});
        marker = answer.select_node("//NextMarker").node().text().get();
    } while (!marker.empty());
    return found;
}

void add_tags(Client& client, const std::string& region, const Kind& kind, std::vector<Resource>& found) {
    for (std::size_t from = 0; from < found.size(); from += kTagsAtOnce) {
        Params params;
        for (std::size_t i = from; i < std::min(from + kTagsAtOnce, found.size()); ++i)
            params.emplace_back(cat(kind.tags_of, ".member.", i - from + 1), found[i].id);
        const auto answer = client.query(kService, region, "DescribeTags", kind.version, params);
        for (const auto& item : answer.select_nodes("//TagDescriptions/member")) {
            const auto of = std::ranges::find(found, text_at(item.node(), kind.tagged_id), &Resource::id);
            if (of != found.end()) of->tags = tags_in(item.node().child("Tags"));
        }
    }
}

/// One that vanishes between the list and the question for its tags makes us look again.
std::vector<Resource> with_tags(Client& client, const std::string& region, const Kind& kind) {
    for (int tries = 1;; ++tries) {
        auto found = list(client, region, kind);
        try {
            add_tags(client, region, kind, found);
            return found;
        } catch (const AwsError& error) {
            if (!error.is_not_found() || tries == kTries) throw;
        }
    }
}

}  // namespace

std::vector<Resource> all(Client& client, const std::string& region) {
    std::vector<Resource> found;
    for (const auto& kind : kKinds) std::ranges::move(with_tags(client, region, kind), std::back_inserter(found));
    return found;
}

}  // namespace desk::aws::elb
