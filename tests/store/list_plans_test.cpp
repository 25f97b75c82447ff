// Lists stay on their indexes when there are many rows.
#include <gtest/gtest.h>

#include "core/store/clusters.hpp"
#include "core/store/orphans.hpp"
#include "core/store/requests.hpp"
#include "tests/support/given.hpp"

namespace desk {
namespace {

/// 100,000 clusters of two teams, most of them long gone, as after some years.
void fill(TestDb& db, const given::People& people) {
    db.owner().execute(
        "INSERT INTO clusters (id, name, platform, profile, region, base_domain, version, team, owner_id, cost_center, "
        "status, lifetime_seconds, max_lifetime_seconds, hourly_rate_micros, created_at) "
        "SELECT 'clu_' || lpad(i::text, 26, '0'), 'c' || i, 'demo', 'p', 'r', 'd', 'v', "
        "CASE WHEN i % 10 = 0 THEN 'other' ELSE 'demo' END, '" +
        people.requester.str() +
        "', 'cc', CASE WHEN i % 1000 = 0 THEN 'REQUESTED' ELSE 'REJECTED' END, 60, 60, 0, "
        "now() - i * interval '1 minute' FROM generate_series(1, 100000) i");
    db.owner().execute("ANALYZE clusters");
}

std::string plan(pg::Connection& connection, const std::string& execute) {
    std::string text;
    for (const pg::Row row : connection.execute("EXPLAIN EXECUTE " + execute)) {
        text += row["\"QUERY PLAN\""].view();
        text += '\n';
    }
    return text;
}

TEST(ListPlans, OfClustersUseAnIndexAtAHundredThousandRowsWhateverThePlannerKnows) {
    TestDb db;
    const auto people = given::people(db);
    fill(db, people);
    auto tx = db.begin();
    for (const bool only_unfinished : {false, true})  // prepares the statements on this connection
        clusters::list(tx, given::everywhere(), {.only_unfinished = only_unfinished}, false);

    const std::string me = "'" + people.requester.str() + "'";
    const std::string rest = ", '{}', NULL, '', '', '', '', '', '{}', '{}', '{}', '{}', ";
    for (const char* mode : {"force_custom_plan", "force_generic_plan"}) {
        tx.connection().execute(std::string("SET LOCAL plan_cache_mode = ") + mode);
        for (const auto& [statement, index] : {std::pair{"clusters_by_created_down", "clusters_recent"},
                                               {"clusters_by_open_created_down", "clusters_open"}})
            for (const std::string after : {"NULL, NULL", "'2026-01-01 00:00:00+00', 'clu_'"}) {
                const std::string text =
                    plan(tx.connection(), statement + ("(true, '{}', " + me) + rest + after + ", 51, 0)");
                EXPECT_NE(text.find(index), std::string::npos) << mode << '\n' << text;
                EXPECT_EQ(text.find("Seq Scan on clusters"), std::string::npos) << mode << '\n' << text;
            }
    }
}

TEST(ListPlans, OfDeadlinesUseThePartialIndex) {
    TestDb db;
    const auto people = given::people(db);
    fill(db, people);

    const std::string text = [&] {
        std::string out;
        for (const pg::Row row : db.owner().execute(
                 "EXPLAIN SELECT id FROM clusters WHERE destroy_wanted_at IS NULL AND destroy_at IS NOT NULL AND "
                 "status IN "
                 "('CREATING', 'READY', 'HIBERNATING', 'HIBERNATED', 'RESUMING', 'FAILED', 'ADOPTED') AND destroy_at "
                 "<= now()"))
            out += row["\"QUERY PLAN\""].view();
        return out;
    }();

    EXPECT_NE(text.find("clusters_deadline"), std::string::npos) << text;
}

TEST(ListPlans, OfOrphansUseTheirIndexWhateverIsAskedFor) {
    TestDb db;
    db.owner().execute(
        "INSERT INTO orphans (id, provider, region, type, resource_id, state, first_seen_at, last_seen_at, closed_at) "
        "SELECT 'orp_' || lpad(i::text, 26, '0'), 'demo', 'r', 'vpc', 'vpc-' || i, "
        "CASE WHEN i % 100 = 0 THEN 'OPEN' ELSE 'CLOSED' END, now(), now(), CASE WHEN i % 100 = 0 THEN NULL ELSE now() "
        "END "
        "FROM generate_series(1, 20000) i");
    db.owner().execute("ANALYZE orphans");
    auto tx = db.begin(pg::Mode::read_only);
    orphans::list(tx, {});  // prepares the statement on this connection

    for (const char* state : {"NULL", "'OPEN'", "'CLOSED'"}) {
        const std::string text = plan(tx.connection(), std::string("orphans_list(") + state + ", NULL, 101, 0)");
        EXPECT_NE(text.find("orphans_recent"), std::string::npos) << text;
        EXPECT_EQ(text.find("Seq Scan on orphans"), std::string::npos) << text;
    }
}

}  // namespace
}  // namespace desk
