// EC2: network, machines and their disks.
#include <array>
#include <stdexcept>

#include "core/base/text.hpp"
#include "core/cloud/aws/xml.hpp"
#include "worker/demo/aws_cloud.hpp"

namespace desk::demo {
namespace {

using aws::text_at;

/// How EC2 speaks of a type.
struct Words {
    std::string_view type;      ///< ours
    const char* resource_type;  ///< in TagSpecification
    const char* describe;
    const char* list;  ///< path to what holds the items
    const char* id;
    const char* remove;
    const char* id_param;  ///< of `remove`
    const char* state = "";
    std::string_view gone = "";  ///< the state in which it is still listed though it is gone
};

constexpr Words kVpc{"vpc", "vpc", "DescribeVpcs", "vpcSet", "vpcId", "DeleteVpc", "VpcId"};
constexpr Words kGateway{"internet-gateway",  "internet-gateway",      "DescribeInternetGateways", "internetGatewaySet",
                         "internetGatewayId", "DeleteInternetGateway", "InternetGatewayId"};
constexpr Words kSubnet{"subnet", "subnet", "DescribeSubnets", "subnetSet", "subnetId", "DeleteSubnet", "SubnetId"};
constexpr Words kAddress{"elastic-ip",   "elastic-ip",     "DescribeAddresses", "addressesSet",
                         "allocationId", "ReleaseAddress", "AllocationId"};
constexpr Words kNat{"nat-gateway",   "natgateway",   "DescribeNatGateways",
                     "natGatewaySet", "natGatewayId", "DeleteNatGateway",
                     "NatGatewayId",  "state",        "deleted"};
constexpr Words kRoutes{"route-table",  "route-table",      "DescribeRouteTables", "routeTableSet",
                        "routeTableId", "DeleteRouteTable", "RouteTableId"};
constexpr Words kEndpoint{"vpc-endpoint",    "vpc-endpoint",  "DescribeVpcEndpoints",
                          "vpcEndpointSet",  "vpcEndpointId", "DeleteVpcEndpoints",
                          "VpcEndpointId.1", "state",         "deleted"};
constexpr Words kGroup{
    "security-group",      "security-group", "DescribeSecurityGroups", "securityGroupInfo", "groupId",
    "DeleteSecurityGroup", "GroupId"};
constexpr Words kInterface{"network-interface",   "network-interface",  "DescribeNetworkInterfaces",
                           "networkInterfaceSet", "networkInterfaceId", "DeleteNetworkInterface",
                           "NetworkInterfaceId"};
constexpr Words kInstance{"instance",           "instance",     "DescribeInstances",  "reservationSet", "instanceId",
                          "TerminateInstances", "InstanceId.1", "instanceState/name", "terminated"};
constexpr Words kVolume{"volume", "volume", "DescribeVolumes", "volumeSet", "volumeId", "DeleteVolume", "VolumeId"};

pugi::xml_document call(const AwsPlace& in, const std::string& action, const aws::Params& params) {
    return in.client.query("ec2", in.region, action, "2016-11-15", params);
}

aws::Params with_tags(const Words& words, const Resource& wanted, aws::Params params) {
    params.emplace_back("TagSpecification.1.ResourceType", words.resource_type);
    for (auto& tag : tag_params("TagSpecification.1.Tag", wanted.tags)) params.push_back(std::move(tag));
    return params;
}

/// Creates it, and gives the text at `path` of the answer.
std::string make(const AwsPlace& in, const Words& words, const Resource& wanted, const char* action, const char* path,
                 aws::Params params) {
    const auto answer = call(in, action, with_tags(words, wanted, std::move(params)));
    return text_at(answer.document_element(), path);
}

template <const Words& words>
std::vector<Resource> list(const AwsPlace& in, const Tag& tag) {
    const auto answer =
        call(in, words.describe, {{"Filter.1.Name", "tag:" + tag.first}, {"Filter.1.Value.1", tag.second}});
    std::vector<Resource> found;
    const auto add = [&](const pugi::xml_node& item) {
        if (*words.state != '\0' && text_at(item, words.state) == words.gone) return;
        Resource thing{.type = std::string(words.type), .id = text_at(item, words.id), .region = in.region};
        thing.tags = aws::tags_in(item.child("tagSet"), "key", "value");
        thing.name = thing.tags["Name"];
        // Never take a filter's word for whose a thing is: moto ignores it for NAT gateways.
        if (has_tag(thing, tag)) found.push_back(std::move(thing));
    };
    for (const auto& item : answer.document_element().child(words.list).children()) {
        if (words.type != kInstance.type) add(item);
        for (const auto& instance : item.child("instancesSet").children()) add(instance);
    }
    return found;
}

template <const Words& words>
void remove(const AwsPlace& in, const Resource& thing) {
    call(in, words.remove, {{words.id_param, thing.id}});
}

std::string vpc_of(const AwsPlace& in) { return get_thing(in, kVpc.type, in.infra_id + "-vpc").id; }

/// "us-east-1b" of "demo1-x-subnet-public-us-east-1b".
std::string zone_in(const AwsPlace& in, const std::string& name) { return name.substr(name.rfind(in.region)); }

std::string make_vpc(const AwsPlace& in, const Resource& wanted) {
    return make(in, kVpc, wanted, "CreateVpc", "vpc/vpcId", {{"CidrBlock", "10.0.0.0/16"}});
}

std::string make_gateway(const AwsPlace& in, const Resource& wanted) {
    const auto id = make(in, kGateway, wanted, "CreateInternetGateway", "internetGateway/internetGatewayId", {});
    call(in, "AttachInternetGateway", {{"InternetGatewayId", id}, {"VpcId", vpc_of(in)}});
    return id;
}

void remove_gateway(const AwsPlace& in, const Resource& thing) {
    const auto found = call(in, kGateway.describe, {{"InternetGatewayId.1", thing.id}});
    for (const auto& attached : found.select_nodes("//attachmentSet/item"))
        call(in, "DetachInternetGateway",
             {{"InternetGatewayId", thing.id}, {"VpcId", text_at(attached.node(), "vpcId")}});
    remove<kGateway>(in, thing);
}

/// Public ones in the first half of the network, private ones in the second, by the letter of their zone.
std::string make_subnet(const AwsPlace& in, const Resource& wanted) {
    const auto zone = zone_in(in, wanted.name);
    const int half = wanted.name.find("-private-") == std::string::npos ? 0 : 128;
    return make(in, kSubnet, wanted, "CreateSubnet", "subnet/subnetId",
                {{"VpcId", vpc_of(in)},
                 {"AvailabilityZone", zone},
                 {"CidrBlock", cat("10.0.", half + (zone.back() - 'a') * 16, ".0/20")}});
}

std::string first_subnet(const AwsPlace& in, const char* side) {
    return get_thing(in, kSubnet.type, cat(in.infra_id, "-subnet-", side, '-', in.region, 'a')).id;
}

std::string make_address(const AwsPlace& in, const Resource& wanted) {
    return make(in, kAddress, wanted, "AllocateAddress", "allocationId", {{"Domain", "vpc"}});
}

std::string make_nat(const AwsPlace& in, const Resource& wanted) {
    return make(in, kNat, wanted, "CreateNatGateway", "natGateway/natGatewayId",
                {{"SubnetId", first_subnet(in, "public")},
                 {"AllocationId", get_thing(in, kAddress.type, in.infra_id + "-eip").id}});
}

std::string make_routes(const AwsPlace& in, const Resource& wanted) {
    const auto id = make(in, kRoutes, wanted, "CreateRouteTable", "routeTable/routeTableId", {{"VpcId", vpc_of(in)}});
    const bool is_public = wanted.name.ends_with("-public");
    const auto way_out = is_public ? std::pair("GatewayId", get_thing(in, kGateway.type, in.infra_id + "-igw").id)
                                   : std::pair("NatGatewayId", get_thing(in, kNat.type, in.infra_id + "-nat").id);
    call(in, "CreateRoute",
         {{"RouteTableId", id}, {"DestinationCidrBlock", "0.0.0.0/0"}, {way_out.first, way_out.second}});
    const auto subnet =
        is_public ? first_subnet(in, "public")
                  : get_thing(in, kSubnet.type, cat(in.infra_id, "-subnet-private-", zone_in(in, wanted.name))).id;
    call(in, "AssociateRouteTable", {{"RouteTableId", id}, {"SubnetId", subnet}});
    return id;
}

void remove_routes(const AwsPlace& in, const Resource& thing) {
    const auto found = call(in, kRoutes.describe, {{"RouteTableId.1", thing.id}});
    for (const auto& association : found.select_nodes("//associationSet/item"))
        call(in, "DisassociateRouteTable", {{"AssociationId", text_at(association.node(), "routeTableAssociationId")}});
    remove<kRoutes>(in, thing);
}

std::string make_endpoint(const AwsPlace& in, const Resource& wanted) {
    return make(in, kEndpoint, wanted, "CreateVpcEndpoint", "vpcEndpoint/vpcEndpointId",
                {{"VpcId", vpc_of(in)},
                 {"VpcEndpointType", "Gateway"},
                 {"ServiceName", cat("com.amazonaws.", in.region, ".s3")}});
}

std::string make_group(const AwsPlace& in, const Resource& wanted) {
    return make(
        in, kGroup, wanted, "CreateSecurityGroup", "groupId",
        {{"GroupName", wanted.name}, {"GroupDescription", "Kubernetes cluster " + in.infra_id}, {"VpcId", vpc_of(in)}});
}

std::string make_interface(const AwsPlace& in, const Resource& wanted) {
    return make(in, kInterface, wanted, "CreateNetworkInterface", "networkInterface/networkInterfaceId",
                {{"SubnetId", first_subnet(in, "private")}});
}

/// Any image does: nothing boots. The real installer has its own, of CoreOS.
std::string any_image(const AwsPlace& in) {
    const auto images = call(in, "DescribeImages", {{"Filter.1.Name", "architecture"}, {"Filter.1.Value.1", "x86_64"}});
    return text_at(images.document_element().child("imagesSet").first_child(), "imageId");
}

std::string make_instance(const AwsPlace& in, const Resource& wanted) {
    const std::string role = wanted.name.substr(in.infra_id.size() + 1);
    aws::Params params = {
        {"ImageId", any_image(in)},
        {"InstanceType", "m6i.xlarge"},
        {"MinCount", "1"},
        {"MaxCount", "1"},
        {"SubnetId", first_subnet(in, "private")},
        {"SecurityGroupId.1", get_thing(in, kGroup.type, in.infra_id + "-node").id},
        {"IamInstanceProfile.Name", cat(in.infra_id, '-', role.substr(0, role.find('-')), "-profile")},
        {"BlockDeviceMapping.1.DeviceName", "/dev/xvda"},
        {"BlockDeviceMapping.1.Ebs.VolumeSize", "120"},
        {"BlockDeviceMapping.1.Ebs.VolumeType", "gp3"},
        {"BlockDeviceMapping.1.Ebs.DeleteOnTermination", "true"},
        {"TagSpecification.2.ResourceType", kVolume.resource_type}};
    for (auto& tag : tag_params("TagSpecification.2.Tag", wanted.tags)) params.push_back(std::move(tag));
    return make(in, kInstance, wanted, "RunInstances", "instancesSet/item/instanceId", std::move(params));
}

/// Its machine brought it along.
std::string make_volume(const AwsPlace& in, const Resource& wanted) {
    return get_thing(in, kVolume.type, wanted.name).id;
}

constexpr std::array kKinds = {
    AwsKind{kInstance.type, make_instance, list<kInstance>, remove<kInstance>},
    AwsKind{kVolume.type, make_volume, list<kVolume>, remove<kVolume>},
    AwsKind{kInterface.type, make_interface, list<kInterface>, remove<kInterface>},
    AwsKind{kGroup.type, make_group, list<kGroup>, remove<kGroup>},
    AwsKind{kEndpoint.type, make_endpoint, list<kEndpoint>, remove<kEndpoint>},
    AwsKind{kRoutes.type, make_routes, list<kRoutes>, remove_routes},
    AwsKind{kNat.type, make_nat, list<kNat>, remove<kNat>},
    AwsKind{kAddress.type, make_address, list<kAddress>, remove<kAddress>},
    AwsKind{kSubnet.type, make_subnet, list<kSubnet>, remove<kSubnet>},
    AwsKind{kGateway.type, make_gateway, list<kGateway>, remove_gateway},
    AwsKind{kVpc.type, make_vpc, list<kVpc>, remove<kVpc>},
};

}  // namespace

std::span<const AwsKind> ec2_kinds() { return kKinds; }

}  // namespace desk::demo
