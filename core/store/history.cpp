#include "core/store/history.hpp"

namespace desk::history {
namespace {

const pg::Statement kOfProfiles{"history_of_profiles", R"sql(
    WITH newest AS (
        SELECT profile, succeeded, took, place, lately FROM (
            SELECT c.profile, j.status = 'SUCCEEDED' AS succeeded, extract(epoch FROM j.ended_at - j.started_at) AS took,
                   row_number() OVER (PARTITION BY c.profile ORDER BY j.ended_at DESC) AS place,
                   count(*) FILTER (WHERE j.ended_at > clock_timestamp() - interval '90 days')
                       OVER (PARTITION BY c.profile) AS lately
              FROM jobs j JOIN clusters c ON c.id = j.cluster_id
             WHERE j.type = 'CREATE' AND j.status IN ('SUCCEEDED', 'FAILED')) numbered
         WHERE place <= 30)
    SELECT profile, max(lately) AS lately,
           count(*) FILTER (WHERE succeeded) AS samples,
           coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY took) FILTER (WHERE succeeded), 0)::bigint AS median,
           coalesce(percentile_cont(0.95) WITHIN GROUP (ORDER BY took) FILTER (WHERE succeeded), 0)::bigint AS p95,
           string_agg(CASE WHEN succeeded THEN '+' ELSE '-' END, '' ORDER BY place) FILTER (WHERE place <= 10) AS results
      FROM newest GROUP BY profile)sql"};

}  // namespace

std::map<std::string, Profile> of_profiles(pg::Transaction& tx) {
    constexpr int kLeastSamples = 5;  // under that a percentile says nothing
    std::map<std::string, Profile> profiles;
    for (const pg::Row r : tx.run(kOfProfiles)) {
        Profile& profile = profiles[r["profile"]];
        const int samples = r["samples"];
        if (samples >= kLeastSamples) profile.install_time = jobs::Estimate{samples, r["median"], r["p95"]};
        profile.lately = r["lately"];
        for (const char result : r["results"].view()) profile.last_results.push_back(result == '+');
    }
    return profiles;
}

}  // namespace desk::history
