// How installs went is told alike wherever it is told: in the catalog, on the profile's page, while one is installed.
#include "tests/cases/api_desk.hpp"

namespace desk {
namespace {

class InstallHistory : public ApiDesk {
  protected:
    InstallHistory() {
        // 30 clusters of ten minutes, the newest of which failed; and ten older ones, which took an hour and were done
        // last
        db.owner().execute(
            cat("INSERT INTO clusters (id, name, platform, profile, region, base_domain, version, team, owner_id, "
                "cost_center, status, lifetime_seconds, max_lifetime_seconds, hourly_rate_micros, created_at) "
                "SELECT 'clu_' || lpad(i::text, 26, '0'), 'c' || i, 'demo', 'demo-small', 'r', 'd', 'v', 'demo', '",
                people.requester,
                "', 'cc', 'REJECTED', 60, 60, 0, now() - i * interval '1 day' FROM generate_series(1, 40) i; "
                "INSERT INTO jobs (id, type, subject, cluster_id, status, started_at, ended_at) "
                "SELECT 'job_' || right(id, 26), 'CREATE', id, id, CASE WHEN i = 1 THEN 'FAILED' ELSE 'SUCCEEDED' END, "
                "ends - CASE WHEN i > 30 THEN interval '1 hour' ELSE interval '10 minutes' END, ends "
                "FROM (SELECT id, right(id, 26)::integer AS i, now() - interval '100 days' + right(id, 26)::integer * "
                "interval '1 day' AS ends FROM clusters) c"));
    }

    const given::SignedIn reader = given::session(db, people.requester);
};

TEST_F(InstallHistory, IsOfTheClustersThatWereOrderedLastOnEveryPage) {
    for (const char* page : {"/catalog", "/catalog/demo-small"}) {
        SCOPED_TRACE(page);
        const auto answer = open(reader, page);
        expect_in(answer.body, "about 10 min (95 % within 10 min)");
        expect_in(answer.body, "9 of the last 10 succeeded");
    }
    const auto api = get(people.requester, "/api/v1/profiles");
    EXPECT_EQ(api.json.at("profiles").at(0).at("history").at("installTime").at("samples"), 29) << api.body;
}

TEST_F(InstallHistory, IsTheSameForTheOneThatIsBeingInstalled) {
    const auto cluster = given::cluster(db, {.owner = people.requester, .status = ClusterStatus::CREATING});
    const auto job = given::job(db, {.cluster = cluster, .status = JobStatus::RUNNING, .attempts = 1});
    db.owner().execute(cat("INSERT INTO job_attempts (job_id, attempt, cluster_id, worker) VALUES ('", job, "', 1, '",
                           cluster, "', 'w'); UPDATE jobs SET started_at = now() - interval '2 hours' WHERE id = '",
                           job, "'"));

    expect_in(open(reader, cat("/clusters/", cluster, "/logs")).body, "longer than 95 % of the last 29.");
    expect_in(open(reader, cat("/clusters/", cluster)).body, "95 % are ready within 10 min");
}

}  // namespace
}  // namespace desk
