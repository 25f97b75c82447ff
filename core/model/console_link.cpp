#include "core/model/console_link.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/text.hpp"

namespace desk {
namespace {

/// A page of the AWS console: behind the host of the region, {region} and {id} filled in. Types have the names of
/// the inventory (core/cloud/aws) and of the demo cloud, which has those of the installer's log.
struct AwsPage {
    std::string_view type, path;
};
constexpr std::array kAwsPages = {
    AwsPage{"instance", "/ec2/home?region={region}#InstanceDetails:instanceId={id}"},
    AwsPage{"volume", "/ec2/home?region={region}#VolumeDetails:volumeId={id}"},
    AwsPage{"security-group", "/ec2/home?region={region}#SecurityGroup:groupId={id}"},
    AwsPage{"network-interface", "/ec2/home?region={region}#NetworkInterface:networkInterfaceId={id}"},
    AwsPage{"elastic-ip", "/ec2/home?region={region}#ElasticIpDetails:AllocationId={id}"},
    AwsPage{"load-balancer", "/ec2/home?region={region}#LoadBalancer:loadBalancerArn={id}"},
    AwsPage{"classic-load-balancer", "/ec2/home?region={region}#LoadBalancers:search={id}"},
    AwsPage{"vpc", "/vpcconsole/home?region={region}#VpcDetails:VpcId={id}"},
    AwsPage{"subnet", "/vpcconsole/home?region={region}#SubnetDetails:subnetId={id}"},
    AwsPage{"nat-gateway", "/vpcconsole/home?region={region}#NatGatewayDetails:natGatewayId={id}"},
    AwsPage{"internet-gateway", "/vpcconsole/home?region={region}#InternetGateway:internetGatewayId={id}"},
    AwsPage{"route-table", "/vpcconsole/home?region={region}#RouteTableDetails:RouteTableId={id}"},
    AwsPage{"vpc-endpoint", "/vpcconsole/home?region={region}#EndpointDetails:vpcEndpointId={id}"},
    AwsPage{"s3-bucket", "/s3/buckets/{id}?region={region}"},
    AwsPage{"hosted-zone", "/route53/v2/hostedzones#ListRecordSets/{id}"},
    AwsPage{"private-zone", "/route53/v2/hostedzones#ListRecordSets/{id}"},
    AwsPage{"iam-role", "/iam/home#/roles/{id}"},
    AwsPage{"iam-user", "/iam/home#/users/{id}"},
};
constexpr std::string_view kAwsSearch = "/resource-groups/tag-editor/find-resources?region={region}";

struct Partition {
    std::string_view prefix, console;
    std::string_view home;  ///< where its services without a region are looked at
};
constexpr std::array kPartitions = {
    Partition{"cn-", "console.amazonaws.cn", "cn-north-1"},
    Partition{"us-gov-", "console.amazonaws-us-gov.com", "us-gov-west-1"},
    Partition{"", "console.aws.amazon.com", "us-east-1"},
};

bool is_region(std::string_view text) {
    return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

std::string fill(std::string_view path, const std::string& region, const std::string& id) {
    std::string url(path);
    for (const auto& [marker, value] : {std::pair<std::string_view, std::string>{"{region}", region}, {"{id}", id}})
        if (const auto at = url.find(marker); at != std::string::npos) url.replace(at, marker.size(), value);
    return url;
}

std::optional<ConsoleLink> aws(const CloudResource& resource) {
    // names and roles belong to no region; the sweeps say "zones" or "global" there
    const bool has_region = resource.region.find('-') != std::string::npos;
    if (!is_region(resource.region)) return std::nullopt;
    const auto partition = std::ranges::find_if(
        kPartitions, [&](const Partition& one) { return resource.region.starts_with(one.prefix); });
    const auto region = has_region ? resource.region : std::string(partition->home);
    const auto page = std::ranges::find(kAwsPages, resource.type, &AwsPage::type);
    const bool is_exact = page != kAwsPages.end() && !resource.id.empty();
    return ConsoleLink{.url = cat("https://", region, '.', partition->console,
                                  fill(is_exact ? page->path : kAwsSearch, region, percent_encode(resource.id))),
                       .is_exact = is_exact};
}

}  // namespace

std::optional<ConsoleLink> console_link(Platform platform, const CloudResource& resource) {
    switch (platform) {
        case Platform::aws:
            return aws(resource);
        case Platform::ibmcloud:
            return ConsoleLink{.url = "https://cloud.ibm.com/resources", .is_exact = false};
        default:
            return std::nullopt;
    }
}

}  // namespace desk
