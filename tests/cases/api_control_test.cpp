// The API of what is stuck and what stops the desk: blocked deletions, giving up, orphans, brakes, hosts.
#include "core/store/orphans.hpp"
#include "core/store/worker_faults.hpp"
#include "core/store/workers.hpp"
#include "tests/cases/api_desk.hpp"
#include "tests/cases/openapi.hpp"

namespace desk {
namespace {

class ControlApi : public ApiDesk {
  protected:
    /// A cluster whose destroy failed three times, and the network that is still there.
    std::string blocked_cluster() {
        const auto id =
            given::cluster(db, {.name = "stuck", .owner = people.requester, .status = ClusterStatus::DESTROY_FAILED});
        const auto job = given::job(db, {.cluster = id,
                                         .type = JobType::DESTROY,
                                         .status = JobStatus::RETRYING,
                                         .due_in = std::chrono::hours(1),
                                         .attempts = 3});
        db.owner().execute(cat(
            "UPDATE jobs SET failures = 3, error_class = 'dirty', error_code = 'resources-left', error_message = 'x' "
            "WHERE id = '",
            job,
            "'; INSERT INTO receipt_sweeps (cluster_id, job_id, attempt, sweep, scope, found) "
            "VALUES ('",
            id, "', '", job,
            "', 3, 1, '{}', "
            R"('[{"region": "demo-east-1", "type": "vpc", "id": "vpc-1", "name": "stuck-a1b2c-vpc"}]'))"));
        return id.str();
    }
    Answer give_up(const std::string& id, const std::string& key = "give-up") {
        return post(people.admin, cat("/api/v1/clusters/", id, "/abandon"),
                    Json{{"name", "stuck"}, {"reason", "the account is closed"}}.dump(), key);
    }

    const Schemas schemas{get(people.admin, "/api/openapi.json").json};
};

TEST_F(ControlApi, ListsWhatIsBlockedWithWhatStillExists) {
    blocked_cluster();

    const auto answer = get(people.auditor, "/api/v1/blocked");

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(schemas.faults("BlockedList", answer.json), "");
    const auto& one = answer.json.at("blocked").at(0);
    EXPECT_EQ(one.at("clusterName"), "stuck");
    EXPECT_EQ(one.at("left").at(0).at("id"), "vpc-1");
    EXPECT_EQ(one.at("left").at(0).at("consoleUrl"), nullptr) << "the demo cloud has no console";
    EXPECT_EQ(get(people.requester, "/api/v1/blocked").status, 403);
}

TEST_F(ControlApi, GivesUpOnceAndWithTheNameTyped) {
    const auto id = blocked_cluster();

    const auto unconfirmed = post(people.admin, cat("/api/v1/clusters/", id, "/abandon"), Json{{"name", "stack"}});
    EXPECT_EQ(unconfirmed.status, 422);
    EXPECT_EQ(unconfirmed.errors().size(), 2U) << "name and reason";
    EXPECT_EQ(post(people.teamlead, cat("/api/v1/clusters/", id, "/abandon"), Json{{"name", "stuck"}}).status, 403);

    const auto answer = give_up(id);
    const auto again = give_up(id);

    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(schemas.faults("GivenUp", answer.json), "");
    EXPECT_EQ(answer.json.at("openOrphans"), 1);
    EXPECT_EQ(again.body, answer.body);
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(give_up(id, "another key").status, 409);
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE action = 'cluster.abandon'"), 1);
    const auto receipt = get(people.requester, cat("/api/v1/clusters/", id, "/receipt"));
    EXPECT_EQ(schemas.faults("Receipt", receipt.json), "");
    EXPECT_EQ(receipt.json.at("kind"), "GIVEN_UP");
    EXPECT_EQ(receipt.json.at("cleanAt"), nullptr);
    EXPECT_EQ(get(people.requester, cat("/api/v1/clusters/", id)).json.at("status"), "ABANDONED");
}

TEST_F(ControlApi, HoldsTheNameUntilTheOrphanIsClosed) {
    give_up(blocked_cluster());
    const auto orphans = get(people.admin, "/api/v1/orphans?state=OPEN");
    EXPECT_EQ(schemas.faults("OrphanList", orphans.json), "");
    const std::string orphan = orphans.json.at("orphans").at(0).at("id");

    const auto held = post(people.requester, "/api/v1/clusters", order("stuck"));
    EXPECT_EQ(held.status, 409);
    EXPECT_NE(held.body.find("held by what is left of a cluster stuck.demo.invalid"), std::string::npos) << held.body;

    EXPECT_EQ(post(people.admin, cat("/api/v1/orphans/", orphan, "/close"), Json::object()).status, 422);
    EXPECT_EQ(post(people.auditor, cat("/api/v1/orphans/", orphan, "/close"), Json{{"note", "gone"}}).status, 403);
    const auto closed =
        post(people.admin, cat("/api/v1/orphans/", orphan, "/close"), Json{{"note", "deleted by hand"}});
    EXPECT_EQ(closed.status, 200);
    EXPECT_EQ(schemas.faults("Orphan", closed.json), "");
    EXPECT_EQ(closed.json.at("state"), "CLOSED");
    EXPECT_EQ(get(people.auditor, cat("/api/v1/orphans/", orphan)).json.at("closedBy"), "admin");

    EXPECT_EQ(post(people.requester, "/api/v1/clusters", order("stuck")).status, 202);
}

TEST_F(ControlApi, IgnoresAnOrphanForGood) {
    give_up(blocked_cluster());
    const std::string orphan = get(people.admin, "/api/v1/orphans").json.at("orphans").at(0).at("id");
    const auto path = cat("/api/v1/orphans/", orphan, "/ignore");

    EXPECT_EQ(post(people.admin, path, Json{{"note", ""}}).status, 422);
    const auto answer = post(people.admin, path, Json{{"note", "the office keeps it"}});

    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(schemas.faults("Orphan", answer.json), "");
    EXPECT_EQ(answer.json.at("ignored"), true);
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE action = 'orphan.ignore'"), 1);
}

TEST_F(ControlApi, DestroysWhatIsLeftOnceTheInfraIdIsTyped) {
    give_up(blocked_cluster());
    db.owner().execute("UPDATE orphans SET infra_id = 'stuck-x7f2k', is_ours = true");
    const std::string orphan = get(people.admin, "/api/v1/orphans").json.at("orphans").at(0).at("id");
    const auto path = cat("/api/v1/orphans/", orphan, "/destroy");

    EXPECT_EQ(post(people.admin, path, Json{{"infraId", "stuck"}}).status, 422);
    const auto answer = post(people.admin, path, Json{{"infraId", "stuck-x7f2k"}});

    EXPECT_EQ(answer.status, 202) << answer.body;
    EXPECT_EQ(schemas.faults("OrphanDestroy", answer.json), "");
    EXPECT_EQ(db.value("SELECT type || ' ' || (params->>'destroy') FROM jobs WHERE cluster_id IS NULL"),
              "ORPHAN_SWEEP stuck-x7f2k");
    EXPECT_EQ(post(people.admin, path, Json{{"infraId", "stuck-x7f2k"}}).status, 409) << "one at a time";
}

TEST_F(ControlApi, DestroysNothingThatNoDeskMade) {
    give_up(blocked_cluster());
    db.owner().execute("UPDATE orphans SET infra_id = 'stuck-x7f2k', is_ours = false");
    const std::string orphan = get(people.admin, "/api/v1/orphans").json.at("orphans").at(0).at("id");

    EXPECT_EQ(post(people.admin, cat("/api/v1/orphans/", orphan, "/destroy"), Json{{"infraId", "stuck-x7f2k"}}).status,
              409);
}

TEST_F(ControlApi, PullsAndReleasesBrakes) {
    const auto pulled = post(people.admin, "/api/v1/brakes/NO_CREATES/pull", Json{{"reason", "the account is full"}});

    EXPECT_EQ(pulled.status, 200);
    EXPECT_EQ(schemas.faults("BrakeList", pulled.json), "");
    EXPECT_EQ(pulled.json.at("brakes").size(), 3U);
    const auto order_refused = post(people.requester, "/api/v1/clusters", order("blue"));
    EXPECT_EQ(order_refused.status, 409);
    EXPECT_NE(order_refused.body.find("admin has pulled the brake NO_CREATES: the account is full"), std::string::npos);
    const auto seen = get(people.requester, "/api/v1/brakes");
    EXPECT_EQ(seen.json.at("brakes").at(0).at("by"), "admin");

    EXPECT_EQ(post(people.admin, "/api/v1/brakes/NO_CREATES/release").status, 200);
    EXPECT_EQ(post(people.requester, "/api/v1/clusters", order("blue")).status, 202);
    EXPECT_EQ(db.value("SELECT string_agg(action, ' ' ORDER BY id) FROM audit_events WHERE action LIKE 'brake.%'"),
              "brake.pull brake.release");
}

TEST_F(ControlApi, ReleasesABrakeThatHoldsEverythingElse) {
    EXPECT_EQ(post(people.admin, "/api/v1/brakes/READ_ONLY/pull", Json{{"reason", "an upgrade"}}).status, 200);

    EXPECT_EQ(post(people.requester, "/api/v1/clusters", order("blue")).status, 503);
    EXPECT_EQ(post(people.admin, "/api/v1/brakes/READ_ONLY/release").status, 200);
}

TEST_F(ControlApi, RefusesABrakeWithoutAReasonOrOfNoSuchName) {
    EXPECT_EQ(post(people.admin, "/api/v1/brakes/NO_CREATES/pull").status, 422);
    EXPECT_EQ(post(people.admin, "/api/v1/brakes/EVERYTHING/pull", Json{{"reason", "x"}}).status, 404);
    EXPECT_EQ(post(people.teamlead, "/api/v1/brakes/NO_CREATES/pull", Json{{"reason", "x"}}).status, 403);
    EXPECT_EQ(db.count("SELECT count(*) FROM brakes"), 0);
}

TEST_F(ControlApi, ListsTheQueueOfAllTeams) {
    const auto id = given::cluster(db, {.owner = people.stranger, .team = "other", .status = ClusterStatus::READY});
    given::job(db, {.cluster = id, .type = JobType::CREATE, .status = JobStatus::SUCCEEDED, .attempts = 1});
    const auto open = given::job(db, {.cluster = id, .type = JobType::VERIFY});

    const auto answer = get(people.auditor, "/api/v1/jobs");

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(schemas.faults("JobList", answer.json), "");
    ASSERT_EQ(answer.json.at("jobs").size(), 2U) << answer.body;
    EXPECT_EQ(answer.json.at("jobs").at(0).at("id"), open.str()) << "what is open comes first";
    EXPECT_EQ(get(people.stranger, "/api/v1/jobs").status, 403);
    EXPECT_EQ(get(people.admin, "/api/v1/jobs?limit=0").status, 422);
}

TEST_F(ControlApi, TellsWhatAHostFindsWrongWithItself) {
    {
        auto tx = db.begin();
        workers::report(tx, "host-1", "boot", "0.1.0", 4, "");
        worker_faults::report(tx, "host-1", {"The disk is nearly full."});
        tx.commit();
    }

    const auto answer = get(people.admin, "/api/v1/workers");

    EXPECT_EQ(schemas.faults("WorkerList", answer.json), "");
    EXPECT_EQ(answer.json.at("workers").at(0).at("faults"), Json::array({"The disk is nearly full."}));
}

TEST_F(ControlApi, DrainsAndResumesAHostAlsoWhileTheDeskIsReadOnly) {
    {
        auto tx = db.begin();
        workers::report(tx, "host-1", "boot", "0.1.0", 4, "");
        tx.commit();
    }
    post(people.admin, "/api/v1/brakes/READ_ONLY/pull", Json{{"reason", "an upgrade"}});

    const auto drained = post(people.admin, "/api/v1/workers/host-1/drain");

    EXPECT_EQ(drained.status, 200) << drained.body;
    EXPECT_EQ(schemas.faults("Worker", drained.json), "");
    EXPECT_EQ(drained.json.at("isDraining"), true);
    EXPECT_EQ(schemas.faults("WorkerList", get(people.auditor, "/api/v1/workers").json), "");
    EXPECT_EQ(post(people.admin, "/api/v1/workers/host-1/resume").json.at("isDraining"), false);
    EXPECT_EQ(post(people.admin, "/api/v1/workers/host-2/drain").status, 404);
    EXPECT_EQ(post(people.requester, "/api/v1/workers/host-1/drain").status, 403);
}

}  // namespace
}  // namespace desk
