// Any bytes become lines of text.
#include "core/base/lines.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace desk {
namespace {

using testing::ElementsAre;

std::vector<std::string> lines_of(const std::vector<std::string>& chunks, std::size_t max_bytes = 100) {
    std::vector<std::string> lines;
    LineSplitter splitter(max_bytes, [&](std::string_view line) { lines.emplace_back(line); });
    for (const auto& chunk : chunks) splitter.feed(chunk);
    splitter.finish();
    return lines;
}

TEST(LineSplitter, EndsALineAtEachKindOfLineEnd) {
    EXPECT_THAT(lines_of({"a\nb\r\nc\rd"}), ElementsAre("a", "b", "c", "d"));
    EXPECT_THAT(lines_of({"\n\na"}), ElementsAre("", "", "a"));
    EXPECT_THAT(lines_of({""}), ElementsAre());
}

TEST(LineSplitter, GivesTheSameLinesHoweverTheBytesArrive) {
    const std::string text =
        "one\r\ntwo\n\r\nthr\xC3\xA9"
        "e\rfour";
    const auto whole = lines_of({text});

    std::vector<std::string> single;
    for (const char c : text) single.emplace_back(1, c);

    EXPECT_THAT(whole, ElementsAre("one", "two", "",
                                   "thr\xC3\xA9"
                                   "e",
                                   "four"));
    EXPECT_EQ(lines_of(single), whole);
    for (std::size_t at = 0; at <= text.size(); ++at) EXPECT_EQ(lines_of({text.substr(0, at), text.substr(at)}), whole);
}

TEST(LineSplitter, CutsALongLineAndSaysByHowMuch) {
    EXPECT_THAT(lines_of({"12345\n123456", "78\nx"}, 5), ElementsAre("12345", "12345 [cut: 3 bytes]", "x"));
}

TEST(LineSplitter, GivesALineOutOnceEvenIfTheSinkThrows) {
    int calls = 0;
    LineSplitter splitter(100, [&](std::string_view) {
        if (++calls == 1) throw 1;
    });

    EXPECT_THROW(splitter.feed("a\n"), int);
    splitter.finish();

    EXPECT_EQ(calls, 1);
}

TEST(RepairUtf8, KeepsTextAndReplacesTheRest) {
    EXPECT_EQ(repair_utf8("a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"), "a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80");
    const std::string bad = "\xEF\xBF\xBD";
    EXPECT_EQ(repair_utf8(std::string_view("a\0b", 3)), "a" + bad + "b");
    EXPECT_EQ(repair_utf8("\xFF"
                          "a"),
              bad + "a");
    EXPECT_EQ(repair_utf8("\xC3"), bad);                                // cut short
    EXPECT_EQ(repair_utf8("\xC0\x80"), bad + bad);                      // overlong
    EXPECT_EQ(repair_utf8("\xED\xA0\x80"), bad + bad + bad);            // a surrogate
    EXPECT_EQ(repair_utf8("\xF4\x90\x80\x80"), bad + bad + bad + bad);  // above U+10FFFF
}

}  // namespace
}  // namespace desk
