// Views of the list that people keep for themselves.
#include "core/store/saved_views.hpp"

#include <gtest/gtest.h>

#include "tests/support/given.hpp"

namespace desk {
namespace {

class SavedViews : public testing::Test {
  protected:
    void save(const UserId& user, const std::string& name, const std::string& query = "q=blue") {
        auto tx = db.begin();
        saved_views::save(tx, user, {.name = name, .query = query});
        tx.commit();
    }
    std::vector<std::string> names(const UserId& user) {
        auto tx = db.begin(pg::Mode::read_only);
        std::vector<std::string> found;
        for (const auto& view : saved_views::list(tx, user)) found.push_back(view.name + "?" + view.query);
        return found;
    }

    TestDb db;
    given::People people = given::people(db);
};

using Names = std::vector<std::string>;

TEST_F(SavedViews, BelongToOnePersonAndAreListedByName) {
    save(people.requester, "b");
    save(people.requester, "a", "");
    save(people.stranger, "c");

    EXPECT_EQ(names(people.requester), (Names{"a?", "b?q=blue"}));
    EXPECT_EQ(names(people.stranger), Names{"c?q=blue"});
}

TEST_F(SavedViews, AreReplacedByName) {
    save(people.requester, "a");
    save(people.requester, "a", "q=red");

    EXPECT_EQ(names(people.requester), Names{"a?q=red"});
}

TEST_F(SavedViews, AreRemovedByTheirOwnerAlone) {
    save(people.requester, "a");
    auto tx = db.begin();

    EXPECT_THROW(saved_views::remove(tx, people.stranger, "a"), Error);
    saved_views::remove(tx, people.requester, "a");
    EXPECT_TRUE(saved_views::list(tx, people.requester).empty());
}

TEST_F(SavedViews, AreFewAndShort) {
    for (int i = 0; i < saved_views::kMostViews; ++i) save(people.requester, "v" + std::to_string(i));

    EXPECT_THROW(save(people.requester, "one more"), Error);
    EXPECT_NO_THROW(save(people.requester, "v0", "q=still"));
    EXPECT_THROW(save(people.stranger, ""), Error);
    EXPECT_THROW(save(people.stranger, std::string(61, 'x')), Error);
    EXPECT_THROW(save(people.stranger, "x", std::string(2001, 'x')), Error);
}

}  // namespace
}  // namespace desk
