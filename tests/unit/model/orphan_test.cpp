// What an orphan tells of itself: whose it may be, and what it may cost.
#include "core/model/orphan.hpp"

#include <gtest/gtest.h>

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
    EXPECT_FALSE(carries_our_tags({.tags = {{"ManagedBy", "another"}}}));
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
