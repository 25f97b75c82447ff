// Load balancers, IAM, S3, the Tagging API and Service Quotas: their answers as AWS documents them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/cloud/aws/buckets.hpp"
#include "core/cloud/aws/elb.hpp"
#include "core/cloud/aws/iam.hpp"
#include "core/cloud/aws/inventory.hpp"
#include "core/cloud/aws/quotas.hpp"
#include "core/cloud/aws/route53.hpp"
#include "core/cloud/aws/tagging.hpp"
#include "tests/unit/cloud/fake_transport.hpp"

namespace desk::aws {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class AwsServices : public testing::Test {
  protected:
    FakeTransport transport;
    FakePace pace;
    Client client{transport, some_credentials(), {}, pace.pace()};
};

using LoadBalancers = AwsServices;

constexpr const char* kNoTargetGroups = R"(<DescribeTargetGroupsResponse
    xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><DescribeTargetGroupsResult><TargetGroups/>
    </DescribeTargetGroupsResult></DescribeTargetGroupsResponse>)";
constexpr const char* kNoBalancers = R"(<DescribeLoadBalancersResponse
    xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><DescribeLoadBalancersResult><LoadBalancers/>
    </DescribeLoadBalancersResult></DescribeLoadBalancersResponse>)";
constexpr const char* kOneBalancer = R"(<DescribeLoadBalancersResponse
    xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><DescribeLoadBalancersResult><LoadBalancers>
    <member><LoadBalancerArn>arn:lb</LoadBalancerArn><LoadBalancerName>blue-x7f2k-int</LoadBalancerName>
    <Type>network</Type><State><Code>active</Code></State></member></LoadBalancers></DescribeLoadBalancersResult>
    </DescribeLoadBalancersResponse>)";
constexpr const char* kBalancersTags = R"(<DescribeTagsResponse
    xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><DescribeTagsResult><TagDescriptions><member>
    <ResourceArn>arn:lb</ResourceArn><Tags><member><Key>a</Key><Value>b</Value></member></Tags></member>
    </TagDescriptions></DescribeTagsResult></DescribeTagsResponse>)";
constexpr const char* kClassic = R"(<DescribeLoadBalancersResponse
    xmlns="http://elasticloadbalancing.amazonaws.com/doc/2012-06-01/"><DescribeLoadBalancersResult>
    <LoadBalancerDescriptions><member><LoadBalancerName>a1b2</LoadBalancerName></member></LoadBalancerDescriptions>
    </DescribeLoadBalancersResult></DescribeLoadBalancersResponse>)";
constexpr const char* kClassicTags = R"(<DescribeTagsResponse
    xmlns="http://elasticloadbalancing.amazonaws.com/doc/2012-06-01/"><DescribeTagsResult><TagDescriptions><member>
    <LoadBalancerName>a1b2</LoadBalancerName><Tags><member><Key>c</Key><Value>d</Value></member></Tags></member>
    </TagDescriptions></DescribeTagsResult></DescribeTagsResponse>)";

TEST_F(LoadBalancers, OfBothGenerationsHaveTheirTags) {
    transport.answer(200, kOneBalancer)
        .answer(200, kBalancersTags)
        .answer(200, kNoTargetGroups)
        .answer(200, kClassic)
        .answer(200, kClassicTags);

    const auto found = elb::all(client, "eu-west-1");

    EXPECT_EQ(found, (std::vector<Resource>{{.region = "eu-west-1",
                                             .type = "load-balancer",
                                             .id = "arn:lb",
                                             .name = "blue-x7f2k-int",
                                             .kind = "network",
                                             .tags = {{"a", "b"}}},
                                            {.region = "eu-west-1",
                                             .type = "classic-load-balancer",
                                             .id = "a1b2",
                                             .name = "a1b2",
                                             .tags = {{"c", "d"}}}}));
    EXPECT_THAT(transport.requests[1].body, HasSubstr("ResourceArns.member.1=arn%3Alb"));
    EXPECT_THAT(transport.requests[4].body, HasSubstr("LoadBalancerNames.member.1=a1b2"));
}

TEST_F(LoadBalancers, ThatVanishWhileTheirTagsAreAskedForAreGone) {
    transport.answer(200, kOneBalancer)
        .answer(400, R"(<ErrorResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><Error>
            <Type>Sender</Type><Code>LoadBalancerNotFound</Code><Message>gone</Message></Error></ErrorResponse>)")
        .answer(200, kNoBalancers);

    EXPECT_TRUE(elb::all(client, "eu-west-1").empty());
}

using Iam = AwsServices;

TEST_F(Iam, ListsEveryPageOfRolesProfilesAndUsers) {
    transport
        .answer(200, R"(<ListRolesResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListRolesResult>
            <IsTruncated>true</IsTruncated><Marker>next</Marker><Roles><member><RoleName>r1</RoleName></member></Roles>
            </ListRolesResult></ListRolesResponse>)")
        .answer(200, R"(<ListRolesResponse><ListRolesResult><Roles><member><RoleName>r2</RoleName></member></Roles>
            <IsTruncated>false</IsTruncated></ListRolesResult></ListRolesResponse>)")
        .answer(200, R"(<L><R><InstanceProfiles><member><InstanceProfileName>p1</InstanceProfileName><Roles><member>
            <RoleName>r1</RoleName></member></Roles></member></InstanceProfiles><IsTruncated>false</IsTruncated></R></L>)")
        .answer(200, "<L><R><Users><member><UserName>u1</UserName></member></Users></R></L>");

    const auto found = iam::principals(client);

    std::vector<std::string> names;
    for (const auto& one : found) names.push_back(one.type + " " + one.name);
    EXPECT_EQ(names, (std::vector<std::string>{"iam-role r1", "iam-role r2", "instance-profile p1", "iam-user u1"}));
    EXPECT_THAT(transport.requests[1].body, HasSubstr("Marker=next"));
}

TEST_F(Iam, OfWhatIsGoneThereAreNoTags) {
    transport.answer(
        404, R"(<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>gone</Message></Error></ErrorResponse>)");

    EXPECT_EQ(iam::tags_of(client, {.type = "iam-role", .id = "r1"}), std::nullopt);
}

TEST_F(Iam, ProvidersThatGoMeanwhileAreNotListed) {
    transport
        .answer(200,
                R"(<L><ListOpenIDConnectProvidersResult><OpenIDConnectProviderList><member><Arn>arn:p</Arn></member>
            </OpenIDConnectProviderList></ListOpenIDConnectProvidersResult></L>)")
        .answer(404, "<ErrorResponse><Error><Code>NoSuchEntity</Code></Error></ErrorResponse>");

    EXPECT_TRUE(iam::oidc_providers(client).empty());
}

TEST_F(Iam, TellsProvidersByTheirUrls) {
    transport
        .answer(200,
                R"(<L><ListOpenIDConnectProvidersResult><OpenIDConnectProviderList><member><Arn>arn:p</Arn></member>
            </OpenIDConnectProviderList></ListOpenIDConnectProvidersResult></L>)")
        .answer(200, R"(<G><GetOpenIDConnectProviderResult><Url>blue-oidc.s3.us-east-1.amazonaws.com</Url><ClientIDList>
            <member>openshift</member></ClientIDList><Tags><member><Key>k</Key><Value>owned</Value></member></Tags>
            </GetOpenIDConnectProviderResult></G>)");

    const auto found = iam::oidc_providers(client);

    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].name, "blue-oidc.s3.us-east-1.amazonaws.com");
    EXPECT_EQ(found[0].tags, (Tags{{"k", "owned"}}));
}

class GovCloud : public AwsServices {
  protected:
    Client client{transport, some_credentials(), {.home = "us-gov-west-1"}, pace.pace()};

    std::string signed_for(std::size_t number) const {
        const auto credential =
            transport.header(number, "Authorization").substr(std::string("AWS4-HMAC-SHA256 ").size());
        return std::string(split(credential, '/').at(2));
    }
};

TEST_F(GovCloud, IsAskedForItsOwnRolesByItsOwnArns) {
    transport.answer(200, "<R/>");

    EXPECT_EQ(iam::role_and_policy(client, "123456789012", "clusterdesk-blue").size(), 2U);

    EXPECT_EQ(transport.requests.at(0).url, "https://iam.us-gov.amazonaws.com/");
    EXPECT_EQ(signed_for(0), "us-gov-west-1");
    EXPECT_THAT(transport.requests.at(1).body,
                HasSubstr("PolicyArn=arn%3Aaws-us-gov%3Aiam%3A%3A123456789012%3Apolicy%2Fclusterdesk-blue"));
}

TEST_F(GovCloud, IsAskedForItsOwnZonesAndBuckets) {
    transport.answer(200, "<L><Buckets><Bucket><Name>b</Name></Bucket></Buckets></L>");

    route53::zones(client);
    const auto buckets = s3::buckets(client);

    EXPECT_THAT(transport.requests.at(0).url, StartsWith("https://route53.us-gov.amazonaws.com/"));
    EXPECT_THAT(transport.requests.at(1).url, StartsWith("https://s3.us-gov-west-1.amazonaws.com/"));
    EXPECT_EQ(buckets.at(0).region, "us-gov-west-1");
}

TEST_F(GovCloud, TellsOfWhatBelongsToNoRegionInItsHome) {
    EXPECT_THAT(inventory_queries({.infra_ids = {"blue-x7f2k"}, .regions = {"us-gov-east-1"}}),
                AllOf(Contains(StartsWith("Tagging API in us-gov-west-1: ")), Not(Contains(HasSubstr("us-east-1")))));

    transport.answer(200, R"({"TagKeys":[]})").answer(200, R"({"TagKeys":[]})").answer(200, "<L/>");
    names_in(client, "us-gov-west-1");
    EXPECT_EQ(transport.requests.at(2).url, "https://iam.us-gov.amazonaws.com/") << "roles, too";
}

using Buckets = AwsServices;

TEST_F(Buckets, AreListedWithTheirRegionsPageByPage) {
    transport
        .answer(200, R"(<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Buckets><Bucket>
            <BucketRegion>eu-west-1</BucketRegion><CreationDate>2026-01-01T00:00:00.000Z</CreationDate><Name>b1</Name>
            </Bucket></Buckets><ContinuationToken>go=on</ContinuationToken></ListAllMyBucketsResult>)")
        .answer(200, "<L><Buckets><Bucket><Name>b2</Name></Bucket></Buckets></L>");

    const auto found = s3::buckets(client);

    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].region, "eu-west-1");
    EXPECT_THAT(transport.requests[1].url, EndsWith("continuation-token=go%3Don"));
}

TEST_F(Buckets, WithoutTagsHaveNone) {
    transport.answer(404, "<Error><Code>NoSuchTagSet</Code><Message>There is no tag set</Message></Error>")
        .answer(200,
                R"(<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet><Tag><Key>k</Key><Value>v</Value>
            </Tag></TagSet></Tagging>)");

    EXPECT_EQ(s3::tags_of(client, {.region = "eu-west-1", .id = "b1"}), Tags{});
    EXPECT_EQ(s3::tags_of(client, {.region = "eu-west-1", .id = "b1"}), (Tags{{"k", "v"}}));
}

TEST_F(Buckets, AndZonesThatAreGoneHaveNoTagsToAskFor) {
    transport.answer(404, "<Error><Code>NoSuchBucket</Code><Message>gone</Message></Error>")
        .answer(404, "<ErrorResponse><Error><Code>NoSuchHostedZone</Code></Error></ErrorResponse>");

    EXPECT_EQ(s3::tags_of(client, {.region = "eu-west-1", .type = "s3-bucket", .id = "b"}), std::nullopt);
    EXPECT_EQ(route53::tags_of(client, {.id = "Z1"}), std::nullopt);
}

using Tagging = AwsServices;

TEST_F(Tagging, ReadsEveryPage) {
    transport
        .answer(200, R"({"PaginationToken":"more","ResourceTagMappingList":[{"ResourceARN":"arn:1","Tags":[
            {"Key":"k","Value":"owned"}]}]})")
        .answer(200, R"({"PaginationToken":"","ResourceTagMappingList":[{"ResourceARN":"arn:2","Tags":[]}]})");

    const auto found = tagging::resources(client, "us-east-1", "k", "owned");

    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].tags, (Tags{{"k", "owned"}}));
    EXPECT_EQ(transport.header(0, "X-Amz-Target"), "ResourceGroupsTaggingAPI_20170126.GetResources");
    EXPECT_EQ(Json::parse(transport.requests[1].body),
              Json::parse(R"({"TagFilters":[{"Key":"k","Values":["owned"]}],"ResourcesPerPage":100,
                              "PaginationToken":"more"})"));
}

TEST_F(Tagging, KeysAreThoseWithThePrefix) {
    transport.answer(200, R"({"PaginationToken":"","TagKeys":["Name","kubernetes.io/cluster/blue-x7f2k"]})");

    EXPECT_EQ(tagging::keys(client, "us-east-1", "kubernetes.io/cluster/"),
              (std::vector<std::string>{"kubernetes.io/cluster/blue-x7f2k"}));
}

struct ArnCase {
    const char* arn;
    const char* service;
    const char* type;
    const char* id;
};
class Arns : public testing::TestWithParam<ArnCase> {};
TEST_P(Arns, AreTakenApart) {
    const auto arn = tagging::parse_arn(GetParam().arn);

    EXPECT_EQ(arn.service, GetParam().service);
    EXPECT_EQ(arn.type, GetParam().type);
    EXPECT_EQ(arn.id, GetParam().id);
}
INSTANTIATE_TEST_SUITE_P(
    OfAllForms, Arns,
    testing::Values(ArnCase{"arn:aws:ec2:us-east-1:123456789012:natgateway/nat-0a", "ec2", "natgateway", "nat-0a"},
                    ArnCase{"arn:aws:s3:::blue-oidc", "s3", "", "blue-oidc"},
                    ArnCase{"arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/blue-int/3f1c",
                            "elasticloadbalancing", "loadbalancer", "net/blue-int/3f1c"},
                    ArnCase{"arn:aws:rds:us-east-1:123456789012:db:mine", "rds", "db", "mine"},
                    ArnCase{"arn:aws:iam::123456789012:oidc-provider/blue-oidc.s3.us-east-1.amazonaws.com", "iam",
                            "oidc-provider", "blue-oidc.s3.us-east-1.amazonaws.com"},
                    ArnCase{"arn:aws:route53:::hostedzone/Z0123", "route53", "hostedzone", "Z0123"}));

TEST(Arn, ThatIsNoneIsRefused) { EXPECT_THROW(tagging::parse_arn("vpc-0a"), Error); }

using Quotas = AwsServices;

TEST_F(Quotas, OfAnAccountComeBeforeAwsDefaults) {
    transport.answer(200, R"({"Quota":{"ServiceCode":"vpc","QuotaCode":"L-F678F1CE","QuotaName":"VPCs per Region",
        "Value":12.0,"Unit":"None","Adjustable":true,"GlobalQuota":false}})");

    EXPECT_EQ(quotas::find_limit(client, "us-east-1", "vpc", "L-F678F1CE"), 12);
    EXPECT_EQ(transport.header(0, "X-Amz-Target"), "ServiceQuotasV20190624.GetServiceQuota");
}

TEST_F(Quotas, FallBackToAwsDefaults) {
    transport.answer(400, R"({"__type":"NoSuchResourceException","Message":"not set"})")
        .answer(200, R"({"Quota":{"Value":5.0}})");

    EXPECT_EQ(quotas::find_limit(client, "us-east-1", "vpc", "L-F678F1CE"), 5);
}

TEST_F(Quotas, ThatMayNotBeAskedForBlockNothing) {
    transport.answer(400, R"({"__type":"AccessDeniedException","Message":"no"})");

    const auto limit = quotas::find_limit(client, "us-east-1", "vpc", "L-F678F1CE");

    EXPECT_EQ(limit, std::nullopt);
    EXPECT_FALSE((quotas::Room{.needed = 100, .limit = limit, .used = 0}.is_short()));
}

TEST_F(Quotas, WithoutAFigureBlockNothing) {
    transport.answer(200, R"({"Quota":{"QuotaCode":"L-F678F1CE"}})");

    EXPECT_EQ(quotas::find_limit(client, "us-east-1", "vpc", "L-F678F1CE"), std::nullopt);
}

TEST(Room, IsShortOnlyWhenBothFiguresSayIt) {
    EXPECT_TRUE((quotas::Room{.needed = 2, .limit = 5, .used = 4}.is_short()));
    EXPECT_FALSE((quotas::Room{.needed = 1, .limit = 5, .used = 4}.is_short()));
    EXPECT_FALSE((quotas::Room{.needed = 9, .limit = 5, .used = std::nullopt}.is_short()));
}

}  // namespace
}  // namespace desk::aws
