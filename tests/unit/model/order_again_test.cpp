// What is suggested when a failed order is tried again.
#include "core/model/order_again.hpp"

#include <gtest/gtest.h>

namespace desk {
namespace {

TEST(OrderAgain, ChangesWhatStoodInTheWay) {
    EXPECT_EQ(change_after("vpc-limit"), OrderChange::REGION);
    EXPECT_EQ(change_after("dns-records-left"), OrderChange::NAME);
    EXPECT_EQ(change_after("credentials-expired"), OrderChange::NOTHING) << "no order can mend that";
    EXPECT_EQ(change_after("no-such-rule"), OrderChange::NOTHING);
}

TEST(OrderAgain, CountsNamesUp) {
    EXPECT_EQ(another_name("blue"), "blue-2");
    EXPECT_EQ(another_name("blue-2"), "blue-3");
    EXPECT_EQ(another_name("light-blue"), "light-blue-2");
    EXPECT_EQ(another_name("blue-2026"), "blue-2026-2") << "a year is no count";
}

TEST(OrderAgain, TakesTheNextOfSeveralChoices) {
    EXPECT_EQ(another_choice("a", {"a", "b", "c"}), "b");
    EXPECT_EQ(another_choice("c", {"a", "b", "c"}), "a");
    EXPECT_EQ(another_choice("gone", {"a"}), "a");
    EXPECT_EQ(another_choice("a", {"a"}), "");
    EXPECT_EQ(another_choice("a", {}), "");
}

}  // namespace
}  // namespace desk
