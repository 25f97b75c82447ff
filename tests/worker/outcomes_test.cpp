// How long a destroy waits before it is tried again.
#include "worker/outcomes.hpp"

#include <gtest/gtest.h>

namespace desk::worker {
namespace {

TEST(DestroyBackoff, DoublesUpToADay) {
    EXPECT_EQ(destroy_backoff(300s, 1, 3600), 300s);
    EXPECT_EQ(destroy_backoff(300s, 2, 3600), 600s);
    EXPECT_EQ(destroy_backoff(300s, 5, 3600), 4800s);
    EXPECT_EQ(destroy_backoff(300s, 9, 3600), 76800s);
    EXPECT_EQ(destroy_backoff(300s, 10, 3600), 86400s);
    EXPECT_EQ(destroy_backoff(300s, 1'000'000, 3600), 86400s);
}

TEST(DestroyBackoff, IsAsMuchShorterAsTheHoursOfTheDemoAre) {
    EXPECT_EQ(destroy_backoff(360s, 1, 10), 1s);
    EXPECT_EQ(destroy_backoff(360s, 3, 10), 4s);
    EXPECT_EQ(destroy_backoff(1s, 1, 1), 1s) << "never at once: a cloud that refuses would be asked without a pause";
}

}  // namespace
}  // namespace desk::worker
