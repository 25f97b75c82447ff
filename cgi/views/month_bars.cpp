#include "cgi/views/month_bars.hpp"

#include <algorithm>
#include <array>

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/parts/month_bars.tpl.hpp"

namespace desk::views {
namespace {

constexpr int kMargin = 15;  // on both sides of a bar

Money round_up(Money most) {
    constexpr std::array<std::int64_t, 4> kSteps = {10, 20, 25, 50};
    for (std::int64_t tenth = 1;; tenth *= 10)
        for (const auto step : kSteps)
            if (step * tenth >= most.micros) return {step * tenth};
}

int height_of(Money money, Money top) {
    const auto units = static_cast<int>((money.micros * MonthBars::kHeight + top.micros / 2) / top.micros);
    return money.micros > 0 ? std::max(units, 1) : 0;
}

}  // namespace

std::string short_amount(Money money) {
    if (money < Money::dollars(100)) return amount(money);
    const std::string exact = Money::dollars((money.micros + 500'000) / 1'000'000).str();
    return exact.substr(0, exact.find('.'));
}

MonthBars MonthBars::of(const std::vector<std::string>& months, const std::vector<Usage>& usage,
                        std::optional<Money> budget) {
    Money most = budget.value_or(Money{});
    for (const auto& month : usage) most = std::max(most, month.expected());
    const Money top = round_up(most);

    MonthBars chart{.top = short_amount(top)};
    for (std::size_t i = 0; i < usage.size(); ++i) {
        const int accrued = height_of(usage[i].accrued, top), projected = height_of(usage[i].projected, top);
        const int accrued_y = std::max(kHeight - accrued, 0), projected_y = std::max(accrued_y - projected, 0);
        chart.bars.push_back({.x = static_cast<int>(i) * kSlot + kMargin,
                              .width = kSlot - 2 * kMargin,
                              .accrued_y = accrued_y,
                              .accrued_height = kHeight - accrued_y,
                              .projected_y = projected_y,
                              .projected_height = accrued_y - projected_y,
                              .month = months[i],
                              .amount = short_amount(usage[i].expected()),
                              .words = cat(months[i], ": ", amount(usage[i].accrued), " spent, ",
                                           amount(usage[i].projected), " still to come")});
    }
    if (budget) {
        chart.budget_y = kHeight - height_of(*budget, top);
        chart.budget = short_amount(*budget);
    }
    return chart;
}

void MonthBars::fill(Dictionary& out) const {
    out.SetIntValue(kmb_WIDTH, kSlot * static_cast<int>(bars.size()));
    out.SetIntValue(kmb_HEIGHT, kHeight);
    out.SetValue(kmb_TOP, top);
    for (const auto& bar : bars) {
        auto* item = out.AddSectionDictionary(kmb_BAR);
        item->SetIntValue(kmb_X, bar.x);
        item->SetIntValue(kmb_W, bar.width);
        item->SetIntValue(kmb_ACCRUED_Y, bar.accrued_y);
        item->SetIntValue(kmb_ACCRUED_H, bar.accrued_height);
        item->SetIntValue(kmb_PROJECTED_Y, bar.projected_y);
        item->SetIntValue(kmb_PROJECTED_H, bar.projected_height);
        item->SetValue(kmb_WORDS, bar.words);
        auto* label = out.AddSectionDictionary(kmb_LABEL);
        label->SetValue(kmb_MONTH, bar.month);
        label->SetValue(kmb_AMOUNT, bar.amount);
    }
    if (!budget_y) return;
    auto* line = out.AddSectionDictionary(kmb_BUDGET);
    line->SetIntValue(kmb_Y, *budget_y);
    line->SetIntValue(kmb_WIDTH, kSlot * static_cast<int>(bars.size()));
    out.AddSectionDictionary(kmb_BUDGET_KEY)->SetValue(kmb_AMOUNT, budget);
}

}  // namespace desk::views
