// What ends soon, and who knows of it.
#include <gmock/gmock.h>

#include "core/store/deadlines.hpp"
#include "core/store/outbox.hpp"
#include "tests/support/given.hpp"

namespace desk {
namespace {

TEST(Ending, KnowsTheWarningsOfThisEndAlone) {
    TestDb db;
    const auto people = given::people(db);
    given::cluster(db, {.owner = people.requester, .lifetime = std::chrono::hours(2)});
    auto tx = db.begin();
    const auto before = deadlines::ending(tx, 10);
    ASSERT_EQ(before.size(), 1U);

    outbox::add(tx, {.kind = "expires-in-6h", .subject = before[0].id.str(), .deadline = before[0].destroy_at});
    outbox::add(tx, {.kind = "expires-in-1h",
                     .subject = before[0].id.str(),
                     .deadline = before[0].destroy_at + std::chrono::hours(1)});

    EXPECT_THAT(before[0].warned, testing::IsEmpty());
    EXPECT_THAT(deadlines::ending(tx, 10).at(0).warned, testing::ElementsAre("expires-in-6h"));
}

}  // namespace
}  // namespace desk
