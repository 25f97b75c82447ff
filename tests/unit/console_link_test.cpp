// Links to the consoles of clouds: the resource itself where its page is known, else a search in its region.
#include "core/model/console_link.hpp"

#include <gtest/gtest.h>

namespace desk {
namespace {

std::string aws(const std::string& region, const std::string& type, const std::string& id) {
    const auto link = console_link(Platform::aws, {.region = region, .type = type, .id = id, .name = {}});
    return link ? link->url : "";
}

TEST(ConsoleLink, LeadsToTheResourceItself) {
    EXPECT_EQ(
        aws("eu-central-1", "vpc", "vpc-0a1"),
        "https://eu-central-1.console.aws.amazon.com/vpcconsole/home?region=eu-central-1#VpcDetails:VpcId=vpc-0a1");
    EXPECT_EQ(aws("us-east-1", "instance", "i-1"),
              "https://us-east-1.console.aws.amazon.com/ec2/home?region=us-east-1#InstanceDetails:instanceId=i-1");
    EXPECT_EQ(aws("eu-west-1", "s3-bucket", "b-image-registry"),
              "https://eu-west-1.console.aws.amazon.com/s3/buckets/b-image-registry?region=eu-west-1");
}

TEST(ConsoleLink, KnowsWhatTheInventoryOfAwsNames) {
    for (const char* type : {"instance", "volume", "nat-gateway", "elastic-ip", "network-interface", "security-group",
                             "subnet", "route-table", "internet-gateway", "vpc-endpoint", "vpc", "load-balancer",
                             "classic-load-balancer", "hosted-zone", "private-zone", "s3-bucket", "iam-role"}) {
        const auto link =
            console_link(Platform::aws, {.region = "eu-central-1", .type = type, .id = "x-1", .name = {}});
        EXPECT_TRUE(link && link->is_exact) << type;
    }
}

TEST(ConsoleLink, LeadsToTheHomeOfServicesWithoutARegion) {
    EXPECT_EQ(aws("zones", "hosted-zone", "Z1"),
              "https://us-east-1.console.aws.amazon.com/route53/v2/hostedzones#ListRecordSets/Z1");
    EXPECT_EQ(aws("global", "iam-role", "c-master-role"),
              "https://us-east-1.console.aws.amazon.com/iam/home#/roles/c-master-role");
}

TEST(ConsoleLink, LeadsToASearchForWhatHasNoPageOfItsOwn) {
    const auto link = console_link(
        Platform::aws, {.region = "eu-central-1", .type = "instance-profile", .id = "c-master-profile", .name = {}});

    ASSERT_TRUE(link);
    EXPECT_FALSE(link->is_exact);
    EXPECT_EQ(
        link->url,
        "https://eu-central-1.console.aws.amazon.com/resource-groups/tag-editor/find-resources?region=eu-central-1");
}

TEST(ConsoleLink, GoesToTheConsoleOfItsPartition) {
    EXPECT_TRUE(aws("cn-north-1", "vpc", "vpc-1").starts_with("https://cn-north-1.console.amazonaws.cn/"));
    EXPECT_TRUE(
        aws("us-gov-west-1", "vpc", "vpc-1").starts_with("https://us-gov-west-1.console.amazonaws-us-gov.com/"));
}

TEST(ConsoleLink, IsNotBuiltFromATextThatIsNoRegion) {
    EXPECT_EQ(aws("evil.example/?", "vpc", "vpc-1"), "");
    EXPECT_EQ(aws("", "vpc", "vpc-1"), "");
    EXPECT_NE(aws("eu-west-1", "s3-bucket", "a/../b?c").find("/s3/buckets/a%2F..%2Fb%3Fc?region="), std::string::npos);
}

TEST(ConsoleLink, IsHonestWhereThereIsNone) {
    EXPECT_FALSE(console_link(Platform::demo, {.region = "demo-east-1", .type = "vpc", .id = "vpc-1", .name = {}}));
    EXPECT_FALSE(console_link(Platform::none, {.region = "r", .type = "vpc", .id = "vpc-1", .name = {}}));
}

TEST(InfraIdOfAResource, IsTheOneInItsNameOrTheOnlyOne) {
    const std::vector<std::string> both = {"blue-a1b2c", "blue-d3e4f"};

    EXPECT_EQ(infra_id_of({.region = {}, .type = {}, .id = "x", .name = "blue-d3e4f-vpc"}, both), "blue-d3e4f");
    EXPECT_EQ(infra_id_of({.region = {}, .type = {}, .id = "vpc-1", .name = "v"}, both), "");
    EXPECT_EQ(infra_id_of({.region = {}, .type = {}, .id = "vpc-1", .name = "v"}, {"blue-a1b2c"}), "blue-a1b2c");
}

}  // namespace
}  // namespace desk
