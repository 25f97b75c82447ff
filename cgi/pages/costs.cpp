// GET /costs and /costs/table.csv: what was spent and what is to come, by team, owner, profile... and by month.
#include "cgi/views/costs.hpp"

#include <algorithm>

#include "cgi/csv.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "core/base/text.hpp"

namespace desk::pages {
namespace {

using std::chrono::months;

constexpr int kMostMonths = 36;

Month month_in(const Form& query, std::string_view name, Month fallback) {
    if (query[name].empty()) return fallback;
    const auto month = parse_month(query[name]);
    if (!month) throw Error(Code::invalid, cat(name, ": a month, like 2026-11."));
    return *month;
}

/// Without words of its own: four months back to the one that comes, so that what is projected is seen.
views::CostsQuery read(const Form& query, Time now) {
    const Month this_month = month_of(now);
    views::CostsQuery wanted{.from = month_in(query, "from", this_month - months{4}),
                             .to = month_in(query, "to", this_month + months{1})};
    if (wanted.to < wanted.from) std::swap(wanted.from, wanted.to);
    if (wanted.to - wanted.from >= months{kMostMonths})
        throw Error(Code::invalid, cat("At most ", kMostMonths, " months at once."));
    if (!query["by"].empty()) {
        const auto by = parse_enum<UsageKey>(query["by"]);
        if (!by) throw Error(Code::invalid, "by: team, owner, profile, costCenter, platform or cluster.");
        wanted.by = *by;
    }
    for (const auto word : all_texts<UsageKey>())
        if (const auto value = trim(query[word]); !value.empty())
            wanted.filter[*parse_enum<UsageKey>(word)] = std::string(value);
    if (const auto platform = wanted.filter.find(UsageKey::platform);
        platform != wanted.filter.end() && !parse_enum<Platform>(platform->second))
        throw Error(Code::invalid, "platform: there is no such platform.");
    return wanted;
}

std::vector<Time> bounds_of(const views::CostsQuery& query) {
    return cut_by_month(begin_of(query.from), begin_of(query.to + months{1}));
}

}  // namespace

Response costs(const Request& request, App& app) {
    const Time now = request.now();
    const auto query = read(request.query(), now);
    const auto bounds = bounds_of(query);
    const std::vector<Time> this_month = {begin_of(month_of(now)), begin_of(month_of(now) + months{1})};

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto stays = usage::stays(tx, request.reach(), std::min(bounds.front(), this_month.front()),
                                    std::max(bounds.back(), this_month.back()), now);
    const auto budgets = usage::budgets(tx, request.reach());

    return render(app, request, {.file = "costs.tpl", .title = "Costs"},
                  views::Costs::of(query, report_usage(stays, query.by, query.filter, bounds, now),
                                   report_usage(stays, UsageKey::team, {}, this_month, now), budgets, now));
}

Response costs_csv(const Request& request, App& app) {
    const Time now = request.now();
    const auto query = read(request.query(), now);
    const auto bounds = bounds_of(query);

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto stays = usage::stays(tx, request.reach(), bounds.front(), bounds.back(), now);
    Csv table({std::string(text(query.by)), "name", "month", "hours", "accruedUsd", "hibernatedUsd", "projectedUsd"});
    for (const auto& group : report_usage(stays, query.by, query.filter, bounds, now).groups)
        for (std::size_t i = 0; i < group.periods.size(); ++i) {
            const Usage& usage = group.periods[i];
            if (usage == Usage{}) continue;
            table.add({group.key, group.label, month_text(month_of(bounds[i])),
                       Money{usage.time.count() / 3600}.decimal(),  // hours, written like money: to a millionth
                       usage.accrued.decimal(), usage.asleep.decimal(), usage.projected.decimal()});
        }
    return std::move(table).answer(
        cat("costs-by-", text(query.by), '-', month_text(query.from), '-', month_text(query.to), ".csv"));
}

}  // namespace desk::pages
