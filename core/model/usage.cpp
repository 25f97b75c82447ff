#include "core/model/usage.hpp"

#include <algorithm>
#include <set>

namespace desk {
namespace {

/// The money of `interval` between two moments. A difference of what was spent by then, so that the parts of an
/// interval add up to the whole however it is cut.
Money between(const StateInterval& interval, Time from, Time to) {
    const std::span one(&interval, 1);
    return cost_of(one, to) - cost_of(one, from);
}

std::chrono::microseconds time_between(const StateInterval& interval, Time from, Time to) {
    const Time begin = std::max(interval.from, from), end = interval.to ? std::min(*interval.to, to) : to;
    return std::max(end - begin, std::chrono::microseconds{0});
}

/// What `stay` adds to the period from `from` to `to`.
Usage usage_of(const Stay& stay, Time from, Time to, Time now) {
    Usage usage;
    const Time spent_from = std::min(from, now), spent_to = std::min(to, now);
    usage.accrued = between(stay.interval, spent_from, spent_to);
    usage.time = stay.pace.counted(time_between(stay.interval, spent_from, spent_to));
    if (stay.hibernated) usage.asleep = usage.accrued;
    if (stay.outlook) usage.projected = between(*stay.outlook, from, to);
    return usage;
}

/// Most stays lie in one period of many.
bool touches(const Stay& stay, Time from, Time to) {
    return stay.interval.from < to && (!stay.interval.to || *stay.interval.to > from);
}

bool fits(const Stay& stay, const UsageFilter& filter) {
    return std::all_of(filter.begin(), filter.end(),
                       [&](const auto& wanted) { return stay.value_of(wanted.first) == wanted.second; });
}

}  // namespace

std::string_view Stay::value_of(UsageKey key) const {
    switch (key) {
        case UsageKey::team:
            return team;
        case UsageKey::owner:
            return owner;
        case UsageKey::profile:
            return profile;
        case UsageKey::costCenter:
            return cost_center;
        case UsageKey::platform:
            return text(platform);
        case UsageKey::cluster:
            return cluster;
    }
    return {};
}

std::optional<StateInterval> outlook(ClusterStatus status, const Rates& rates, seconds lifetime,
                                     std::optional<Time> destroy_at, Time now) {
    const bool is_coming = status == ClusterStatus::PENDING || status == ClusterStatus::CREATING;
    if (!is_coming && (!may_exist(status) || is_ending(status) || status == ClusterStatus::FAILED)) return std::nullopt;
    const std::optional<Time> end = destroy_at ? destroy_at : is_coming ? std::optional(now + lifetime) : std::nullopt;
    if (!end || *end <= now) return std::nullopt;
    return StateInterval{now, *end, is_coming ? rates.running : hourly_rate(status, rates)};
}

Usage& Usage::operator+=(const Usage& other) {
    accrued += other.accrued;
    asleep += other.asleep;
    projected += other.projected;
    time += other.time;
    return *this;
}

UsageReport report_usage(std::span<const Stay> stays, UsageKey by, const UsageFilter& filter,
                         std::span<const Time> bounds, Time now) {
    struct Group {
        UsageGroup group;
        std::set<std::string_view> clusters;
    };
    const std::size_t count = bounds.size() - 1;
    std::map<std::string_view, Group> groups;
    std::set<std::string_view> clusters;
    UsageReport report{.periods = std::vector<Usage>(count)};
    for (const Stay& stay : stays) {
        if (!fits(stay, filter)) continue;
        auto& [group, members] = groups[stay.value_of(by)];
        group.periods.resize(count);
        group.label = by == UsageKey::cluster ? stay.name : std::string(stay.value_of(by));
        for (std::size_t i = 0; i < count; ++i) {
            if (!touches(stay, bounds[i], bounds[i + 1])) continue;
            const Usage usage = usage_of(stay, bounds[i], bounds[i + 1], now);
            if (usage == Usage{}) continue;
            for (Usage* sum : {&group.periods[i], &group.total, &report.periods[i], &report.total}) *sum += usage;
            members.insert(stay.cluster);
            clusters.insert(stay.cluster);
        }
    }
    for (auto& [key, found] : groups) {
        if (found.clusters.empty()) continue;
        found.group.key = key;
        found.group.clusters = static_cast<int>(found.clusters.size());
        report.groups.push_back(std::move(found.group));
    }
    std::stable_sort(report.groups.begin(), report.groups.end(),
                     [](const UsageGroup& a, const UsageGroup& b) { return a.total.expected() > b.total.expected(); });
    report.clusters = static_cast<int>(clusters.size());
    return report;
}

BudgetStanding standing(const Usage& month, Money budget) {
    if (month.accrued > budget) return BudgetStanding::PASSED;
    return month.expected() > budget ? BudgetStanding::WILL_PASS : BudgetStanding::WITHIN;
}

}  // namespace desk
