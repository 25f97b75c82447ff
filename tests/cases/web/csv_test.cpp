// Cells of tables that people open in a spreadsheet.
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
    for (const char* formula : {"=1+1", "+cmd", "-cmd|x", "@SUM(A1)", "\t=1", "\r=1"})
        EXPECT_TRUE(csv_cell(formula).starts_with("\"'")) << formula;
    EXPECT_EQ(csv_cell("-12.50"), "-12.50") << "a number stays one";
    EXPECT_EQ(csv_cell("4.20.1"), "4.20.1");
}

TEST(Csv, HasOneLineForEachRow) {
    Csv csv({"a", "b"});
    csv.add({"1", "=x"});

    const auto answer = std::move(csv).answer("x.csv");

    EXPECT_EQ(answer.body, "a,b\r\n1,\"'=x\"\r\n");
    EXPECT_TRUE(answer.find_header("Content-Disposition")->starts_with("attachment; filename=\"x.csv\""));
}

}  // namespace
}  // namespace desk
