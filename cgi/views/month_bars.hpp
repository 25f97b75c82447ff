// parts/month_bars.tpl: what was spent and what is still to come in each month, as stacked bars. The drawing stretches
// with the page; its words stand outside, so that they stay as large as they are. A table beside it says the same.
#pragma once

#include "cgi/views/parts.hpp"
#include "core/model/usage.hpp"

namespace desk::views {

struct MonthBars {
    /// The drawing is kSlot wide for each month and kHeight high; y counts from the top.
    static constexpr int kSlot = 100, kHeight = 200;

    struct Bar {
        int x = 0, width = 0;
        int accrued_y = 0, accrued_height = 0;
        int projected_y = 0, projected_height = 0;
        std::string month = {};   ///< "Nov 2026"
        std::string amount = {};  ///< "$1,235", expected in that month
        std::string words = {};   ///< "Nov 2026: $1,000.00 spent, $235.00 still to come"
    };
    std::vector<Bar> bars = {};
    std::string top = {};              ///< what the upper edge stands for
    std::optional<int> budget_y = {};  ///< where the budget's line is
    std::string budget = {};

    /// `months` and `usage` are of the same length. The upper edge is the first of 1, 2, 2.5 and 5 times a power of ten
    /// that nothing passes; every amount over nothing is drawn at least one unit high.
    static MonthBars of(const std::vector<std::string>& months, const std::vector<Usage>& usage,
                        std::optional<Money> budget);

    static constexpr const char* kFile = "parts/month_bars.tpl";
    void fill(Dictionary& out) const;
};

/// Whole dollars from $100 on: what there is room for in a drawing.
std::string short_amount(Money money);

}  // namespace desk::views
