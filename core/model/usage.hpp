// What clusters cost in each of several periods, accrued and projected, and by whom: stays in states, cut, grouped and
// summed. All money comes from cost_of() (core/model/cost), so every sum equals the sum of its clusters to the
// millionth.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/enum.hpp"
#include "core/model/cost.hpp"
#include "core/model/lifetime.hpp"

namespace desk {

/// What a report is broken down by; the words of the API and of the page's URL.
DESK_ENUM(UsageKey, team, owner, profile, costCenter, platform, cluster)

/// A cluster in one of its states, at one rate.
struct Stay {
    std::string cluster = {};  ///< its id
    std::string name = {}, team = {}, owner = {}, profile = {}, cost_center = {};
    Platform platform = Platform::demo;
    bool hibernated = false;
    Pace pace = {};
    StateInterval interval = {};
    std::optional<StateInterval> outlook = {};  ///< of the state that the cluster is in: what is still to come

    /// By what it is grouped and filtered.
    std::string_view value_of(UsageKey key) const;
};

/// What a cluster in `status` is going to cost if nobody changes anything: from `now` to its end, at the rate of that
/// state. One that is not READY yet is taken to live for `lifetime` from now. Nothing for what was not approved,
/// failed, or is being destroyed: how long that takes is not known.
std::optional<StateInterval> outlook(ClusterStatus status, const Rates& rates, seconds lifetime,
                                     std::optional<Time> destroy_at, Time now);

struct Usage {
    Money accrued = {};                ///< spent by now
    Money asleep = {};                 ///< the part of `accrued` that was spent hibernated
    Money projected = {};              ///< still to come
    std::chrono::microseconds time{};  ///< that `accrued` was spent in, in hours of the desk

    Money expected() const { return accrued + projected; }
    Usage& operator+=(const Usage& other);
    bool operator==(const Usage&) const = default;
};

/// Everything of one team, owner...
struct UsageGroup {
    std::string key = {};    ///< what a filter takes
    std::string label = {};  ///< what people read: the name of a cluster, else the key
    int clusters = 0;        ///< with any time or money in the periods
    std::vector<Usage> periods = {};
    Usage total = {};
};
struct UsageReport {
    int clusters = 0;
    std::vector<Usage> periods = {};
    Usage total = {};
    std::vector<UsageGroup> groups = {};  ///< most expected money first
};

using UsageFilter = std::map<UsageKey, std::string>;

/// What `stays` cost in the periods between neighbours of `bounds` (two or more, ascending). Only stays that fit the
/// filter count.
UsageReport report_usage(std::span<const Stay> stays, UsageKey by, const UsageFilter& filter,
                         std::span<const Time> bounds, Time now);

/// How a team stands to its budget of this month.
DESK_ENUM(BudgetStanding, WITHIN, WILL_PASS, PASSED)
BudgetStanding standing(const Usage& month, Money budget);

}  // namespace desk
