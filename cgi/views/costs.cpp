#include "cgi/views/costs.hpp"

#include <algorithm>
#include <array>

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/costs.tpl.hpp"

namespace desk::views {
namespace {

constexpr std::size_t kRowsShown = 200;

constexpr std::array<std::string_view, all_texts<UsageKey>().size()> kTitles = {
    "Team", "Owner", "Profile", "Cost centre", "Platform", "Cluster",
};

/// By what the part behind a row is best looked at next.
constexpr UsageKey closer(UsageKey key) { return key == UsageKey::team ? UsageKey::owner : UsageKey::cluster; }

constexpr Phrase phrase(BudgetStanding standing) {
    switch (standing) {
        case BudgetStanding::WITHIN:
            return {"good", "Within budget"};
        case BudgetStanding::WILL_PASS:
            return {"wait", "Will pass budget"};
        case BudgetStanding::PASSED:
            return {"bad", "Over budget"};
    }
    return {};
}

std::string hours_words(std::chrono::microseconds time) {
    constexpr std::int64_t kTenth = 360'000'000;  // of an hour
    const auto tenths = (time.count() + kTenth / 2) / kTenth;
    return cat(tenths / 10, '.', tenths % 10);
}

std::string label_of(UsageKey key, const std::string& value) {
    return key == UsageKey::platform ? std::string(title(*parse_enum<Platform>(value))) : value;
}

Costs::Row row_of(const UsageGroup& group, const CostsQuery& query) {
    CostsQuery next = query;
    next.filter[query.by] = group.key;
    next.by = closer(query.by);
    const bool is_cluster = query.by == UsageKey::cluster;
    return {.label = is_cluster ? group.label : label_of(query.by, group.key),
            .href = is_cluster ? "/clusters/" + group.key : next.url(),
            .clusters = std::to_string(group.clusters),
            .hours = hours_words(group.total.time),
            .accrued = amount(group.total.accrued),
            .asleep = amount(group.total.asleep),
            .projected = amount(group.total.projected),
            .expected = amount(group.total.expected())};
}

Costs::Budget budget_row(const usage::Budget& budget, const UsageReport& month, const CostsQuery& query) {
    const auto found = std::ranges::find(month.groups, budget.team, &UsageGroup::key);
    const Usage spent = found == month.groups.end() ? Usage{} : found->total;
    CostsQuery of_team{
        .by = UsageKey::owner, .filter = {{UsageKey::team, budget.team}}, .from = query.from, .to = query.to};
    return {.team = budget.team,
            .budget = amount(budget.amount),
            .accrued = amount(spent.accrued),
            .expected = amount(spent.expected()),
            .href = of_team.url(),
            .state = {phrase(standing(spent, budget.amount))}};
}

}  // namespace

std::string_view title(UsageKey key) { return kTitles[static_cast<std::size_t>(key)]; }

std::string CostsQuery::url(std::string_view path) const {
    std::vector<std::pair<std::string, std::string>> fields = {
        {"by", std::string(text(by))}, {"from", month_text(from)}, {"to", month_text(to)}};
    for (const auto& [key, value] : filter) fields.emplace_back(text(key), value);
    return cat(path, query_string(fields));
}

Costs Costs::of(const CostsQuery& query, const UsageReport& report, const UsageReport& month,
                const std::vector<usage::Budget>& budgets, Time now) {
    Costs page{.by = {.name = "by", .label = "By", .value = std::string(text(query.by)), .kind = Field::Kind::select},
               .from = {.name = "from", .label = "From", .value = month_text(query.from), .type = "month"},
               .to = {.name = "to", .label = "To", .value = month_text(query.to), .type = "month"}};
    for (const auto word : all_texts<UsageKey>())
        page.by.options.push_back({std::string(word), std::string(title(*parse_enum<UsageKey>(word)))});
    for (const auto& [key, value] : query.filter) {
        CostsQuery without = query;
        without.filter.erase(key);
        page.chips.push_back({cat(title(key), ": ", label_of(key, value)), without.url()});
        page.kept.emplace_back(text(key), value);
    }

    page.sums = {{"Spent", amount(report.total.accrued)},
                 {"Of it hibernated", amount(report.total.asleep)},
                 {"Still to come", amount(report.total.projected)},
                 {"Together", amount(report.total.expected())},
                 {"Clusters", std::to_string(report.clusters)}};
    page.budget_month = month_words(month_of(now));
    std::optional<Money> line;
    const auto team = query.filter.find(UsageKey::team);
    for (const auto& budget : budgets) {
        page.budgets.push_back(budget_row(budget, month, query));
        if (team != query.filter.end() && query.filter.size() == 1 && team->second == budget.team) line = budget.amount;
    }

    std::vector<std::string> names;
    for (auto each = query.from; each <= query.to; each += std::chrono::months{1}) names.push_back(month_words(each));
    page.chart = MonthBars::of(names, report.periods, line);
    for (std::size_t i = 0; i < names.size(); ++i) {
        const Usage& usage = report.periods[i];
        if (usage.expected() == Money{}) continue;
        page.months.push_back(
            {names[i], amount(usage.accrued), amount(usage.asleep), amount(usage.projected), amount(usage.expected())});
    }

    page.column = title(query.by);
    page.heading = cat("By ", lower(page.column));
    page.csv = query.url("/costs/table.csv");
    Money rest;
    for (std::size_t i = 0; i < report.groups.size(); ++i) {
        if (i < kRowsShown)
            page.rows.push_back(row_of(report.groups[i], query));
        else
            rest += report.groups[i].total.expected();
    }
    if (report.groups.size() > kRowsShown)
        page.rest = cat("And ", report.groups.size() - kRowsShown, " more for ", amount(rest),
                        ", all of which are in the sums above and in the CSV.");
    return page;
}

void Costs::fill(Dictionary& out) const {
    include(out, kc_BY, by);
    include(out, kc_FROM, from);
    include(out, kc_TO, to);
    for (const auto& [name, value] : kept) {
        auto* item = out.AddSectionDictionary(kc_KEPT);
        item->SetValue(kc_NAME, name);
        item->SetValue(kc_VALUE, value);
    }
    auto* narrowed = chips.empty() ? nullptr : out.AddSectionDictionary(kc_CHIPS);
    for (const auto& chip : chips) {
        auto* item = narrowed->AddSectionDictionary(kc_CHIP);
        item->SetValue(kc_TEXT, chip.text);
        item->SetValue(kc_HREF, chip.href);
    }
    fill_facts(out, kc_SUM, kc_LABEL, kc_VALUE, sums);
    if (!budgets.empty()) {
        auto* table = out.AddSectionDictionary(kc_BUDGETS);
        table->SetValue(kc_MONTH, budget_month);
        for (const auto& budget : budgets) {
            auto* item = table->AddSectionDictionary(kc_BUDGET);
            item->SetValue(kc_TEAM, budget.team);
            item->SetValue(kc_HREF, budget.href);
            item->SetValue(kc_AMOUNT, budget.budget);
            item->SetValue(kc_ACCRUED, budget.accrued);
            item->SetValue(kc_EXPECTED, budget.expected);
            include(*item, kc_STATE, budget.state);
        }
    }
    if (rows.empty()) return out.ShowSection(kc_NONE);
    auto* have = out.AddSectionDictionary(kc_HAVE);
    include(*have, kc_CHART, chart);
    for (const auto& month : months) {
        auto* item = have->AddSectionDictionary(kc_MONTH_ROW);
        item->SetValue(kc_MONTH, month.month);
        item->SetValue(kc_ACCRUED, month.accrued);
        item->SetValue(kc_ASLEEP, month.asleep);
        item->SetValue(kc_PROJECTED, month.projected);
        item->SetValue(kc_EXPECTED, month.expected);
    }
    have->SetValue(kc_HEADING, heading);
    have->SetValue(kc_COLUMN, column);
    have->SetValue(kc_CSV, csv);
    for (const auto& row : rows) {
        auto* item = have->AddSectionDictionary(kc_ROW);
        item->SetValue(kc_LABEL, row.label);
        item->SetValue(kc_HREF, row.href);
        item->SetValue(kc_CLUSTERS, row.clusters);
        item->SetValue(kc_HOURS, row.hours);
        item->SetValue(kc_ACCRUED, row.accrued);
        item->SetValue(kc_ASLEEP, row.asleep);
        item->SetValue(kc_PROJECTED, row.projected);
        item->SetValue(kc_EXPECTED, row.expected);
    }
    show_if(*have, kc_REST, kc_TEXT, rest);
}

}  // namespace desk::views
