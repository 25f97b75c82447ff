// What an orphan tells of itself: whose it may be, and what it may cost.
#include "core/model/orphan.hpp"

#include <gtest/gtest.h>

#include "core/model/desk_tag.hpp"
#include "core/model/list_price.hpp"

namespace desk {
namespace {

TEST(OwnerGuess, IsWhatTheTagsSay) {
    EXPECT_EQ(owner_guess({.tags = {{"Owner", "ada"}, {"Team", "blue"}, {"ClusterName", "demo1"}, {"Name", "x"}}}),
              "ada, team blue, cluster demo1");
    EXPECT_EQ(owner_guess({.tags = {{"Name", "x"}}}), "");
}

TEST(CarriesOurTags, AsksForTheDesksOwnValue) {
    EXPECT_TRUE(carries_our_tags({.tags = {{"ManagedBy", "clusterdesk"}}}));
    EXPECT_TRUE(carries_our_tags({.tags = {{"ManagedBy", "clusterdesk/01DESK"}}}));
    EXPECT_FALSE(carries_our_tags({.tags = {{"ManagedBy", "another"}}}));
}

TEST(DeskTag, TellsDesksInOneAccountApart) {
    EXPECT_FALSE(is_of_another_desk({{"ManagedBy", managed_by("01DESK")}}, "01DESK"));
    EXPECT_TRUE(is_of_another_desk({{"ManagedBy", managed_by("02DESK")}}, "01DESK"));
    EXPECT_FALSE(is_of_another_desk({{"ManagedBy", "clusterdesk"}}, "01DESK"))
        << "of an older version: it does not say";
    EXPECT_FALSE(is_of_another_desk({}, "01DESK"));
}

TEST(DeskTag, IsAValueThatEveryPlatformTakes) {
    EXPECT_EQ(tag_fault(Platform::aws, "any-key", managed_by("01ARZ3NDEKTSV4RRFFQ69G5FAV")), std::nullopt);
}

TEST(RebuiltMetadata, HasWhatTheInstallersDestroyGoesBy) {
    const auto metadata = rebuilt_metadata("my-blue-x7f2k", "eu-west-1");

    EXPECT_EQ(cluster_name_of("my-blue-x7f2k"), "my-blue");
    EXPECT_EQ(metadata.at("clusterName"), "my-blue");
    EXPECT_EQ(metadata.at("infraID"), "my-blue-x7f2k");
    EXPECT_EQ(metadata.at("aws").at("region"), "eu-west-1");
    EXPECT_EQ(metadata.at("aws").at("identifier").at(0), (Json{{"kubernetes.io/cluster/my-blue-x7f2k", "owned"}}));
}

TEST(HourlyGuess, GoesByTypeKindAndSize) {
    EXPECT_EQ(hourly_guess({.resource = {.type = "instance"}, .kind = "m6i.xlarge", .state = "running"}),
              Money{192'000});
    EXPECT_EQ(hourly_guess({.resource = {.type = "nat-gateway"}}), Money{45'000});
    EXPECT_EQ(hourly_guess({.resource = {.type = "volume"}, .kind = "gp3", .gib = 730}), Money{80'000});
    EXPECT_EQ(hourly_guess({.resource = {.type = "vpc"}}), Money{0});
}

TEST(HourlyGuess, OfAStoppedInstanceIsNothing) {
    EXPECT_EQ(hourly_guess({.resource = {.type = "instance"}, .kind = "m6i.xlarge", .state = "stopped"}), Money{0});
}

TEST(HourlyGuess, IsNotMadeUp) {
    EXPECT_EQ(hourly_guess({.resource = {.type = "instance"}, .kind = "z9.huge", .state = "running"}), std::nullopt);
    EXPECT_EQ(hourly_guess({.resource = {.type = "rds:db"}}), std::nullopt);
}

}  // namespace
}  // namespace desk
