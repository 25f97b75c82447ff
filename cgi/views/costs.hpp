// templates/costs.tpl
#pragma once

#include "cgi/views/month_bars.hpp"
#include "core/model/months.hpp"
#include "core/store/usage.hpp"

namespace desk::views {

/// What a costs page shows, as its URL says it.
struct CostsQuery {
    UsageKey by = UsageKey::team;
    UsageFilter filter = {};
    Month from = {}, to = {};  ///< both included

    /// The page with this query; `path` "/costs" or "/costs/table.csv".
    std::string url(std::string_view path = "/costs") const;
};

struct Costs {
    struct Budget {
        std::string team = {}, budget = {}, accrued = {}, expected = {}, href = {};
        State state = {};
    };
    struct MonthRow {
        std::string month = {}, accrued = {}, asleep = {}, projected = {}, expected = {};
    };
    struct Row {
        std::string label = {}, href = {}, clusters = {}, hours = {}, accrued = {}, asleep = {}, projected = {},
                    expected = {};
    };
    struct Chip {
        std::string text = {}, href = {};  ///< without this filter
    };

    Field by = {}, from = {}, to = {};
    Facts sums = {};
    std::vector<Budget> budgets = {};
    std::string budget_month = {};
    std::vector<Chip> chips = {};
    std::vector<std::pair<std::string, std::string>> kept = {};  ///< filters, as hidden fields
    MonthBars chart = {};
    std::vector<MonthRow> months = {};
    std::string heading = {}, column = {}, csv = {};
    std::vector<Row> rows = {};
    std::string rest = {};  ///< "and 9,800 more clusters for $12.00", or ""

    /// `month` is the report of the current month by team, whatever the query is; `budgets` are held against it.
    static Costs of(const CostsQuery& query, const UsageReport& report, const UsageReport& month,
                    const std::vector<usage::Budget>& budgets, Time now);
    void fill(Dictionary& out) const;
};

/// What a key is called at the head of a column: "Team", "Cost centre".
std::string_view title(UsageKey key);

}  // namespace desk::views
