// How the installs of profiles went so far: one rule for the catalog, a profile's page and what is being installed.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/profile.hpp"
#include "core/pg/transaction.hpp"

namespace desk::history {

/// SQL: one row, `samples`, `median`, `p95` (seconds) and `results` ("+-+", newest first), of the 30 clusters of
/// `profile` (an expression) that were ordered last and whose create is over. By the index that begins with the
/// profile: no more than those are read, however many there are. BETWEEN, because with = the planner may go through the
/// newest of all profiles instead.
#define HISTORY_OF(profile)                                                                                       \
    "(SELECT count(*) FILTER (WHERE succeeded) AS samples, "                                                      \
    "coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY took) FILTER (WHERE succeeded), 0)::bigint AS median, " \
    "coalesce(percentile_cont(0.95) WITHIN GROUP (ORDER BY took) FILTER (WHERE succeeded), 0)::bigint AS p95, "   \
    "left(string_agg(CASE WHEN succeeded THEN '+' ELSE '-' END, '' ORDER BY created_at DESC, id DESC), 10) "      \
    "AS results "                                                                                                 \
    "FROM (SELECT o.created_at, o.id, j.status = 'SUCCEEDED' AS succeeded, "                                      \
    "extract(epoch FROM j.ended_at - j.started_at) AS took "                                                      \
    "FROM clusters o JOIN jobs j ON j.cluster_id = o.id WHERE o.profile BETWEEN " profile " AND " profile         \
    " AND j.type = 'CREATE' AND j.status IN ('SUCCEEDED', 'FAILED') "                                             \
    "ORDER BY o.profile, o.created_at DESC, o.id DESC LIMIT 30) AS newest) "

/// How long an install takes.
struct Estimate {
    int samples = 0;
    seconds median{}, p95{};
};
/// Nothing under 5 samples: of fewer a percentile says nothing.
std::optional<Estimate> estimate(int samples, seconds median, seconds p95);

struct Profile {
    std::optional<Estimate> install_time = {};
    std::vector<bool> last_results = {};  ///< of the last ten creates, newest first (true = succeeded)
    int lately = 0;                       ///< orders of the last 90 days that were installed, or failed
};

/// By name. One query.
std::map<std::string, Profile> of_profiles(pg::Transaction& tx, const std::vector<const desk::Profile*>& profiles);
/// Also of one that is not in the catalog any more.
Profile of_profile(pg::Transaction& tx, const std::string& name);

}  // namespace desk::history
