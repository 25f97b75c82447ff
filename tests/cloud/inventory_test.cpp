// The inventory of a cluster, asked of moto: what is found, by what, and that what is gone is not found.
#include "core/cloud/aws/inventory.hpp"

#include <gmock/gmock.h>

#include <set>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/cloud/aws/ec2.hpp"
#include "tests/support/moto_server.hpp"

namespace desk::aws {
namespace {

using testing::Contains;
using testing::Each;
using testing::IsEmpty;
using testing::IsSupersetOf;

constexpr const char* kRegion = "us-east-1";
constexpr const char* kInfra = "blue-x7f2k";
const std::string kMark = std::string("kubernetes.io/cluster/") + kInfra;
constexpr const char* kIam = "2010-05-08";

class InventoryTest : public MotoTest {
  protected:
    /// Parameters of an EC2 call that creates something with our tag on it.
    static Params tagged(const std::string& type, Params params, const std::string& key = kMark,
                         const std::string& value = "owned") {
        params.insert(params.end(), {{"TagSpecification.1.ResourceType", type},
                                     {"TagSpecification.1.Tag.1.Key", key},
                                     {"TagSpecification.1.Tag.1.Value", value}});
        return params;
    }
    /// Does it, and tells the text of the element `id` of the answer.
    std::string ec2(const char* action, const Params& params, const char* id) {
        const auto answer = aws.query("ec2", kRegion, action, "2016-11-15", params);
        return answer.select_node(cat("//", id).c_str()).node().text().get();
    }
    std::string vpc(const std::string& key = kMark, const std::string& value = "owned") {
        return ec2("CreateVpc", tagged("vpc", {{"CidrBlock", "10.0.0.0/16"}}, key, value), "vpcId");
    }
    std::string subnet(const std::string& vpc) {
        return ec2("CreateSubnet", tagged("subnet", {{"VpcId", vpc}, {"CidrBlock", "10.0.0.0/24"}}), "subnetId");
    }
    std::string instance(const std::string& subnet) {
        return ec2("RunInstances",
                   tagged("instance", {{"ImageId", "ami-12c6146b"},
                                       {"MinCount", "1"},
                                       {"MaxCount", "1"},
                                       {"InstanceType", "m5.xlarge"},
                                       {"SubnetId", subnet}}),
                   "instanceId");
    }
    void role(const std::string& name, const Tags& tags = {}) {
        Params params = {{"RoleName", name}, {"AssumeRolePolicyDocument", "{}"}};
        int number = 0;
        for (const auto& [key, value] : tags) {
            params.emplace_back(cat("Tags.member.", ++number, ".Key"), key);
            params.emplace_back(cat("Tags.member.", number, ".Value"), value);
        }
        aws.query("iam", kRegion, "CreateRole", kIam, params);
    }
    std::string zone(const std::string& name, const std::string& vpc = {}) {
        const std::string body = cat(
            "<CreateHostedZoneRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><Name>", name, "</Name>",
            vpc.empty() ? "" : cat("<VPC><VPCRegion>us-east-1</VPCRegion><VPCId>", vpc, "</VPCId></VPC>"),
            "<CallerReference>", name, vpc, "</CallerReference><HostedZoneConfig><PrivateZone>",
            vpc.empty() ? "false" : "true", "</PrivateZone></HostedZoneConfig></CreateHostedZoneRequest>");
        const auto answer = aws.rest("route53", kRegion, "POST", "/2013-04-01/hostedzone", {}, body);
        const std::string id = answer.select_node("//HostedZone/Id").node().text().get();
        return id.substr(id.rfind('/') + 1);
    }
    void tag_zone(const std::string& id, const std::string& key) {
        aws.rest("route53", kRegion, "POST", "/2013-04-01/tags/hostedzone/" + id, {},
                 cat("<ChangeTagsForResourceRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><AddTags>"
                     "<Tag><Key>",
                     key, "</Key><Value>owned</Value></Tag></AddTags></ChangeTagsForResourceRequest>"));
    }
    void record(const std::string& zone, const std::string& name) {
        aws.rest("route53", kRegion, "POST", cat("/2013-04-01/hostedzone/", zone, "/rrset/"), {},
                 cat("<ChangeResourceRecordSetsRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\">"
                     "<ChangeBatch><Changes><Change><Action>CREATE</Action><ResourceRecordSet><Name>",
                     name,
                     "</Name><Type>A</Type><TTL>60</TTL><ResourceRecords><ResourceRecord><Value>192.0.2.1</Value>"
                     "</ResourceRecord></ResourceRecords></ResourceRecordSet></Change></Changes></ChangeBatch>"
                     "</ChangeResourceRecordSetsRequest>"));
    }
    void bucket(const std::string& name) { aws.rest("s3", kRegion, "PUT", "/" + name); }

    std::vector<Resource> look() { return inventory(aws, scope); }
    std::vector<std::string> types() {
        std::vector<std::string> found;
        for (const auto& one : look()) found.push_back(one.type);
        return found;
    }

    Client aws = client();
    InventoryScope scope{.infra_ids = {kInfra}, .regions = {kRegion}, .name = "blue", .base_domain = "example.com"};
};

TEST_F(InventoryTest, OfAnEmptyAccountIsEmpty) { EXPECT_THAT(look(), IsEmpty()); }

TEST_F(InventoryTest, FindsEverythingOfANetwork) {
    const auto network = vpc();
    const auto inside = subnet(network);
    ec2("CreateInternetGateway", tagged("internet-gateway", {}), "internetGatewayId");
    const auto address = ec2("AllocateAddress", tagged("elastic-ip", {{"Domain", "vpc"}}), "allocationId");
    ec2("CreateNatGateway", tagged("natgateway", {{"SubnetId", inside}, {"AllocationId", address}}), "natGatewayId");
    ec2("CreateRouteTable", tagged("route-table", {{"VpcId", network}}), "routeTableId");
    ec2("CreateNetworkInterface", tagged("network-interface", {{"SubnetId", inside}}), "networkInterfaceId");
    ec2("CreateSecurityGroup",
        tagged("security-group", {{"VpcId", network}, {"GroupName", "g"}, {"GroupDescription", "d"}}), "groupId");
    ec2("CreateVpcEndpoint",
        tagged("vpc-endpoint", {{"VpcId", network}, {"ServiceName", "com.amazonaws.us-east-1.s3"}}), "vpcEndpointId");
    ec2("CreateVolume", tagged("volume", {{"AvailabilityZone", "us-east-1a"}, {"Size", "120"}}), "volumeId");
    instance(inside);

    EXPECT_THAT(types(), IsSupersetOf({"vpc", "subnet", "internet-gateway", "elastic-ip", "nat-gateway", "route-table",
                                       "network-interface", "security-group", "vpc-endpoint", "volume", "instance"}));
}

TEST_F(InventoryTest, TellsWhatAnInstanceIs) {
    const auto id = instance(subnet(vpc()));

    const auto found = look();
    const auto one = std::ranges::find(found, id, &Resource::id);

    ASSERT_NE(one, found.end());
    EXPECT_EQ(one->kind, "m5.xlarge");
    EXPECT_EQ(one->state, "running");
    EXPECT_EQ(one->owner, kInfra);
}

TEST_F(InventoryTest, DoesNotCountTerminatedInstancesThatEc2StillLists) {
    const auto id = instance(subnet(vpc()));
    ec2("TerminateInstances", {{"InstanceId.1", id}}, "instanceId");

    EXPECT_THAT(types(), testing::Not(Contains("instance")));
}

TEST_F(InventoryTest, LeavesWhatIsSharedAndWhatIsOfOthers) {
    vpc(kMark, "shared");
    vpc("kubernetes.io/cluster/green-abcde");

    EXPECT_THAT(look(), IsEmpty());
}

TEST_F(InventoryTest, FindsLoadBalancersOfBothGenerations) {
    const auto inside = subnet(vpc());
    aws.query("elasticloadbalancing", kRegion, "CreateLoadBalancer", "2012-06-01",
              {{"LoadBalancerName", "router"},
               {"Listeners.member.1.Protocol", "tcp"},
               {"Listeners.member.1.LoadBalancerPort", "443"},
               {"Listeners.member.1.InstancePort", "443"},
               {"AvailabilityZones.member.1", "us-east-1a"},
               {"Tags.member.1.Key", kMark},
               {"Tags.member.1.Value", "owned"}});
    aws.query("elasticloadbalancing", kRegion, "CreateLoadBalancer", "2015-12-01",
              {{"Name", "blue-int"},
               {"Type", "network"},
               {"Subnets.member.1", inside},
               {"Tags.member.1.Key", kMark},
               {"Tags.member.1.Value", "owned"}});

    EXPECT_THAT(types(), IsSupersetOf({"load-balancer", "classic-load-balancer"}));
}

TEST_F(InventoryTest, FindsRolesOfTheInstallerByTheirNames) {
    role("blue-x7f2k-worker-role");
    role("somebody-else");
    aws.query("iam", kRegion, "CreateInstanceProfile", kIam, {{"InstanceProfileName", "blue-x7f2k-worker-profile"}});
    aws.query("iam", kRegion, "CreateUser", kIam, {{"UserName", "blue-x7f2k-openshift-ingress"}});

    EXPECT_THAT(types(), testing::UnorderedElementsAre("iam-role", "instance-profile", "iam-user"));
}

TEST_F(InventoryTest, FindsUsersWhoseNamesHaveTheInfraIdCutByTheirTags) {
    const std::string infra_id = "a-cluster-whose-name-x7f2k";
    scope.infra_ids = {infra_id};
    const auto user = [&](const char* name, const std::string& owner) {
        aws.query("iam", kRegion, "CreateUser", kIam,
                  {{"UserName", name},
                   {"Tags.member.1.Key", "kubernetes.io/cluster/" + owner},
                   {"Tags.member.1.Value", "owned"}});
    };
    user("a-cluster-whose-name-openshift-ingress-b5k9z", infra_id);
    user("a-cluster-whose-name-openshift-ingress-q2w7x", "a-cluster-whose-name-q8s3d");

    const auto found = look();

    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].name, "a-cluster-whose-name-openshift-ingress-b5k9z");
    EXPECT_EQ(found[0].owner, infra_id);
    EXPECT_THAT(inventory_queries(scope),
                Contains("IAM: users named a-cluster-whose-name-* and tagged kubernetes.io/cluster/" + infra_id));
}

TEST_F(InventoryTest, FindsWhatCcoctlMadeByItsTagAndNotByTheBeginningOfAName) {
    scope.ccoctl_names = {"blue"};
    role("blue-openshift-ingress", {{"openshift.io/cloud-credential-operator/blue", "owned"}});
    role("blue-green-openshift-ingress", {{"openshift.io/cloud-credential-operator/blue-green", "owned"}});
    aws.query("iam", kRegion, "CreateOpenIDConnectProvider", kIam,
              {{"Url", "https://blue-oidc.s3.us-east-1.amazonaws.com"},
               {"ThumbprintList.member.1", "990f4193972f2becf12ddeda5237f9c952f20d9e"},
               {"Tags.member.1.Key", "openshift.io/cloud-credential-operator/blue"},
               {"Tags.member.1.Value", "owned"}});
    bucket("blue-oidc");

    std::vector<std::string> found;
    for (const auto& one : look()) found.push_back(cat(one.type, ' ', one.name));
    EXPECT_THAT(found, testing::UnorderedElementsAre("iam-role blue-openshift-ingress", "s3-bucket blue-oidc",
                                                     "oidc-provider blue-oidc.s3.us-east-1.amazonaws.com"));
}

TEST_F(InventoryTest, FindsBucketsByNameAndByTag) {
    bucket("blue-x7f2k-image-registry-us-east-1");
    bucket("of-a-chart");
    bucket("others");
    aws.rest("s3", kRegion, "PUT", "/of-a-chart", {{"tagging", ""}},
             cat("<Tagging><TagSet><Tag><Key>", kMark, "</Key><Value>owned</Value></Tag></TagSet></Tagging>"));

    std::vector<std::string> found;
    for (const auto& one : look()) found.push_back(one.name);
    EXPECT_THAT(found, testing::UnorderedElementsAre("blue-x7f2k-image-registry-us-east-1", "of-a-chart"));
}

TEST_F(InventoryTest, FindsThePrivateZoneAndTheRecordsOfTheClusterInThePublicOne) {
    const auto network = vpc("Name", "v");
    tag_zone(zone("blue.example.com", network), kMark);
    const auto domain = zone("example.com");
    record(domain, "api.blue.example.com");
    record(domain, "\\052.apps.blue.example.com");
    record(domain, "api.green.example.com");

    std::vector<std::string> found;
    for (const auto& one : look()) found.push_back(cat(one.type, ' ', one.name));
    EXPECT_THAT(found, testing::UnorderedElementsAre("private-zone blue.example.com", "dns-record api.blue.example.com",
                                                     "dns-record *.apps.blue.example.com"));
}

TEST_F(InventoryTest, LeavesAPrivateZoneOfTheSameNameThatAnotherClusterOwns) {
    tag_zone(zone("blue.example.com", vpc("Name", "v")), "kubernetes.io/cluster/blue-other");

    EXPECT_THAT(look(), IsEmpty());
}

TEST_F(InventoryTest, LooksInEveryRegionThatWasTouched) {
    scope.regions = {kRegion, "eu-west-1"};
    aws.query("ec2", "eu-west-1", "CreateVpc", "2016-11-15", tagged("vpc", {{"CidrBlock", "10.0.0.0/16"}}));

    const auto found = look();

    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].region, "eu-west-1");
}

TEST_F(InventoryTest, CountsATypeThatNobodyIsAskedForAsSoonAsItsTagIsListed) {
    aws.query(
        "ec2", kRegion, "CreateSnapshot", "2016-11-15",
        tagged("snapshot",
               {{"VolumeId", ec2("CreateVolume", {{"AvailabilityZone", "us-east-1a"}, {"Size", "1"}}, "volumeId")}}));

    EXPECT_THAT(types(), testing::ElementsAre("ec2:snapshot"));
}

TEST_F(InventoryTest, NamesTheClustersOfARegionEvenIfOnlyARoleIsLeft) {
    vpc();
    role("green-abcde-master-role");
    role("plain-worker-role-of-others");

    const auto names = names_in(aws, kRegion);

    EXPECT_EQ(names.infra_ids, (std::vector<std::string>{kInfra, "green-abcde"}));
}

TEST_F(InventoryTest, IsNotKnownWhenAnythingIsNotAnswered) {
    Client nowhere(transport, {.access_key_id = "a", .secret_access_key = Secret("b")},
                   {.all = url(), .service = {{"iam", url() + "/no-such-service"}}});

    EXPECT_THROW(inventory(nowhere, scope), Error);
}

TEST_F(InventoryTest, AsksForNothingWhereNothingWasMade) {
    EXPECT_THAT(inventory(aws, {.regions = {kRegion}, .name = "blue", .base_domain = "example.com"}), IsEmpty());
    EXPECT_THAT(inventory_queries({.regions = {kRegion}, .name = "blue", .base_domain = "example.com"}), IsEmpty());
}

using Machines = InventoryTest;

TEST_F(Machines, StopAndStart) {
    const auto id = instance(subnet(vpc()));

    ec2::stop_instances(aws, kRegion, {id});
    EXPECT_EQ(ec2::instances(aws, kRegion, kMark).at(0).state, "stopped");

    ec2::start_instances(aws, kRegion, {id});
    EXPECT_EQ(ec2::instances(aws, kRegion, kMark).at(0).state, "running");
}

TEST_F(Machines, CountAgainstQuotas) {
    const auto before = ec2::usage(aws, kRegion);

    vpc();

    EXPECT_EQ(ec2::usage(aws, kRegion).vpcs, before.vpcs + 1);
}

}  // namespace
}  // namespace desk::aws
