// Tables for spreadsheets.
#include "cgi/csv.hpp"

#include <set>
#include <sstream>

#include "tests/cases/api_desk.hpp"

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

/// More rows than are read at once.
class LongTables : public ApiDesk {
  protected:
    static constexpr int kRows = 10'002;

    /// What is in the first cells below the head, each once.
    std::set<std::string> first_cells(const std::string& target) {
        const auto answer = open(given::session(db, people.auditor), target);
        EXPECT_EQ(answer.status, 200);
        std::istringstream lines(answer.body);
        std::set<std::string> cells;
        std::string line;
        std::getline(lines, line);
        while (std::getline(lines, line))
            EXPECT_TRUE(cells.insert(line.substr(0, line.find(','))).second) << line << " comes twice";
        return cells;
    }
};

TEST_F(LongTables, HaveEveryClusterOnce) {
    db.owner().execute(
        cat("INSERT INTO clusters (id, name, platform, profile, region, base_domain, version, team, owner_id, "
            "cost_center, status, lifetime_seconds, max_lifetime_seconds, hourly_rate_micros) "
            "SELECT 'clu_' || lpad(i::text, 26, '0'), 'c' || i % 7, 'demo', 'p', 'r', 'd', 'v', 'demo', '",
            people.requester, "', 'cc', 'REJECTED', 60, 60, 0 FROM generate_series(1, ", kRows, ") i"));

    EXPECT_EQ(first_cells("/clusters.csv?whose=all&status=ALL&sort=name").size(), kRows);
}

TEST_F(LongTables, HaveEveryEventOfTheAuditOnce) {
    db.owner().execute(
        cat("INSERT INTO audit_events (at, actor, actor_name, action, target, previous_hash, hash) "
            "SELECT now(), 'test', 'test', 'test', 'test', i, i FROM generate_series(1, ",
            kRows, ") i"));

    EXPECT_EQ(first_cells("/audit/table.csv?action=test").size(), kRows);
}

}  // namespace
}  // namespace desk
