// What AWS itself must hold before a cluster is installed, asked of moto.
#include <gmock/gmock.h>

#include "core/base/error.hpp"
#include "core/cloud/aws/route53.hpp"
#include "tests/support/moto_server.hpp"
#include "worker/platforms/aws_cloud_checks.hpp"

namespace desk::worker {
namespace {

using testing::HasSubstr;

class AwsCloudChecks : public MotoTest {
  protected:
    void SetUp() override {
        MotoTest::SetUp();
        order.name = "demo1";
        order.platform = Platform::aws;
        order.region = "us-east-1";
        order.base_domain = "labs.example.com";
        order.vcpus = 24;
    }
    /// Its zone; moto names four servers for each.
    aws::route53::Zone given_zone(aws::Client& aws) {
        aws.rest(
            "route53", "us-east-1", "POST", "/2013-04-01/hostedzone", {},
            "<CreateHostedZoneRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><Name>labs.example.com"
            "</Name><CallerReference>once</CallerReference></CreateHostedZoneRequest>");
        return aws::route53::zones_named(aws, "labs.example.com").at(0);
    }
    static void given_record(aws::Client& aws, const aws::route53::Zone& zone, const std::string& name) {
        aws.rest(
            "route53", "us-east-1", "POST", "/2013-04-01/hostedzone/" + zone.id + "/rrset", {},
            "<ChangeResourceRecordSetsRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><ChangeBatch>"
            "<Changes><Change><Action>CREATE</Action><ResourceRecordSet><Name>" +
                name +
                "</Name><Type>A</Type><TTL>60</TTL><ResourceRecords><ResourceRecord><Value>192.0.2.1</Value>"
                "</ResourceRecord></ResourceRecords></ResourceRecordSet></Change></Changes></ChangeBatch>"
                "</ChangeResourceRecordSetsRequest>");
    }
    Check check(aws::Client& aws, const std::string& id, const std::vector<std::string>& delegated_to = {},
                bool makes_zone = false) {
        const auto all = aws_cloud_checks(aws, order, makes_zone, [&](const std::string&) { return delegated_to; });
        for (const auto& one : all)
            if (one.id == id) return one;
        return {};
    }

    EffectiveOrder order;
};

TEST_F(AwsCloudChecks, MissTheZoneUnlessTerraformMakesIt) {
    auto aws = client();

    EXPECT_EQ(check(aws, "zone").level, CheckLevel::FAIL);
    EXPECT_EQ(check(aws, "zone", {}, true).level, CheckLevel::PASS);
    EXPECT_EQ(check(aws, "delegation", {}, true).level, CheckLevel::WARN);
}

TEST_F(AwsCloudChecks, HoldTheDelegationAgainstTheZonesOwnServers) {
    auto aws = client();
    const auto zone = given_zone(aws);
    const auto servers = aws::route53::name_servers(aws, zone);

    EXPECT_EQ(check(aws, "zone").level, CheckLevel::PASS);
    EXPECT_EQ(check(aws, "delegation", servers).level, CheckLevel::PASS);
    EXPECT_EQ(check(aws, "delegation", {"ns1.elsewhere.example"}).level, CheckLevel::FAIL);
    const auto nobody = check(aws, "delegation", {});
    EXPECT_EQ(nobody.level, CheckLevel::FAIL);
    EXPECT_THAT(nobody.remedy, HasSubstr(servers.at(0)));
}

TEST_F(AwsCloudChecks, TellWhetherANewZoneIsLedTo) {
    auto aws = client();
    const auto delegation = [&](const std::vector<std::string>& servers) {
        return aws_delegation(aws, order, [&](const std::string&) { return servers; });
    };
    EXPECT_EQ(delegation({}).level, CheckLevel::FAIL) << "a zone that is not listed yet is waited for";
    const auto servers = aws::route53::name_servers(aws, given_zone(aws));

    EXPECT_EQ(delegation({}).level, CheckLevel::FAIL);
    EXPECT_THAT(delegation({}).remedy, HasSubstr(servers.at(0)));
    EXPECT_EQ(delegation(servers).level, CheckLevel::PASS);
}

TEST_F(AwsCloudChecks, AskNoPublicZoneOfAPrivateCluster) {
    auto aws = client();
    order.features.private_cluster = true;

    EXPECT_EQ(check(aws, "zone").level, CheckLevel::PASS);
    EXPECT_EQ(check(aws, "delegation").level, CheckLevel::PASS);
    given_zone(aws);
    EXPECT_EQ(check(aws, "delegation").level, CheckLevel::PASS) << "though nobody leads to it";
}

TEST_F(AwsCloudChecks, WarnWhenDnsDoesNotAnswer) {
    auto aws = client();
    given_zone(aws);

    const auto all = aws_cloud_checks(aws, order, false, [](const std::string&) -> std::vector<std::string> {
        throw Error(Code::unavailable, "DNS does not answer.", "");
    });

    EXPECT_EQ(all.at(1).id, "delegation");
    EXPECT_EQ(all.at(1).level, CheckLevel::WARN);
}

TEST_F(AwsCloudChecks, RefuseANameThatStandsInDns) {
    auto aws = client();
    const auto zone = given_zone(aws);
    given_record(aws, zone, "api.other.labs.example.com");
    EXPECT_EQ(check(aws, "names").level, CheckLevel::PASS);

    given_record(aws, zone, "api.demo1.labs.example.com");

    const auto taken = check(aws, "names");
    EXPECT_EQ(taken.level, CheckLevel::FAIL);
    EXPECT_EQ(taken.turn, Turn::REQUESTER);
    EXPECT_THAT(taken.detail, HasSubstr("api.demo1.labs.example.com"));
}

TEST_F(AwsCloudChecks, BlockOnlyOnAConfirmedShortfall) {
    auto aws = client();
    EXPECT_EQ(check(aws, "quotas").level, CheckLevel::WARN);  // moto knows no limit of addresses: that blocks nothing

    for (int i = 0; i < 5; ++i)  // with the default one more than AWS gives
        aws.query("ec2", "us-east-1", "CreateVpc", "2016-11-15", {{"CidrBlock", "10.0.0.0/16"}});

    const auto short_of = check(aws, "quotas");
    EXPECT_EQ(short_of.level, CheckLevel::FAIL);
    EXPECT_THAT(short_of.detail, HasSubstr("VPCs (vpc/L-F678F1CE): 1 needed, 6 of 5 in use"));

    order.aws = AwsConfig{.subnets = {"subnet-1", "subnet-2"}};
    EXPECT_EQ(check(aws, "quotas").level, CheckLevel::WARN) << "it makes no VPC";
}

TEST(AskAws, TellsARefusalFromAnAwsThatIsTooBusy) {
    const auto answer = [](const char* code, int status) {
        return ask_aws("names", [&]() -> Check { throw aws::AwsError(code, status, "m"); });
    };
    EXPECT_EQ(answer("AccessDenied", 403).error_class, FailureClass::internal);
    EXPECT_THAT(answer("AccessDenied", 403).detail, HasSubstr("refused"));
    EXPECT_EQ(answer("Throttling", 400).error_class, FailureClass::transient);
}

/// Service Quotas tells of 20 vCPUs, everything else is moto's.
class TwentyVcpus : public HttpTransport {
    HttpAnswer send(const HttpRequest& request) override {
        if (request.body.find("L-1216C47A") == std::string::npos) return moto_.send(request);
        return {200, {}, R"({"Quota": {"Value": 20.0}})"};
    }
    CurlTransport moto_;
};

TEST_F(AwsCloudChecks, CountOnlyMachinesOfStandardFamilies) {
    TwentyVcpus served;
    aws::Client aws(served, {.access_key_id = "AKIAIOSFODNN7EXAMPLE", .secret_access_key = Secret("not-checked")},
                    {.all = url()});
    order.vcpus = 28;
    order.control_plane = {.replicas = 3, .instance_type = "m6i.xlarge"};
    order.workers.replicas = 2;
    order.workers.instance_type = "g5.2xlarge";
    EXPECT_EQ(check(aws, "quotas").level, CheckLevel::WARN);

    order.workers.instance_type = "m6i.2xlarge";

    EXPECT_THAT(check(aws, "quotas").detail, HasSubstr("(ec2/L-1216C47A): 32 needed, 0 of 20 in use"));
}

}  // namespace
}  // namespace desk::worker
