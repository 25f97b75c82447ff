// What the desk's role may not do, whatever the code above believes.
#include <gtest/gtest.h>

#include "core/base/text.hpp"
#include "core/store/audit.hpp"
#include "tests/support/given.hpp"

namespace desk {
namespace {

/// SQLSTATE of `sql` as the desk's role; "" when it went through.
std::string state_of(TestDb& db, const std::string& sql) {
    try {
        pg::Connection({.url = db.url()}).execute(sql);
        return {};
    } catch (const pg::SqlError& error) {
        return error.sqlstate();
    }
}

constexpr const char* kNotAllowed = "42501";
constexpr const char* kCheckViolation = "23514";

TEST(Grants, OwnNothing) {
    TestDb db;

    EXPECT_EQ(db.count("SELECT count(*) FROM pg_class WHERE relowner = 'clusterdesk'::regrole"), 0);
    EXPECT_EQ(db.value("SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls FROM pg_roles "
                       "WHERE rolname = 'clusterdesk'"),
              "false");
    EXPECT_EQ(state_of(db, "CREATE TABLE mine (x integer)"), kNotAllowed);
    EXPECT_EQ(state_of(db, "DROP TABLE clusters"), kNotAllowed);
    EXPECT_EQ(state_of(db, "CREATE OR REPLACE FUNCTION desk_now() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'"),
              kNotAllowed);
}

TEST(Grants, KeepTheAuditChainFromTheDesk) {
    TestDb db;
    {
        auto tx = db.begin();
        audit(tx, Actor::desk("test"), {.action = "test.done", .target = "x"});
        tx.commit();
    }

    EXPECT_EQ(state_of(db, "UPDATE audit_events SET actor = 'somebody else'"), kNotAllowed);
    EXPECT_EQ(state_of(db, "DELETE FROM audit_events"), kNotAllowed);
    EXPECT_EQ(state_of(db, "TRUNCATE audit_events"), kNotAllowed);
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE action = 'test.done'"), 1);
}

TEST(Grants, KeepTheAuditChainFromItsOwnerToo) {
    TestDb db;
    {
        auto tx = db.begin();
        audit(tx, Actor::desk("test"), {.action = "test.done", .target = "x"});
        tx.commit();
    }

    for (const char* sql : {"UPDATE audit_events SET actor = 'x'", "DELETE FROM audit_events", "TRUNCATE audit_events"})
        EXPECT_THROW(db.owner().execute(sql), pg::SqlError) << sql;
}

TEST(Grants, LetNoDecisionBeRewritten) {
    TestDb db;
    const auto people = given::people(db);
    const auto cluster = given::cluster(db, {.owner = people.requester, .status = ClusterStatus::REQUESTED});
    const auto request = given::request(db, {.cluster = cluster, .requester = people.requester});
    db.owner().execute(cat("INSERT INTO approvals (request_id, approver_id, verdict, digest) SELECT id, '",
                           people.approver, "', 'APPROVE', digest FROM requests"));

    EXPECT_EQ(state_of(db, "UPDATE approvals SET verdict = 'REJECT'"), kNotAllowed);
    EXPECT_EQ(state_of(db, "DELETE FROM approvals"), kNotAllowed);
    EXPECT_EQ(state_of(db, "UPDATE requests SET effective_order = '{}' WHERE id = '" + request.str() + "'"),
              kCheckViolation);
}

TEST(Grants, LetNobodyDecideForThemselves) {
    TestDb db;
    const auto people = given::people(db);
    const auto cluster = given::cluster(db, {.owner = people.teamlead, .status = ClusterStatus::REQUESTED});
    given::request(db, {.cluster = cluster, .requester = people.requester});
    const auto decide = [&](const UserId& who) {
        return state_of(db, cat("INSERT INTO approvals (request_id, approver_id, verdict, digest) SELECT id, '", who,
                                "', 'APPROVE', digest FROM requests"));
    };

    EXPECT_EQ(decide(people.requester), kCheckViolation);
    EXPECT_EQ(decide(people.teamlead), kCheckViolation) << "the owner";
    EXPECT_EQ(decide(people.approver), "");
}

TEST(Grants, KeepRecordsThatAreNeverDeleted) {
    TestDb db;

    for (const char* table : {"users", "teams", "clusters", "requests", "approvals", "jobs", "job_attempts", "job_logs",
                              "cluster_outputs", "cluster_artifacts", "downloads", "receipts", "receipt_sweeps"})
        EXPECT_EQ(state_of(db, cat("DELETE FROM ", table)), kNotAllowed) << table;
}

}  // namespace
}  // namespace desk
