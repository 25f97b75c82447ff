// The search for orphans: what nobody's cluster has any more is found, shown, destroyed or adopted on an
// administrator's word, and closed when it is gone.
#include <gmock/gmock.h>

#include "core/base/file.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/store/adoption.hpp"
#include "core/store/orphan_sweeps.hpp"
#include "tests/support/small_profile.hpp"
#include "tests/worker/running_desk.hpp"

namespace desk {
namespace {

constexpr const char* kInfra = "left-x7f2k";
constexpr const char* kOpen = "SELECT count(*) FROM orphans WHERE state = 'OPEN'";
constexpr const char* kSweepsEnded = "SELECT bool_and(status = 'SUCCEEDED') FROM jobs WHERE type = 'ORPHAN_SWEEP'";

class OrphanSweep : public testing::Test {
  protected:
    OrphanSweep() {
        desk.config.worker.orphan_hours = 6;
        make_dir(region());
    }

    fs::path region() const { return desk.dir / "cloud/us-east-1"; }
    /// Something in the cloud that carries the tags of a cluster.
    void leave(const std::string& infra_id, const std::string& name, const Json& tags) {
        Json all = tags;
        all["Name"] = name;
        all["kubernetes.io/cluster/" + infra_id] = "owned";
        make_dir(region() / infra_id);
        replace_file(region() / infra_id / (name + ".json"), Json{{"type", "elastic-ip"},
                                                                  {"id", "eipalloc-" + name},
                                                                  {"arn", "arn:" + name},
                                                                  {"region", "us-east-1"},
                                                                  {"tags", all},
                                                                  {"createdAt", "2026-01-01T00:00:00Z"}}
                                                                 .dump());
    }
    void leave_ours(const std::string& name = "elastic-ip-a") {
        leave(kInfra, name, {{"ManagedBy", "clusterdesk"}, {"Owner", "ada"}, {"Team", "blue"}});
    }
    bool swept() { return desk.comes_true(kSweepsEnded, "true"); }
    std::string story() { return desk.db.value("SELECT string_agg(text, E'\\n' ORDER BY id) FROM job_logs"); }
    /// As if the last sweep were long ago.
    void let_time_pass() {
        desk.db.owner().execute("UPDATE jobs SET created_at = created_at - interval '7 hours'");
        desk.db.owner().execute(
            "UPDATE orphans SET first_seen_at = first_seen_at - interval '7 hours', "
            "last_seen_at = last_seen_at - interval '7 hours'");
    }
    bool sweeps_again() {
        const auto before = desk.db.value("SELECT count(*) FROM jobs WHERE type = 'ORPHAN_SWEEP'");
        let_time_pass();
        return desk.comes_true(cat("SELECT count(*) > ", before,
                                   " AND bool_and(status = 'SUCCEEDED') FROM jobs "
                                   "WHERE type = 'ORPHAN_SWEEP'"),
                               "true");
    }
    OrphanId the_orphan() {
        auto tx = desk.db.begin();
        return orphans::list(tx, {}).at(0).id;
    }

    RunningDesk desk;
};

TEST_F(OrphanSweep, LeavesTheClustersOfAnotherDeskInTheSameAccountAlone) {
    leave(kInfra, "elastic-ip-a", {{"ManagedBy", "clusterdesk/01ANOTHERDESK"}});
    leave("mine-abcde", "elastic-ip-b", {{"ManagedBy", "clusterdesk"}});

    desk.start_tick();

    ASSERT_TRUE(desk.comes_true(kOpen, "1")) << story();
    ASSERT_TRUE(swept()) << story();
    EXPECT_EQ(desk.db.value("SELECT string_agg(infra_id, ' ') FROM orphans"), "mine-abcde");
}

TEST_F(OrphanSweep, FindsWhatCarriesTheDesksTagsAndGuessesOwnerAndCost) {
    leave_ours();

    desk.start_tick();

    ASSERT_TRUE(desk.comes_true(kOpen, "1")) << story();
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' | ', provider, region, type, name, infra_id, owner, is_ours, "
                            "hourly_rate_micros) FROM orphans"),
              "demo | us-east-1 | elastic-ip | elastic-ip-a | left-x7f2k | ada, team blue | t | 5000");
    EXPECT_TRUE(swept());
    EXPECT_EQ(desk.db.value("SELECT string_agg(step, ' ' ORDER BY position) FROM job_steps"), "scan reconcile");
}

TEST_F(OrphanSweep, LeavesWhatIsOfOtherPeople) {
    leave("theirs-abcde", "elastic-ip-a", {{"Owner", "somebody"}});

    desk.start_tick();

    ASSERT_TRUE(swept()) << story();
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM orphans"), "0");
}

TEST_F(OrphanSweep, LeavesWhatIsOfAClusterThatLives) {
    const auto cluster = desk.order();
    desk.start_tick();
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);

    ASSERT_TRUE(sweeps_again()) << story();

    EXPECT_EQ(desk.db.value("SELECT count(*) FROM orphans"), "0");
}

TEST_F(OrphanSweep, ClosesWhatIsGoneByItself) {
    leave_ours("elastic-ip-a");
    leave_ours("elastic-ip-b");
    desk.start_tick();
    ASSERT_TRUE(desk.comes_true(kOpen, "2")) << story();
    ASSERT_TRUE(swept());
    fs::remove(region() / kInfra / "elastic-ip-a.json");

    ASSERT_TRUE(sweeps_again()) << story();

    EXPECT_EQ(desk.db.value("SELECT string_agg(name || ' ' || state || ' ' || coalesce(closed_by, ''), ', ' ORDER BY "
                            "name) FROM orphans"),
              "elastic-ip-a CLOSED sweep, elastic-ip-b OPEN ");
}

TEST_F(OrphanSweep, ClosesNothingWhenTheCloudCantBeAsked) {
    leave_ours();
    desk.start_tick();
    ASSERT_TRUE(desk.comes_true(kOpen, "1")) << story();
    ASSERT_TRUE(swept());
    fs::rename(region() / kInfra, region() / "aside");
    replace_file(region() / kInfra, "no folder");  // reading it is an error, not an empty answer

    let_time_pass();

    ASSERT_TRUE(desk.comes_true("SELECT count(*) > 0 FROM jobs WHERE error_code = 'not-reachable'", "true")) << story();
    EXPECT_EQ(desk.db.value(kOpen), "1");
}

TEST_F(OrphanSweep, KeepsAnIgnoredOneClosed) {
    leave_ours();
    desk.start_tick();
    ASSERT_TRUE(desk.comes_true(kOpen, "1")) << story();
    ASSERT_TRUE(swept());
    {
        auto tx = desk.db.begin();
        orphans::ignore(tx, orphans::list(tx, {}).at(0).id, "it is the office's", Actor::desk("test"));
        tx.commit();
    }

    ASSERT_TRUE(sweeps_again()) << story();

    EXPECT_EQ(desk.db.value("SELECT state || ' ' || note FROM orphans"), "CLOSED it is the office's");
}

TEST_F(OrphanSweep, DestroysByTheInfraIdWithMetadataMadeAnew) {
    leave_ours("elastic-ip-a");
    leave_ours("elastic-ip-b");
    leave("theirs-abcde", "elastic-ip-a", {});
    desk.start_tick();
    ASSERT_TRUE(desk.comes_true(kOpen, "2")) << story();
    ASSERT_TRUE(swept());

    {
        auto tx = desk.db.begin();
        orphans::enqueue_destroy(tx, *orphans::find(tx, the_orphan()), Actor::desk("test"));
        tx.commit();
    }

    ASSERT_TRUE(desk.comes_true(kOpen, "0")) << story();
    EXPECT_EQ(desk.leftovers(), (std::vector<std::string>{"us-east-1/theirs-abcde/elastic-ip-a.json"}));
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM audit_events WHERE action = 'orphan.destroy'"), "1");
}

TEST_F(OrphanSweep, LeavesWhatWasAdoptedUntilItsEndAndProvesItGone) {
    leave_ours("elastic-ip-a");
    leave_ours("elastic-ip-b");
    leave("theirs-abcde", "elastic-ip-a", {});
    desk.start_tick();
    ASSERT_TRUE(desk.comes_true(kOpen, "2")) << story();
    ASSERT_TRUE(swept());

    ClusterId cluster;
    {
        auto tx = desk.db.begin();
        const auto adopted = orphans::adopt(
            tx, Catalog::of({{"demo-small.yaml", cat(kSmallProfile, "demo: {secondsPerHour: 1}\n")}}, {Platform::demo}),
            given::principal(desk.db, desk.people.admin), the_orphan(),
            {.owner = "requester", .team = "demo", .profile = "demo-small", .cost_center = "cc-1", .ttl_hours = 2},
            given::actor(desk.db, desk.people.admin));
        ASSERT_TRUE(adopted);
        cluster = adopted->cluster;
        tx.commit();
    }

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.leftovers(), (std::vector<std::string>{"us-east-1/theirs-abcde/elastic-ip-a.json"}));
    EXPECT_EQ(desk.db.value("SELECT string_agg(type, ' ' ORDER BY created_at) FROM jobs WHERE cluster_id IS NOT NULL"),
              "ADOPT JANITOR_DESTROY");
    const auto receipt = Json::parse(desk.db.value("SELECT body FROM receipts WHERE kind = 'PROOF'"));
    EXPECT_EQ(receipt.at("sweeps").size(), 2U);
    EXPECT_EQ(receipt.at("sweeps").at(0).at("scope").at("infraIds"), Json::array({kInfra}));
    EXPECT_EQ(desk.db.value(kOpen), "0");
}

TEST_F(OrphanSweep, RefusesToDestroyWhatIsNotKnownToBeOurs) {
    leave_ours();
    desk.start_tick();
    ASSERT_TRUE(desk.comes_true(kOpen, "1")) << story();
    ASSERT_TRUE(swept());
    desk.db.owner().execute("UPDATE orphans SET is_ours = false");

    auto tx = desk.db.begin();
    EXPECT_THROW(orphans::enqueue_destroy(tx, *orphans::find(tx, the_orphan()), Actor::desk("test")), Error);
}

}  // namespace
}  // namespace desk
