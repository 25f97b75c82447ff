// Tables for spreadsheets.
#include "cgi/csv.hpp"

#include <gtest/gtest.h>

namespace desk {
namespace {

TEST(Csv, QuotesWhatHoldsSeparators) {
    Csv csv({"name", "note"});
    csv.add({"plain", "a, b"});
    csv.add({"says \"hi\"", "two\nlines"});

    EXPECT_EQ(std::move(csv).answer("x.csv").body,
              "name,note\r\nplain,\"a, b\"\r\n\"says \"\"hi\"\"\",\"two\nlines\"\r\n");
}

TEST(Csv, HasNoCellThatIsAFormula) {
    for (const char* evil : {"=1+1", "+1", "-x", "@SUM(A1)", "\t=1", "\r=1", "-1+cmd"})
        EXPECT_TRUE(csv_cell(evil).starts_with("\"'")) << evil;
}

TEST(Csv, LeavesNumbersAlone) {
    for (const char* number : {"0", "12.50", "-3"}) EXPECT_EQ(csv_cell(number), number);
}

TEST(Csv, IsADownload) {
    const auto answer = Csv({"x"}).answer("costs.csv");

    EXPECT_TRUE(answer.find_header("Content-Disposition")->starts_with("attachment; filename=\"costs.csv\""));
    EXPECT_TRUE(answer.content_type.starts_with("text/csv"));
}

}  // namespace
}  // namespace desk
