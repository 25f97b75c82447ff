// Who is told what, once each, in the transaction of what it tells.
#include "core/store/notices.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/text.hpp"
#include "core/store/clusters.hpp"
#include "core/store/maintenance.hpp"
#include "core/store/request_comments.hpp"
#include "core/store/requests.hpp"
#include "core/store/sessions.hpp"
#include "tests/support/given.hpp"

namespace desk {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Notices : public ::testing::Test {
  protected:
    /// "READY READY": kinds, newest first.
    std::string told(const UserId& reader, bool only_unread = false) {
        auto tx = db.begin(pg::Mode::read_only);
        std::vector<std::string> kinds;
        for (const auto& notice : notices::list(tx, reader, {.only_unread = only_unread}))
            kinds.emplace_back(text(notice.kind));
        return join(kinds, " ");
    }
    ClusterId cluster(ClusterStatus status) {
        return given::cluster(db, {.name = "blue", .owner = people.requester, .status = status});
    }
    void advance(const ClusterId& id, ClusterEvent event, const clusters::Change& change = {}) {
        auto tx = db.begin();
        ASSERT_TRUE(clusters::advance(tx, id, event, change));
        tx.commit();
    }
    void decide(const RequestId& id, Decision decision, const std::string& comment) {
        auto tx = db.begin();
        const auto digest = db.value(cat("SELECT digest FROM requests WHERE id = '", id, "'"));
        requests::decide(tx, given::principal(db, people.approver), id, decision, comment, digest,
                         given::actor(db, people.approver));
        tx.commit();
    }
    int unread(const UserId& reader) {
        const auto session = given::session(db, reader);
        auto tx = db.begin(pg::Mode::read_only);
        return sessions::find(tx, session.session).value().unread;
    }

    TestDb db;
    const given::People people = given::people(db);
};

TEST_F(Notices, TellTheOwnerWhatBecameOfTheCluster) {
    const auto id = cluster(ClusterStatus::CREATING);
    advance(id, ClusterEvent::MAKE_READY);
    advance(id, ClusterEvent::HIBERNATE);
    advance(id, ClusterEvent::HIBERNATED);

    EXPECT_EQ(told(people.requester), "READY") << "sleep is asked for by people";
    EXPECT_EQ(told(people.approver), "");
    EXPECT_EQ(unread(people.requester), 1);
}

TEST_F(Notices, TellWhoOrderedItForSomebodyElse) {
    const auto id = cluster(ClusterStatus::CREATING);
    given::request(db, {.cluster = id, .requester = people.teamlead, .state = RequestState::APPROVED});
    advance(id, ClusterEvent::FAIL, {.outcome = ClusterOutcome::FAILED, .outcome_reason = "no quota left"});

    EXPECT_EQ(told(people.requester), "FAILED");
    EXPECT_EQ(told(people.teamlead), "FAILED");
    auto tx = db.begin(pg::Mode::read_only);
    const auto notice = notices::list(tx, people.teamlead, {}).at(0);
    EXPECT_EQ(notice.payload, (Json{{"cluster", "blue"}, {"reason", "no quota left"}}));
    EXPECT_EQ(notice.cluster, id);
}

TEST_F(Notices, AreNotThereWhenTheChangeIsNot) {
    const auto id = cluster(ClusterStatus::CREATING);
    {
        auto tx = db.begin();
        clusters::advance(tx, id, ClusterEvent::MAKE_READY);
    }  // rolled back

    EXPECT_EQ(told(people.requester), "");
}

TEST_F(Notices, TellOnceThatItCannotBeDestroyed) {
    const auto id = cluster(ClusterStatus::DESTROYING);
    db.owner().execute("UPDATE clusters SET destroy_wanted_at = desk_now()");
    for (int times = 0; times < 2; ++times) {
        advance(id, ClusterEvent::DESTROY_GAVE_UP);
        advance(id, ClusterEvent::DESTROY);
    }

    EXPECT_EQ(told(people.requester), "DESTROY_FAILED");
}

TEST_F(Notices, WarnOnceForEachDeadline) {
    const auto id = cluster(ClusterStatus::READY);
    const Time end = *parse_time("2030-01-01T12:00:00Z");
    for (int times = 0; times < 2; ++times)
        for (const int left : {24, 6}) {
            auto tx = db.begin();
            notices::of_end(tx, id, end - hours(left), left, end);
            tx.commit();
        }

    EXPECT_EQ(told(people.requester), "EXPIRES EXPIRES");
}

TEST_F(Notices, OfAnEndAreReadWhenItMoves) {
    const auto id = cluster(ClusterStatus::READY);
    db.owner().execute("UPDATE clusters SET destroy_at = desk_now() + interval '1 hour'");
    {
        auto tx = db.begin();
        notices::of_end(tx, id, clusters::desk_now(tx), 1, clusters::desk_now(tx) + hours(1));
        tx.commit();
    }
    EXPECT_EQ(told(people.requester, true), "EXPIRES");

    auto tx = db.begin();
    requests::extend(tx, given::principal(db, people.requester), clusters::lock(tx, id), 2,
                     {.kind = VerdictKind::AUTO_APPROVED, .rule = "test"}, "", given::actor(db, people.requester));
    tx.commit();

    EXPECT_EQ(told(people.requester, true), "");
    EXPECT_EQ(told(people.requester), "EXPIRES") << "it is still there";
}

TEST_F(Notices, TellWhatWasDecidedAndWhy) {
    const auto id = cluster(ClusterStatus::REQUESTED);
    const auto request = given::request(db, {.cluster = id, .requester = people.requester});
    decide(request, Decision::REJECT, "too large");

    auto tx = db.begin(pg::Mode::read_only);
    const auto all = notices::list(tx, people.requester, {});
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].kind, NoticeKind::REJECTED);
    EXPECT_EQ(all[0].payload.at("said"), "too large");
    EXPECT_EQ(all[0].request, request);
}

TEST_F(Notices, TellThatNobodyDecided) {
    given::request(
        db, {.cluster = cluster(ClusterStatus::REQUESTED), .requester = people.requester, .lapses_in = -hours(1)});
    auto tx = db.begin();
    ASSERT_EQ(requests::lapse_stale(tx, 10), 1);
    tx.commit();

    EXPECT_EQ(told(people.requester), "LAPSED");
}

TEST_F(Notices, CarryQuestionsToTheRequesterAndAnswersToWhoAsked) {
    const auto request =
        given::request(db, {.cluster = cluster(ClusterStatus::REQUESTED), .requester = people.requester});
    const auto say = [&](const UserId& who, const std::string& words) {
        auto tx = db.begin();
        requests::comment(tx, given::principal(db, who), request, given::everywhere(), words, given::actor(db, who));
        tx.commit();
    };
    say(people.approver, "what for?");
    EXPECT_EQ(told(people.requester), "ASKED");
    EXPECT_EQ(told(people.approver), "");

    say(people.requester, "a demo");
    EXPECT_EQ(told(people.approver), "ANSWERED");
    EXPECT_EQ(told(people.requester), "ASKED") << "nobody is told what they said";
    EXPECT_EQ(told(people.teamlead), "") << "may decide, but did not ask";
}

TEST_F(Notices, AreReadOneByOneOrUpToTheNewestSeen) {
    const auto id = cluster(ClusterStatus::READY);
    const Time end = *parse_time("2030-01-01T12:00:00Z");
    std::vector<NoticeId> ids;
    for (const int left : {24, 6, 1}) {
        auto tx = db.begin();
        notices::of_end(tx, id, end - hours(left), left, end);
        ids.insert(ids.begin(), notices::list(tx, people.requester, {}).at(0).id);
        tx.commit();
    }
    auto tx = db.begin();
    EXPECT_FALSE(notices::mark_read(tx, people.stranger, ids[0]));
    EXPECT_TRUE(notices::mark_read(tx, people.requester, ids[2]));
    EXPECT_EQ(notices::mark_all_read(tx, people.requester, ids[1]), 1) << "the newest came meanwhile";
    EXPECT_EQ(notices::mark_all_read(tx, people.stranger, ids[0]), 0);
    tx.commit();

    EXPECT_EQ(unread(people.requester), 1);
}

TEST_F(Notices, ComePageByPage) {
    const auto id = cluster(ClusterStatus::READY);
    auto tx = db.begin();
    for (int left = 1; left <= 5; ++left)
        notices::of_end(tx, id, clusters::desk_now(tx) - hours(left), left, clusters::desk_now(tx));

    const auto first = notices::list(tx, people.requester, {.limit = 3});
    const auto second = notices::list(tx, people.requester, {.before = first.back().id, .limit = 3});

    EXPECT_EQ(first.size(), 3U);
    EXPECT_EQ(second.size(), 2U);
    EXPECT_LT(second.front().id, first.back().id);
}

TEST_F(Notices, ThatWereReadAreForgottenAfterNinetyDays) {
    const auto id = cluster(ClusterStatus::READY);
    auto tx = db.begin();
    notices::of_cluster(tx, id, NoticeKind::READY);
    notices::of_cluster(tx, id, NoticeKind::FAILED);
    tx.commit();
    db.owner().execute("UPDATE notices SET at = desk_now() - interval '91 days'");
    db.owner().execute("UPDATE notices SET read_at = desk_now() WHERE kind = 'READY'");

    auto later = db.begin();
    EXPECT_EQ(maintenance::forget_notices(later, 100), 1);
    later.commit();

    EXPECT_EQ(told(people.requester), "FAILED") << "what nobody has read is kept";
}

TEST_F(Notices, AreCountedByTheirIndex) {
    cluster(ClusterStatus::READY);
    db.owner().execute(
        cat("INSERT INTO notices (id, user_id, kind, cluster_id, deadline, read_at) "
            "SELECT 'ntc_' || lpad(i::text, 26, '0'), '",
            people.requester,
            "', 'READY', (SELECT min(id) FROM clusters), now() - i * interval '1 minute', "
            "CASE WHEN i > 3 THEN now() END FROM generate_series(1, 20000) i; ANALYZE notices"));
    std::string plan;
    for (const pg::Row row :
         db.owner().execute(cat("EXPLAIN SELECT count(*) FROM (SELECT 1 FROM notices n WHERE n.user_id = '",
                                people.requester, "' AND n.read_at IS NULL LIMIT 100) newest")))
        plan += row["\"QUERY PLAN\""].view();

    EXPECT_NE(plan.find("notices_unread"), std::string::npos) << plan;
    EXPECT_EQ(unread(people.requester), 3);
}

}  // namespace
}  // namespace desk
