#include "core/store/history.hpp"

namespace desk::history {
namespace {

// For each profile its newest clusters by the index that begins with the profile: no more than those are read, however
// many there are. BETWEEN, because with = the planner may go through the newest of all profiles instead.
const pg::Statement kOfProfiles{"history_of_profiles", R"sql(
    SELECT wanted.profile, past.samples, past.median, past.p95, past.results, taken.lately
      FROM unnest($1::text[]) AS wanted (profile)
     CROSS JOIN LATERAL (
           SELECT count(*) FILTER (WHERE succeeded) AS samples,
                  coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY took) FILTER (WHERE succeeded), 0)::bigint
                      AS median,
                  coalesce(percentile_cont(0.95) WITHIN GROUP (ORDER BY took) FILTER (WHERE succeeded), 0)::bigint
                      AS p95,
                  left(string_agg(CASE WHEN succeeded THEN '+' ELSE '-' END, '' ORDER BY created_at DESC, id DESC), 10)
                      AS results
             FROM (SELECT c.created_at, c.id, j.status = 'SUCCEEDED' AS succeeded,
                          extract(epoch FROM j.ended_at - j.started_at) AS took
                     FROM clusters c JOIN jobs j ON j.cluster_id = c.id
                    WHERE c.profile BETWEEN wanted.profile AND wanted.profile
                      AND j.type = 'CREATE' AND j.status IN ('SUCCEEDED', 'FAILED')
                    ORDER BY c.profile, c.created_at DESC, c.id DESC LIMIT 30) AS newest) AS past
     CROSS JOIN LATERAL (
           SELECT count(*) AS lately FROM clusters c
            WHERE c.profile = wanted.profile AND c.outcome IS NOT NULL
              AND c.created_at > desk_now() - interval '90 days') AS taken)sql"};

}  // namespace

std::map<std::string, Profile> of_profiles(pg::Transaction& tx, const std::vector<const desk::Profile*>& profiles) {
    constexpr int kLeastSamples = 5;  // under that a percentile says nothing
    std::vector<std::string> names;
    for (const auto* profile : profiles) names.push_back(profile->name);
    std::map<std::string, Profile> found;
    for (const pg::Row r : tx.run(kOfProfiles, names)) {
        Profile& profile = found[r["profile"]];
        const int samples = r["samples"];
        if (samples >= kLeastSamples) profile.install_time = jobs::Estimate{samples, r["median"], r["p95"]};
        profile.lately = r["lately"];
        for (const char result : r["results"].value_or(std::string())) profile.last_results.push_back(result == '+');
    }
    return found;
}

}  // namespace desk::history
