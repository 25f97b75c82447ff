#include "core/store/history.hpp"

namespace desk::history {
namespace {

const pg::Statement kOfProfiles{"history_of_profiles",
                                "SELECT wanted.profile, past.samples, past.median, past.p95, past.results, "
                                "taken.lately FROM unnest($1::text[]) AS wanted (profile) "
                                "CROSS JOIN LATERAL " HISTORY_OF("wanted.profile") "AS past "
                                "CROSS JOIN LATERAL (SELECT count(*) AS lately FROM clusters c "
                                "WHERE c.profile = wanted.profile AND c.outcome IS NOT NULL "
                                "AND c.created_at > desk_now() - interval '90 days') AS taken"};

std::map<std::string, Profile> of_names(pg::Transaction& tx, const std::vector<std::string>& names) {
    std::map<std::string, Profile> found;
    for (const pg::Row r : tx.run(kOfProfiles, names)) {
        Profile& profile = found[r["profile"]];
        profile.install_time = estimate(r["samples"], r["median"], r["p95"]);
        profile.lately = r["lately"];
        for (const char result : r["results"].value_or(std::string())) profile.last_results.push_back(result == '+');
    }
    return found;
}

}  // namespace

std::optional<Estimate> estimate(int samples, seconds median, seconds p95) {
    constexpr int kLeastSamples = 5;
    if (samples < kLeastSamples) return std::nullopt;
    return Estimate{samples, median, p95};
}

std::map<std::string, Profile> of_profiles(pg::Transaction& tx, const std::vector<const desk::Profile*>& profiles) {
    std::vector<std::string> names;
    for (const auto* profile : profiles) names.push_back(profile->name);
    return of_names(tx, names);
}

Profile of_profile(pg::Transaction& tx, const std::string& name) { return of_names(tx, {name}).at(name); }

}  // namespace desk::history
