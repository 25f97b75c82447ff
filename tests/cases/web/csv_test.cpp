// Tables that people open in a spreadsheet, and their cells.
#include "cgi/csv.hpp"

#include <gtest/gtest.h>

namespace desk {
namespace {

TEST(Csv, QuotesWhatWouldBreakTheTable) {
    EXPECT_EQ(csv_cell("plain"), "plain");
    EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
    EXPECT_EQ(csv_cell("say \"no\""), "\"say \"\"no\"\"\"");
    EXPECT_EQ(csv_cell("two\nlines"), "\"two\nlines\"");
}

TEST(Csv, NeverHandsAFormulaToASpreadsheet) {
    for (const char* formula : {"=1+1", "+1", "+cmd", "-cmd|x", "-x", "@SUM(A1)", "\t=1", "\r=1", "-1+cmd"})
        EXPECT_TRUE(csv_cell(formula).starts_with("\"'")) << formula;
    for (const char* number : {"0", "12.50", "-3", "-12.50", "4.20.1"}) EXPECT_EQ(csv_cell(number), number);
}

TEST(Csv, HasOneLineForEachRow) {
    Csv csv({"a", "b"});
    csv.add({"1", "=x"});
    csv.add({"plain", "a, b"});
    csv.add({"says \"hi\"", "two\nlines"});

    const auto answer = std::move(csv).answer("x.csv");

    EXPECT_EQ(answer.body, "a,b\r\n1,\"'=x\"\r\nplain,\"a, b\"\r\n\"says \"\"hi\"\"\",\"two\nlines\"\r\n");
    EXPECT_TRUE(answer.content_type.starts_with("text/csv"));
    EXPECT_TRUE(answer.find_header("Content-Disposition")->starts_with("attachment; filename=\"x.csv\""));
}

TEST(Csv, SaysAtItsEndThatRowsWereLeftOut) {
    Csv whole({"x"}, 2), cut({"x"}, 2);
    for (const char* each : {"1", "2"}) whole.add({each});
    for (const char* each : {"1", "2", "3", "4"}) cut.add({each});

    EXPECT_FALSE(whole.is_cut());
    EXPECT_TRUE(cut.is_cut());
    EXPECT_EQ(std::move(whole).answer("x.csv").body, "x\r\n1\r\n2\r\n");
    EXPECT_EQ(std::move(cut).answer("x.csv").body,
              "x\r\n1\r\n2\r\nCut after 2 rows: more follow. Narrow the list to get them.\r\n");
}

}  // namespace
}  // namespace desk
