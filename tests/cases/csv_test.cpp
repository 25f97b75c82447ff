// Tables for spreadsheets that are longer than what is read at once.
#include <set>
#include <sstream>

#include "tests/cases/api_desk.hpp"

namespace desk {
namespace {

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
