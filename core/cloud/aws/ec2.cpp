#include "core/cloud/aws/ec2.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <span>
#include <string_view>

#include "core/base/text.hpp"
#include "core/cloud/aws/xml.hpp"

namespace desk::aws::ec2 {
namespace {

/// How EC2 lists one kind of resource.
struct Kind {
    std::string_view type;      ///< ours
    std::string_view arn_type;  ///< in ARNs
    const char* action;
    const char* items;  ///< XPath of one resource in the answer
    const char* id;
    int page = 0;                    ///< MaxResults; 0 = the action knows no pages
    const char* state = "state";     ///< path of the state, where there is one
    std::string_view gone = {};      ///< the state in which it is only a memory
    const char* resource_kind = "";  ///< path of Resource::kind
};

constexpr std::array kKinds = {
    Kind{"instance", "instance", "DescribeInstances", "//reservationSet/item/instancesSet/item", "instanceId", 1000,
         "instanceState/name", "terminated", "instanceType"},
    Kind{"volume", "volume", "DescribeVolumes", "//volumeSet/item", "volumeId", 500, "status", "deleted", "volumeType"},
    Kind{"nat-gateway", "natgateway", "DescribeNatGateways", "//natGatewaySet/item", "natGatewayId", 1000, "state",
         "deleted"},
    Kind{"elastic-ip", "elastic-ip", "DescribeAddresses", "//addressesSet/item", "allocationId"},
    Kind{"network-interface", "network-interface", "DescribeNetworkInterfaces", "//networkInterfaceSet/item",
         "networkInterfaceId", 1000, "status"},
    Kind{"security-group", "security-group", "DescribeSecurityGroups", "//securityGroupInfo/item", "groupId", 1000},
    Kind{"subnet", "subnet", "DescribeSubnets", "//subnetSet/item", "subnetId", 1000},
    Kind{"route-table", "route-table", "DescribeRouteTables", "//routeTableSet/item", "routeTableId", 100},
    Kind{"internet-gateway", "internet-gateway", "DescribeInternetGateways", "//internetGatewaySet/item",
         "internetGatewayId", 1000},
    Kind{"vpc-endpoint", "vpc-endpoint", "DescribeVpcEndpoints", "//vpcEndpointSet/item", "vpcEndpointId", 1000,
         "state", "deleted", "vpcEndpointType"},
    Kind{"vpc", "vpc", "DescribeVpcs", "//vpcSet/item", "vpcId", 1000},
};

const Kind& kind_of(std::string_view type) { return *std::ranges::find(kKinds, type, &Kind::type); }

constexpr const char* kService = "ec2";
constexpr const char* kVersion = "2016-11-15";

/// Every resource of a kind that the filters let through, page by page.
void list(Client& client, const std::string& region, const Kind& kind, const Params& filters,
          const std::function<void(const pugi::xml_node&)>& take) {
    std::string next;
    do {
        Params params = filters;
        if (kind.page != 0) params.emplace_back("MaxResults", std::to_string(kind.page));
        if (!next.empty()) params.emplace_back("NextToken", next);
        const auto answer = client.query(kService, region, kind.action, kVersion, params);
        for (const auto& item : answer.select_nodes(kind.items)) take(item.node());
        next = text_at(answer.document_element(), "nextToken");
    } while (!next.empty());
}

std::vector<Resource> existing(Client& client, const std::string& region, const Kind& kind,
                               const std::vector<std::string>& keys) {
    Params filter = {{"Filter.1.Name", "tag-key"}};
    for (const auto& key : keys) filter.emplace_back(cat("Filter.1.Value.", filter.size()), key);
    std::vector<Resource> found;
    list(client, region, kind, filter, [&](const pugi::xml_node& item) {
        Resource one{.region = region, .type = std::string(kind.type), .id = item.child(kind.id).text().get()};
        one.state = text_at(item, kind.state);
        if (!kind.gone.empty() && one.state == kind.gone) return;
        one.tags = tags_in(item.child("tagSet"), "key", "value");
        one.name = name_of(one.tags, one.id);
        one.kind = item.child(kind.resource_kind).text().get();
        one.gib = item.child("size").text().as_int();
        found.push_back(std::move(one));
    });
    return found;
}

constexpr std::size_t kKeysAtOnce = 200;  // a filter takes no more values

/// Every id of an action goes in one request up to here; AWS takes more, a URL-encoded body of this size is no burden.
constexpr std::size_t kIdsAtOnce = 100;

void act_on(Client& client, const std::string& region, const char* action, const std::vector<std::string>& ids) {
    for (std::size_t from = 0; from < ids.size(); from += kIdsAtOnce) {
        Params params;
        for (std::size_t i = from; i < std::min(from + kIdsAtOnce, ids.size()); ++i)
            params.emplace_back(cat("InstanceId.", i - from + 1), ids[i]);
        client.query(kService, region, action, kVersion, params);
    }
}

int count(Client& client, const std::string& region, std::string_view type, const Params& filters = {}) {
    int counted = 0;
    list(client, region, kind_of(type), filters, [&](const pugi::xml_node&) { ++counted; });
    return counted;
}

/// Nothing when EC2 does not say how many processors an instance has.
std::optional<int> standard_vcpus(Client& client, const std::string& region) {
    std::optional<int> vcpus = 0;
    const Params running = {
        {"Filter.1.Name", "instance-state-name"}, {"Filter.1.Value.1", "pending"}, {"Filter.1.Value.2", "running"}};
    list(client, region, kind_of("instance"), running, [&](const pugi::xml_node& item) {
        const bool is_spot = text_at(item, "instanceLifecycle") == "spot";
        if (is_spot || !is_standard(text_at(item, "instanceType"))) return;
        const auto options = item.child("cpuOptions");
        const int own = options.child("coreCount").text().as_int() * options.child("threadsPerCore").text().as_int();
        vcpus = own == 0 || !vcpus ? std::nullopt : std::optional(*vcpus + own);
    });
    return vcpus;
}

}  // namespace

std::vector<Resource> tagged(Client& client, const std::string& region, const std::vector<std::string>& keys) {
    std::vector<Resource> found;
    for (auto rest = std::span(keys); !rest.empty();) {
        const auto some = rest.first(std::min(kKeysAtOnce, rest.size()));
        rest = rest.subspan(some.size());
        for (const auto& kind : kKinds)
            std::ranges::move(existing(client, region, kind, {some.begin(), some.end()}), std::back_inserter(found));
    }
    return found;
}

std::vector<Resource> instances(Client& client, const std::string& region, const std::string& key) {
    return existing(client, region, kind_of("instance"), {key});
}

void stop_instances(Client& client, const std::string& region, const std::vector<std::string>& ids) {
    act_on(client, region, "StopInstances", ids);
}

void start_instances(Client& client, const std::string& region, const std::vector<std::string>& ids) {
    act_on(client, region, "StartInstances", ids);
}

bool is_standard(std::string_view instance_type) {
    constexpr std::string_view kLetters = "acdhimrtz";
    constexpr std::array<std::string_view, 5> kOthers = {"dl", "hpc", "inf", "mac", "trn"};  // have quotas of their own
    return !instance_type.empty() && kLetters.find(instance_type.front()) != std::string_view::npos &&
           std::ranges::none_of(kOthers, [&](std::string_view other) { return instance_type.starts_with(other); });
}

Usage usage(Client& client, const std::string& region) {
    return {.vpcs = count(client, region, "vpc"),
            .internet_gateways = count(client, region, "internet-gateway"),
            .elastic_ips = count(client, region, "elastic-ip"),
            .gateway_endpoints = count(client, region, "vpc-endpoint",
                                       {{"Filter.1.Name", "vpc-endpoint-type"}, {"Filter.1.Value.1", "Gateway"}}),
            .standard_vcpus = standard_vcpus(client, region)};
}

bool is_listed(std::string_view arn_type) {
    return std::ranges::find(kKinds, arn_type, &Kind::arn_type) != kKinds.end();
}

}  // namespace desk::aws::ec2
