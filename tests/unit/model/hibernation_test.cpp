// When a sleep is warned of.
#include "core/model/hibernation.hpp"

#include <gtest/gtest.h>

namespace desk {
namespace {

TEST(WarningBeforeSleep, IsGivenInTheFirstDayAlone) {
    EXPECT_NE(warning_before_sleep(22h).value_or("").find("Wait another 2 h"), std::string::npos)
        << warning_before_sleep(22h).value_or("nothing");
    EXPECT_EQ(warning_before_sleep(24h), std::nullopt);
}

TEST(WarningOfLongSleep, IsGivenFromThirtyDaysOn) {
    EXPECT_EQ(warning_of_long_sleep(30 * 24h - 1s), std::nullopt);
    EXPECT_TRUE(warning_of_long_sleep(30 * 24h));
}

}  // namespace
}  // namespace desk
