// What an approver is told to be other than usual.
#include "core/model/order_difference.hpp"

#include <gtest/gtest.h>

#include "tests/unit/model/samples.hpp"

namespace desk {
namespace {

std::vector<std::string> fields(const std::vector<Difference>& differences) {
    std::vector<std::string> names;
    for (const auto& one : differences) names.push_back(one.field);
    return names;
}

TEST(OrderDifferences, ABlankFormHasNone) {
    const Profile profile = samples::profile();

    EXPECT_TRUE(differences(Order::defaults_of(profile), profile).empty());
}

TEST(OrderDifferences, NameTeamAndReasonAreNone) {
    const Profile profile = samples::profile();
    Order order = Order::defaults_of(profile);
    order.name = "blue";
    order.team = "demo";
    order.cost_center = "cc-1";
    order.reason = "a test";

    EXPECT_TRUE(differences(order, profile).empty());
}

TEST(OrderDifferences, EachChangeIsALineWithBothValues) {
    const Profile profile = samples::profile();
    Order order = Order::defaults_of(profile);
    order.ttl_hours += 5;
    order.ssh_public_key = "ssh-ed25519 AAAA";
    order.extra_tags["colour"] = "blue";
    order.failure = DemoFailure::PANIC;

    const auto found = differences(order, profile);

    EXPECT_EQ(fields(found), (std::vector<std::string>{"ttlHours", "sshPublicKey", "extraTags.colour", "failure"}));
    EXPECT_EQ(found[0].usual, std::to_string(profile.lifecycle.default_ttl_hours) + " h");
    EXPECT_EQ(found[0].asked, std::to_string(order.ttl_hours) + " h");
    EXPECT_EQ(found[1].asked, "given");  // never the key itself
    EXPECT_EQ(found[2].usual, "");
    EXPECT_EQ(found[2].asked, "blue");
}

}  // namespace
}  // namespace desk
