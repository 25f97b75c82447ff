// Adopting: what is left in a cloud becomes a cluster with an owner and an end, and whatever ended stays ended.
#include "core/store/adoption.hpp"

#include <gtest/gtest.h>

#include <map>

#include "core/base/text.hpp"
#include "core/store/cluster_names.hpp"
#include "core/store/deadlines.hpp"
#include "core/store/jobs.hpp"
#include "core/store/limits.hpp"
#include "core/store/ordering.hpp"
#include "core/store/orphan_sweeps.hpp"
#include "core/store/runs.hpp"
#include "tests/support/given.hpp"
#include "tests/support/small_profile.hpp"

namespace desk {
namespace {

constexpr const char* kInfra = "blue-x7f2k";

class Adoption : public testing::Test {
  protected:
    OrphanId see(const std::string& name, const std::string& infra_id = kInfra,
                 const std::optional<ClusterId>& cluster = std::nullopt, const std::string& region = "demo-west-9",
                 const std::string& type = "vpc") {
        auto tx = db.begin();
        orphans::see(tx, place,
                     {.resource = {region, type, "id-of-" + name, name},
                      .infra_id = infra_id,
                      .cluster = cluster,
                      .is_ours = true});
        tx.commit();
        return OrphanId(db.value(cat("SELECT id FROM orphans WHERE name = '", name, "'")));
    }
    /// One that ended, and the key that its create stored.
    ClusterId ended(ClusterStatus status, const std::string& clean_at = "NULL") {
        const auto id = given::cluster(db, {.name = "green",
                                            .owner = people.requester,
                                            .base_domain = "old.invalid",
                                            .version = "4.19.9",
                                            .status = status});
        const auto create =
            given::job(db, {.cluster = id, .type = JobType::CREATE, .status = JobStatus::SUCCEEDED, .attempts = 1});
        db.owner().execute(
            cat("INSERT INTO job_attempts (job_id, attempt, cluster_id, worker, region, account, phase, infra_id, "
                "metadata, tf_state_key, clean_at) VALUES ('",
                create, "', 1, '", id, "', 'w', 'demo-east-1', '123456789012', 'installed', 'green-abcde', ",
                R"('{"infraID": "green-abcde", "demo": {"region": "demo-east-1"}}', 'a/state', )", clean_at,
                "); INSERT INTO prereqs (cluster_id, state_key, variables) VALUES ('", id, "', 'a/state', '{}')"));
        return id;
    }
    /// In this account, and nobody has to approve that it lives longer.
    static std::string profile() {
        const std::string text = kSmallProfile;
        return cat(text.substr(0, text.find("approval:")),
                   "approval: {approvals: 0}\nguardrail: {accountIds: [\"123456789012\"]}\n");
    }
    static orphans::Home home() {
        return {.owner = "requester", .team = "demo", .profile = "demo-small", .cost_center = "cc-7", .ttl_hours = 5};
    }
    Result<orphans::Adopted, FormErrors> try_to_adopt(const OrphanId& orphan, const orphans::Home& wish) {
        auto tx = db.begin();
        auto result = orphans::adopt(tx, catalog, given::principal(db, people.admin), orphan, wish,
                                     given::actor(db, people.admin));
        if (result) tx.commit();
        return result;
    }
    orphans::Adopted adopt(const OrphanId& orphan) {
        auto result = try_to_adopt(orphan, home());
        EXPECT_TRUE(result) << (result ? "" : result.error().front().error);
        return result ? *result : orphans::Adopted{};
    }
    std::map<std::string, std::string> faults(const OrphanId& orphan, const orphans::Home& wish) {
        std::map<std::string, std::string> found;
        const auto result = try_to_adopt(orphan, wish);
        if (!result)
            for (const auto& error : result.error()) found[error.field] = error.error;
        return found;
    }
    std::vector<runs::Attempt> keys_of(const ClusterId& cluster) {
        auto tx = db.begin();
        return runs::unclean(tx, cluster);
    }
    clusters::Cluster row(const ClusterId& cluster) {
        auto tx = db.begin();
        return clusters::get(tx, cluster);
    }

    TestDb db;
    given::People people = given::people(db);
    const Catalog catalog = Catalog::of({{"demo-small.yaml", profile()}}, {Platform::demo, Platform::none});
    const orphans::Place place{.provider = Platform::demo, .account = "123456789012", .region = "demo-west-9"};
};

TEST_F(Adoption, OfWhatBelongsToNoRegionIsInTheHomeOfItsPartition) {
    const auto region_of = [&](const orphans::Orphan& orphan) {
        auto tx = db.begin();
        return orphans::place_of(tx, orphan).region;
    };
    const orphans::Orphan role{.provider = Platform::demo,
                               .account = "123456789012",
                               .resource = {.region = "global", .type = "iam-role", .id = "r", .name = "r"},
                               .infra_id = kInfra};
    EXPECT_EQ(region_of(role), "us-east-1");

    see("elsewhere", "red-abcde", std::nullopt, "us-gov-east-1");

    EXPECT_EQ(region_of(role), "us-gov-west-1");
}

TEST_F(Adoption, GivesWhatNobodyKnowsAnOwnerACostAndAnEnd) {
    const auto orphan = see("one");
    see("two");

    const auto done = adopt(orphan);

    const auto cluster = row(done.cluster);
    EXPECT_EQ(cluster.status, ClusterStatus::ADOPTED);
    EXPECT_EQ(cat(cluster.name, ' ', cluster.region, ' ', cluster.base_domain, ' ', cluster.version),
              "blue demo-west-9 demo.invalid 4.20.1");
    EXPECT_EQ(cat(cluster.owner_name, ' ', cluster.team, ' ', cluster.cost_center), "requester demo cc-7");
    EXPECT_EQ(cluster.destroy_at.value() - cluster.created_at, std::chrono::hours(5));
    EXPECT_EQ(done.destroy_at, cluster.destroy_at);
    EXPECT_EQ(db.value("SELECT status || ' ' || hourly_rate_micros FROM state_intervals WHERE to_at IS NULL"),
              "ADOPTED 1500000");
    EXPECT_EQ(db.value("SELECT string_agg(concat_ws(' ', name, state, adopted_as = (SELECT id FROM clusters)), ', ' "
                       "ORDER BY name) FROM orphans"),
              "one CLOSED t, two CLOSED t");
    EXPECT_EQ(db.value("SELECT concat_ws(' ', action, target, after->>'adoptedAs') FROM audit_events"),
              cat("orphan.adopt ", orphan, ' ', done.cluster));
}

TEST_F(Adoption, TellsTheNewOwnerWhoDidIt) {
    const auto done = adopt(see("one"));

    EXPECT_EQ(db.value("SELECT concat_ws(' ', user_id, kind, cluster_id, payload) FROM notices"),
              cat(people.requester, " ADOPTED ", done.cluster, R"( {"by": "admin", "cluster": "blue"})"));
}

TEST_F(Adoption, TellsNobodyWhatHeDidHimself) {
    auto wish = home();
    wish.owner = "admin";

    ASSERT_TRUE(try_to_adopt(see("one"), wish));

    EXPECT_EQ(db.value("SELECT count(*) FROM notices"), "0");
}

TEST_F(Adoption, IsNoneOfTheOrdersOfATeamWithinAnHour) {
    for (int i = 0; i < limits::kCreatesPerHour - 1; ++i) given::cluster(db, {.owner = people.requester});
    const auto orphan = see("one");
    const auto wait = [&] {
        auto tx = db.begin(pg::Mode::read_only);
        return limits::wait_for_create(tx, "demo");
    };

    adopt(orphan);

    EXPECT_FALSE(wait());
    given::cluster(db, {.owner = people.requester});
    EXPECT_TRUE(wait());
}

TEST_F(Adoption, StoresTheKeyWithMetadataMadeAnewBeforeAnythingElseCanHappen) {
    const auto done = adopt(see("one"));

    const auto keys = keys_of(done.cluster);
    ASSERT_EQ(keys.size(), 1U);
    EXPECT_EQ(keys[0].infra_id, kInfra);
    EXPECT_EQ(cat(keys[0].account, ' ', keys[0].region), "123456789012 demo-west-9");
    EXPECT_EQ(keys[0].metadata, rebuilt_metadata(kInfra, "demo-west-9"));
    EXPECT_EQ(
        db.value("SELECT concat_ws(' ', type, status, step, outcome) FROM jobs j JOIN job_steps s ON s.job_id = j.id"),
        "ADOPT SUCCEEDED adopt DONE");
    EXPECT_EQ(db.value("SELECT text FROM job_logs"),
              "No row knew blue-x7f2k: its key was made from the infraID and demo-west-9.");
}

TEST_F(Adoption, StoresTheNameOfWhatCcoctlMadeWhereThatIsLeftToo) {
    const auto blue = see("one");
    see("blue-x7f2k-oidc.s3.eu-west-1.amazonaws.com", kInfra, std::nullopt, "global", "oidc-provider");
    const auto green = see("two", "green-abcde");
    see("green-abcde-image-registry", "green-abcde", std::nullopt, "demo-west-9", "s3-bucket");

    EXPECT_EQ(keys_of(adopt(blue).cluster).at(0).ccoctl_name, kInfra);
    EXPECT_EQ(keys_of(adopt(green).cluster).at(0).ccoctl_name, std::nullopt);
}

TEST_F(Adoption, TakesTheKeysOfAClusterThatWasGivenUpAndLeavesItsRowAsItIs) {
    const auto old = ended(ClusterStatus::ABANDONED);
    const auto orphan = see("one", "green-abcde", old);
    see("a role without an infraID", "", old);

    const auto done = adopt(orphan);

    EXPECT_EQ(done.orphans, 2);
    EXPECT_EQ(row(old).status, ClusterStatus::ABANDONED);
    const auto cluster = row(done.cluster);
    EXPECT_EQ(cat(cluster.name, ' ', cluster.region, ' ', cluster.base_domain, ' ', cluster.version),
              "green demo-east-1 old.invalid 4.19.9")
        << "as it was made, though no profile offers that any more";
    const auto keys = keys_of(done.cluster);
    ASSERT_EQ(keys.size(), 1U);
    EXPECT_EQ(keys[0].metadata.at("demo").at("region"), "demo-east-1") << "the installer's own";
    EXPECT_EQ(keys[0].tf_state_key, "a/state");
    EXPECT_TRUE(keys_of(old).empty());
    EXPECT_EQ(db.value("SELECT cluster_id FROM prereqs"), done.cluster.str());
    EXPECT_EQ(db.value("SELECT text FROM job_logs"), cat("The keys of the cluster ", old, " are this one's now."));
    EXPECT_EQ(db.value(cat("SELECT name_held FROM clusters WHERE id = '", old, "'")), "false");
}

TEST_F(Adoption, TakesUpAKeyAgainThatWasProvenClean) {
    const auto old = ended(ClusterStatus::DESTROYED, "now()");

    const auto done = adopt(see("one", "green-abcde", old));

    EXPECT_EQ(keys_of(done.cluster).size(), 1U);
    EXPECT_EQ(row(old).status, ClusterStatus::DESTROYED);
}

TEST_F(Adoption, IsDestroyedWhenItsTimeIsOverAndMayBeExtendedUntilThen) {
    const auto done = adopt(see("one"));
    {
        auto tx = db.begin();
        const auto longer = ordering::extend(tx, given::principal(db, people.admin), clusters::lock(tx, done.cluster),
                                             67, "", given::actor(db, people.admin));
        ASSERT_TRUE(longer);
        EXPECT_EQ(longer->destroy_at.value() - done.destroy_at, std::chrono::hours(67));
        const auto more = ordering::evaluate_extension(tx, clusters::get(tx, done.cluster), 1);
        EXPECT_EQ(more.verdict.rule, "lifetime:max") << "the profile's maximum counts from the adoption on";
        tx.commit();
    }
    db.owner().execute("UPDATE clusters SET destroy_at = desk_now() + interval '50 minutes'");
    auto tx = db.begin();
    ASSERT_EQ(deadlines::ending(tx, 10).size(), 1U) << "its owner is warned";
    EXPECT_TRUE(deadlines::expired(tx, 10).empty());
    tx.commit();

    db.owner().execute("UPDATE clusters SET destroy_at = desk_now()");

    auto later = db.begin();
    ASSERT_EQ(deadlines::expired(later, 10), std::vector{done.cluster});
    jobs::want_destroy(later, clusters::lock(later, done.cluster), Actor::desk("ttl"), "its lifetime is over");
    EXPECT_EQ(clusters::get(later, done.cluster).status, ClusterStatus::DESTROYING);
}

TEST_F(Adoption, IsNoOrphanAnyMoreForASweepThatBeganBefore) {
    const auto orphan = see("one");
    const auto done = adopt(orphan);

    see("one");
    see("another thing of it");

    EXPECT_EQ(db.count("SELECT count(*) FROM orphans WHERE state = 'OPEN'"), 0);
    db.owner().execute(cat("UPDATE job_attempts SET cluster_id = NULL WHERE cluster_id = '", done.cluster, "'"));
    see("one");
    EXPECT_EQ(db.value("SELECT state || (adopted_as IS NULL) FROM orphans"), "OPENtrue") << "and is one again after it";
}

TEST_F(Adoption, TellsAllThatIsWrongAtOnceAndWritesNothing) {
    const auto orphan = see("one");

    const auto found = faults(orphan, {.owner = "requester",
                                       .team = "no-such-team",
                                       .profile = "no-such-profile",
                                       .cost_center = "!",
                                       .ttl_hours = 0,
                                       .base_domain = "-",
                                       .version = "4"});

    EXPECT_EQ(found.size(), 6U);
    for (const char* field : {"team", "profile", "costCenter", "ttlHours", "baseDomain", "version"})
        EXPECT_TRUE(found.contains(field)) << field;
    EXPECT_EQ(db.count("SELECT count(*) FROM clusters"), 0);
    EXPECT_EQ(db.count("SELECT count(*) FROM orphans WHERE state = 'OPEN'"), 1);
}

TEST_F(Adoption, HasAnOwnerOfTheTeamAndALifetimeOfTheProfile) {
    const auto orphan = see("one");
    auto wish = home();
    wish.ttl_hours = 73;
    wish.owner = "stranger";

    const auto found = faults(orphan, wish);

    EXPECT_NE(found.at("ttlHours").find("72"), std::string::npos) << found.at("ttlHours");
    EXPECT_NE(found.at("owner").find("no such member of team demo"), std::string::npos);
    wish.owner = "";
    EXPECT_TRUE(faults(orphan, wish).contains("owner"));
}

TEST_F(Adoption, GoesByNoProfileOfAnotherAccount) {
    const auto orphan = see("one");
    db.owner().execute("UPDATE orphans SET account = '210987654321'");

    EXPECT_NE(faults(orphan, home()).at("profile").find("123456789012"), std::string::npos);
}

TEST_F(Adoption, KeepsWhatItWasMadeWith) {
    const auto orphan = see("one", "green-abcde", ended(ClusterStatus::ABANDONED));
    auto wish = home();
    wish.version = "4.20.1";
    wish.base_domain = "old.invalid";

    const auto found = faults(orphan, wish);

    EXPECT_EQ(found.size(), 1U);
    EXPECT_NE(found.at("version").find("4.19.9"), std::string::npos);
}

TEST_F(Adoption, TakesNoNameFromAClusterThatHasItNow) {
    const auto orphan = see("one");
    given::cluster(db, {.name = "blue", .owner = people.requester});

    EXPECT_NE(faults(orphan, home()).at("name").find("blue.demo.invalid"), std::string::npos);
}

TEST_F(Adoption, IsRefusedForWhatIsNotOursClosedOfALivingClusterOrUnderASweep) {
    const auto orphan = see("one");
    const auto refused = [&](const std::string& change, const std::string& back) {
        db.owner().execute(change);
        EXPECT_THROW(try_to_adopt(orphan, home()), Error) << change;
        db.owner().execute(back);
    };

    refused("UPDATE orphans SET is_ours = false", "UPDATE orphans SET is_ours = true");
    refused("UPDATE orphans SET infra_id = NULL", cat("UPDATE orphans SET infra_id = '", kInfra, "'"));
    refused("UPDATE orphans SET state = 'CLOSED', closed_at = now()",
            "UPDATE orphans SET state = 'OPEN', closed_at = NULL");
    const auto lives = given::cluster(db, {.owner = people.requester});
    refused(cat("UPDATE orphans SET cluster_id = '", lives, "'"), "UPDATE orphans SET cluster_id = NULL");
    {
        auto tx = db.begin();
        orphans::enqueue_sweep(tx, place, seconds(0));
        tx.commit();
    }
    EXPECT_THROW(try_to_adopt(orphan, home()), Error) << "a destroy by its infraID may be under way";
    db.owner().execute("DELETE FROM jobs");
    EXPECT_TRUE(try_to_adopt(orphan, home()));
    EXPECT_THROW(try_to_adopt(orphan, home()), Error) << "once";
    EXPECT_THROW(try_to_adopt(OrphanId::make(), home()), Error);
}

}  // namespace
}  // namespace desk
