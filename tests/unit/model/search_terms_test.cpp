// What people type into a search box.
#include "core/model/search_terms.hpp"

#include <gtest/gtest.h>

namespace desk {
namespace {

SearchTerms parsed(std::string_view text) { return SearchTerms::parse(text); }

TEST(SearchTerms, AreWordsInLowerCase) {
    EXPECT_EQ(parsed("  Blue  EAST-1 "), (SearchTerms{.wanted = {"blue", "east-1"}}));
    EXPECT_EQ(parsed(""), SearchTerms{});
    EXPECT_EQ(parsed("   "), SearchTerms{});
}

TEST(SearchTerms, KeepQuotedPhrasesTogether) {
    EXPECT_EQ(parsed("\"verifying gone\" blue"), (SearchTerms{.wanted = {"verifying gone", "blue"}}));
    EXPECT_EQ(parsed("\"not closed"), (SearchTerms{.wanted = {"not closed"}}));
    EXPECT_EQ(parsed("\"\" blue"), (SearchTerms{.wanted = {"blue"}})) << "an empty phrase says nothing";
}

TEST(SearchTerms, LeaveOutWhatHasAMinus) {
    EXPECT_EQ(parsed("blue -ready -\"given up\""),
              (SearchTerms{.wanted = {"blue"}, .unwanted = {"ready", "given up"}}));
    EXPECT_EQ(parsed("-"), (SearchTerms{.wanted = {"-"}}));
    EXPECT_EQ(parsed("blue-green"), (SearchTerms{.wanted = {"blue-green"}})) << "inside a word it is a letter";
}

TEST(SearchTerms, AreTwentyAtMost) {
    std::string text;
    for (int i = 0; i < 50; ++i) text += "a ";

    EXPECT_EQ(parsed(text).wanted.size(), 20U);
}

TEST(SearchTerms, AreLiteralInPatterns) { EXPECT_EQ(like_pattern("100%_\\"), "%100\\%\\_\\\\%"); }

}  // namespace
}  // namespace desk
