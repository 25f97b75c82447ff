// Route53's answers as AWS documents them.
#include "core/cloud/aws/route53.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/cloud/fake_transport.hpp"

namespace desk::aws::route53 {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

class Route53 : public testing::Test {
  protected:
    FakeTransport transport;
    FakePace pace;
    Client client{transport, some_credentials(), {}, pace.pace()};
};

std::string zone_xml(const std::string& id, const std::string& name, bool is_private) {
    return "<HostedZone><Id>/hostedzone/" + id + "</Id><Name>" + name +
           "</Name><CallerReference>r</CallerReference><Config><Comment>c</Comment><PrivateZone>" +
           (is_private ? "true" : "false") +
           "</PrivateZone></Config><ResourceRecordSetCount>4</ResourceRecordSetCount></HostedZone>";
}

TEST_F(Route53, FindsZonesByTheirWholeName) {  // the list begins at the name and goes on with its neighbours
    transport.answer(200, R"(<?xml version="1.0"?><ListHostedZonesByNameResponse
        xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><HostedZones>)" +
                              zone_xml("Z1", "example.com.", false) + zone_xml("Z2", "example.com.", true) +
                              zone_xml("Z3", "example.net.", false) +
                              R"(</HostedZones><DNSName>example.com</DNSName><IsTruncated>true</IsTruncated>
        <NextDNSName>example.org.</NextDNSName><NextHostedZoneId>Z4</NextHostedZoneId><MaxItems>3</MaxItems>
        </ListHostedZonesByNameResponse>)");

    const auto found = zones_named(client, "example.com");

    EXPECT_EQ(found, (std::vector<Zone>{{.id = "Z1", .name = "example.com", .is_private = false},
                                        {.id = "Z2", .name = "example.com", .is_private = true}}));
    ASSERT_EQ(transport.requests.size(), 1U);
    EXPECT_EQ(transport.requests[0].url,
              "https://route53.amazonaws.com/2013-04-01/hostedzonesbyname?dnsname=example.com");
}

TEST_F(Route53, GoesOnWhileTheNextZoneHasTheName) {
    transport
        .answer(200, "<L><HostedZones>" + zone_xml("Z1", "example.com.", true) +
                         "</HostedZones><IsTruncated>true</IsTruncated><NextDNSName>example.com.</NextDNSName>"
                         "<NextHostedZoneId>Z2</NextHostedZoneId></L>")
        .answer(200, "<L><HostedZones>" + zone_xml("Z2", "example.com.", false) +
                         "</HostedZones><IsTruncated>false</IsTruncated></L>");

    EXPECT_EQ(zones_named(client, "example.com").size(), 2U);

    EXPECT_THAT(transport.requests[1].url, EndsWith("?dnsname=example.com.&hostedzoneid=Z2"));
}

TEST_F(Route53, ReadsRecordsOverPagesAndUnderstandsItsStars) {
    transport
        .answer(200, R"(<ListResourceRecordSetsResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/">
            <ResourceRecordSets><ResourceRecordSet><Name>\052.apps.blue.example.com.</Name><Type>A</Type><AliasTarget>
            <HostedZoneId>Z9</HostedZoneId><DNSName>lb.amazonaws.com.</DNSName></AliasTarget></ResourceRecordSet>
            </ResourceRecordSets><IsTruncated>true</IsTruncated><NextRecordName>api.blue.example.com.</NextRecordName>
            <NextRecordType>A</NextRecordType><NextRecordIdentifier>east</NextRecordIdentifier><MaxItems>1</MaxItems>
            </ListResourceRecordSetsResponse>)")
        .answer(200, R"(<L><ResourceRecordSets><ResourceRecordSet><Name>api.blue.example.com.</Name><Type>A</Type>
            </ResourceRecordSet></ResourceRecordSets><IsTruncated>false</IsTruncated></L>)");

    const auto found = records(client, {.id = "Z1"});

    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].name, "*.apps.blue.example.com");
    EXPECT_TRUE(is_of_cluster(found[0], "blue", "example.com"));
    EXPECT_TRUE(is_of_cluster(found[1], "blue", "example.com"));
    EXPECT_FALSE(is_of_cluster({.name = "api.light-blue.example.com"}, "blue", "example.com"));
    EXPECT_THAT(transport.requests[1].url,
                HasSubstr("/hostedzone/Z1/rrset?name=api.blue.example.com.&type=A&identifier=east"));
}

TEST_F(Route53, ReadsTagsAndNameServers) {
    transport
        .answer(200, R"(<ListTagsForResourceResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/">
            <ResourceTagSet><ResourceType>hostedzone</ResourceType><ResourceId>Z1</ResourceId><Tags>
            <Tag><Key>Name</Key><Value>blue-x7f2k-int</Value></Tag></Tags></ResourceTagSet>
            </ListTagsForResourceResponse>)")
        .answer(200, R"(<GetHostedZoneResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><HostedZone>
            <Id>/hostedzone/Z1</Id></HostedZone><DelegationSet><NameServers>
            <NameServer>ns-2048.awsdns-64.com</NameServer><NameServer>ns-2049.awsdns-65.net</NameServer>
            </NameServers></DelegationSet></GetHostedZoneResponse>)");

    EXPECT_EQ(tags_of(client, {.id = "Z1"}), (Tags{{"Name", "blue-x7f2k-int"}}));
    EXPECT_EQ(name_servers(client, {.id = "Z1"}),
              (std::vector<std::string>{"ns-2048.awsdns-64.com", "ns-2049.awsdns-65.net"}));
}

}  // namespace
}  // namespace desk::aws::route53
