// Orders and decisions: law 5 (nothing without an approval that binds to what was ordered), names, quotas, lapse.
#include <gtest/gtest.h>

#include "core/model/policy.hpp"
#include "core/model/profile.hpp"
#include "core/store/jobs.hpp"
#include "core/store/quota_use.hpp"
#include "core/store/requests.hpp"
#include "tests/support/given.hpp"

namespace desk {
namespace {

constexpr const char* kOrderedProfile = R"(
name: demo-test
displayName: Test
description: For tests
platform: demo
enabled: true
openshiftVersions: {allowlist: ["4.20.3"], default: "4.20.3"}
regions: {allowlist: [demo-east-1], default: demo-east-1}
baseDomains: {allowlist: [demo.example.com], default: demo.example.com}
compute:
  controlPlane: {replicas: 3, instanceType: demo-4x16, schedulable: true}
  workers: {replicas: 0, minReplicas: 0, maxReplicas: 3}
lifecycle: {maxTTLHours: 24, defaultTTLHours: 8, allowCustomTTL: true, warnBeforeDestroyHours: 1}
costControls: {estimatedHourlyCost: 2.00}
approval: {autoApprove: {maxTTLHours: 8}, approvals: %N%, lapseHours: 10}
)";

Profile profile(int approvals) {
    std::string text = kOrderedProfile;
    text.replace(text.find("%N%"), 3, std::to_string(approvals));
    auto parsed = parse_profile(text, "demo-test.yaml");
    if (!parsed) throw std::runtime_error(parsed.error().front().str());
    return std::move(parsed).value();
}

Order order(const std::string& name, int ttl_hours) {
    Order wanted;
    wanted.name = name;
    wanted.platform = "demo";
    wanted.version = "4.20.3";
    wanted.profile = "demo-test";
    wanted.region = "demo-east-1";
    wanted.base_domain = "demo.example.com";
    wanted.team = "demo";
    wanted.cost_center = "sandbox";
    wanted.ttl_hours = ttl_hours;
    wanted.reason = "to test it";
    return wanted;
}

class Ordering : public testing::Test {
  protected:
    requests::Submitted submit(const Order& wanted, int approvals = 1, std::optional<UserId> by = {}) {
        const Principal who = given::principal(db, by.value_or(people.requester));
        const Profile the_profile = profile(approvals);
        auto tx = db.begin();
        const auto quota = quotas::state(tx, wanted.team, who.user, true);
        const auto evaluation = evaluate(wanted, &the_profile, quota, {who.username, {"demo"}});
        if (!evaluation.errors.empty()) throw std::runtime_error(evaluation.errors.front().error);
        if (evaluation.verdict.kind == VerdictKind::REFUSED) throw std::runtime_error(evaluation.verdict.rule);
        const auto done = requests::submit(tx, who, wanted, evaluation, Actor::of(who, "", "corr-1"));
        tx.commit();
        return done;
    }
    requests::Decided decide(const RequestId& id, const UserId& by, Decision verdict, std::string digest = {}) {
        const Principal who = given::principal(db, by);
        auto tx = db.begin();
        if (digest.empty()) digest = db.value("SELECT digest FROM requests WHERE id = '" + id.str() + "'");
        const auto done = requests::decide(tx, who, id, verdict, "because", digest, Actor::of(who, "", ""));
        tx.commit();
        return done;
    }
    template <class Call>
    Code refusal(Call call) {
        try {
            call();
        } catch (const Error& error) {
            return error.code();
        }
        ADD_FAILURE() << "was not refused";
        return Code::internal;
    }
    std::string status(const ClusterId& id) {
        return db.value("SELECT status FROM clusters WHERE id = '" + id.str() + "'");
    }
    int jobs_of(const ClusterId& id) {
        return db.count("SELECT count(*) FROM jobs WHERE cluster_id = '" + id.str() + "'");
    }

    TestDb db;
    given::People people = given::people(db);
};

TEST_F(Ordering, QueuesTheJobAtOnceWhenPolicyApproves) {
    const auto done = submit(order("quick", 8));

    EXPECT_TRUE(done.job);
    EXPECT_EQ(status(done.cluster), "PENDING");
    EXPECT_EQ(db.value("SELECT correlation_id FROM jobs"), "corr-1");
    EXPECT_EQ(db.value("SELECT state FROM requests"), "APPROVED");
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE action = 'request.submit'"), 1);
}

TEST_F(Ordering, CreatesNoJobBeforeTheApproval) {
    const auto done = submit(order("slow", 20));

    EXPECT_FALSE(done.job);
    EXPECT_EQ(status(done.cluster), "REQUESTED");
    EXPECT_EQ(jobs_of(done.cluster), 0);

    EXPECT_EQ(decide(done.request, people.approver, Decision::APPROVE).state, RequestState::APPROVED);
    EXPECT_EQ(status(done.cluster), "PENDING");
    EXPECT_EQ(jobs_of(done.cluster), 1);
}

TEST_F(Ordering, NeedsEveryApprovalThatTheRuleAsksFor) {
    const auto done = submit(order("careful", 20), 2);

    EXPECT_EQ(decide(done.request, people.approver, Decision::APPROVE).state, RequestState::OPEN);
    EXPECT_EQ(refusal([&] { decide(done.request, people.approver, Decision::APPROVE); }), Code::conflict);
    EXPECT_EQ(jobs_of(done.cluster), 0);

    EXPECT_EQ(decide(done.request, people.teamlead, Decision::APPROVE).state, RequestState::APPROVED);
    EXPECT_EQ(jobs_of(done.cluster), 1);
}

TEST_F(Ordering, LetsNobodyDecideOnTheirOwnRequest) {
    const auto done = submit(order("mine", 20), 1, people.teamlead);

    EXPECT_EQ(refusal([&] { decide(done.request, people.teamlead, Decision::APPROVE); }), Code::forbidden);
    EXPECT_THROW(db.owner().execute("INSERT INTO approvals (request_id, approver_id, verdict, digest) "
                                    "SELECT id, requester_id, 'APPROVE', digest FROM requests"),
                 pg::SqlError);
    EXPECT_EQ(status(done.cluster), "REQUESTED");
}

TEST_F(Ordering, BindsTheApprovalToWhatWasOrdered) {
    const auto done = submit(order("bound", 20));

    EXPECT_EQ(refusal([&] { decide(done.request, people.approver, Decision::APPROVE, std::string(64, 'a')); }),
              Code::conflict);
    EXPECT_THROW(db.owner().execute("UPDATE requests SET effective_order = '{}'"), pg::SqlError);
    EXPECT_EQ(status(done.cluster), "REQUESTED");
}

TEST_F(Ordering, HidesRequestsFromStrangers) {
    const auto done = submit(order("hidden", 20));

    EXPECT_EQ(refusal([&] { decide(done.request, people.stranger, Decision::APPROVE); }), Code::not_found);
    EXPECT_EQ(refusal([&] { decide(done.request, people.requester, Decision::APPROVE); }), Code::forbidden);
    auto tx = db.begin(pg::Mode::read_only);
    EXPECT_EQ(requests::inbox_size(tx, given::principal(db, people.stranger)), 0);
    EXPECT_EQ(requests::inbox_size(tx, given::principal(db, people.requester)), 0);
    EXPECT_EQ(requests::inbox_size(tx, given::principal(db, people.approver)), 1);
}

TEST_F(Ordering, RejectsForGood) {
    const auto done = submit(order("unwanted", 20));

    decide(done.request, people.approver, Decision::REJECT);

    EXPECT_EQ(status(done.cluster), "REJECTED");
    EXPECT_EQ(refusal([&] { decide(done.request, people.teamlead, Decision::APPROVE); }), Code::conflict);
    EXPECT_NO_THROW(submit(order("unwanted", 8))) << "the name is free again";
}

TEST_F(Ordering, LapsesWhenNobodyDecides) {
    const auto done = submit(order("forgotten", 20));

    db.advance(std::chrono::hours(9));
    {
        auto tx = db.begin();
        EXPECT_EQ(requests::lapse_stale(tx, 10), 0);
        tx.commit();
    }
    db.advance(std::chrono::hours(2));
    auto tx = db.begin();
    EXPECT_EQ(requests::lapse_stale(tx, 10), 1);
    tx.commit();

    EXPECT_EQ(status(done.cluster), "LAPSED");
    EXPECT_EQ(refusal([&] { decide(done.request, people.approver, Decision::APPROVE); }), Code::conflict);
}

TEST_F(Ordering, GivesANameOnlyOnce) {
    submit(order("taken", 8));

    EXPECT_EQ(refusal([&] { submit(order("taken", 8)); }), Code::conflict);
    EXPECT_EQ(db.count("SELECT count(*) FROM clusters"), 1);
}

TEST_F(Ordering, KeepsTheNameOfAFailedCluster) {
    given::cluster(db, {.name = "broken",
                        .owner = people.requester,
                        .base_domain = "demo.example.com",
                        .status = ClusterStatus::FAILED});

    EXPECT_EQ(refusal([&] { submit(order("broken", 8)); }), Code::conflict);
}

TEST_F(Ordering, TakesOnlyAMemberOfTheTeamAsOwner) {
    auto wanted = order("gift", 8);

    wanted.owner = "stranger";
    EXPECT_EQ(refusal([&] { submit(wanted); }), Code::invalid);
    wanted.owner = "approver";
    const auto done = submit(wanted);

    EXPECT_EQ(db.value("SELECT owner_id FROM clusters WHERE id = '" + done.cluster.str() + "'"), people.approver.str());
}

TEST_F(Ordering, CountsWhatIsOpenAgainstTheQuota) {
    db.owner().execute("INSERT INTO quotas (team, max_clusters) VALUES ('demo', 1)");
    submit(order("first", 8));

    EXPECT_THROW(submit(order("second", 8)), std::runtime_error);
    EXPECT_EQ(db.count("SELECT count(*) FROM clusters"), 1);
}

TEST_F(Ordering, ExtendsUpToTheProfilesMaximumAndNoFurther) {
    const auto id = given::cluster(db, {.name = "long",
                                        .owner = people.requester,
                                        .status = ClusterStatus::READY,
                                        .lifetime = std::chrono::hours(8),
                                        .max_lifetime = std::chrono::hours(24)});
    const Principal who = given::principal(db, people.requester);
    const Verdict free{.kind = VerdictKind::AUTO_APPROVED, .rule = "auto"};
    const auto extend = [&](int hours) {
        auto tx = db.begin();
        const auto cluster = clusters::lock(tx, id);
        const auto done = requests::extend(tx, who, cluster, hours, free, "", Actor::of(who, "", ""));
        tx.commit();
        return done.destroy_at.value() - cluster.destroy_at.value();
    };

    EXPECT_EQ(extend(16), std::chrono::hours(16));
    EXPECT_EQ(refusal([&] { extend(1); }), Code::conflict);
    EXPECT_EQ(db.value("SELECT lifetime_seconds FROM clusters"), "86400");
}

}  // namespace
}  // namespace desk
