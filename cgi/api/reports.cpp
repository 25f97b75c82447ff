// Reports: what clusters cost.
#include <cmath>

#include "cgi/api/api.hpp"
#include "cgi/api/input.hpp"
#include "core/base/text.hpp"
#include "core/model/months.hpp"
#include "core/store/usage.hpp"

namespace desk::api {
namespace {

constexpr std::chrono::days kDay{1};
constexpr int kMostDays = 1100;  // three years

/// Days, both included.
struct Period {
    Time first = {}, last = {};
};

Time day_in(Query& query, std::string_view name, Time fallback) {
    if (!query.has(name)) return fallback;
    const auto day = parse_day(query.text(name));
    if (!day) query.faults.add(name, "must be a day, like 2026-11-21.");
    return day.value_or(fallback);
}

Period period_of(Query& query, Time now) {
    const Time today = std::chrono::floor<std::chrono::days>(now);
    const Time last = day_in(query, "endDate", today);
    const Time first = day_in(query, "startDate", std::min<Time>(begin_of(month_of(now)), last));
    if (last < first) query.faults.add("endDate", "must not be before startDate.");
    if (last - first >= kDay * kMostDays) query.faults.add("startDate", cat("at most ", kMostDays, " days at once."));
    return {first, last};
}

double hours(std::chrono::microseconds time) {
    constexpr double kHundredth = 36'000'000;  // of an hour
    return std::round(static_cast<double>(time.count()) / kHundredth) / 100;
}

void add_usage(Json& document, const Usage& usage) {
    document["totalHours"] = hours(usage.time);
    document["estimatedCost"] = usage.accrued.decimal();
    document["hibernatedCost"] = usage.asleep.decimal();
    document["projectedCost"] = usage.projected.decimal();
}

}  // namespace

Response usage_report(const Request& request, App& app) {
    Query query(request, {"startDate", "endDate", "groupBy", "team", "owner", "profile", "costCenter", "platform"});
    const auto [first, last] = period_of(query, request.now());
    const auto by = query.one_of<UsageKey>("groupBy").value_or(UsageKey::team);
    UsageFilter filter;
    for (const auto key : {UsageKey::team, UsageKey::owner, UsageKey::profile, UsageKey::costCenter})
        if (query.has(text(key))) filter[key] = query.text(text(key));
    if (const auto platform = query.one_of<Platform>("platform")) filter[UsageKey::platform] = text(*platform);
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    const auto bounds = cut_by_month(first, last + kDay);
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto stays = usage::stays(tx, request.reach(), bounds.front(), bounds.back(), request.now());
    const auto report = report_usage(stays, by, filter, bounds, request.now());

    Json groups = Json::array(), months = Json::array();
    for (const auto& group : report.groups) {
        groups.push_back({{"key", group.key}, {"name", group.label}, {"clusterCount", group.clusters}});
        add_usage(groups.back(), group.total);
    }
    for (std::size_t i = 0; i < report.periods.size(); ++i) {
        months.push_back({{"month", month_text(month_of(bounds[i]))}});
        add_usage(months.back(), report.periods[i]);
    }
    Json answer{{"startDate", to_rfc3339(first).substr(0, 10)},
                {"endDate", to_rfc3339(last).substr(0, 10)},
                {"groupBy", text(by)},
                {"clusterCount", report.clusters},
                {"data", std::move(groups)},
                {"months", std::move(months)}};
    add_usage(answer, report.total);
    return json(answer);
}

}  // namespace desk::api
