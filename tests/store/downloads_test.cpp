// Download links: who made one, how often it works, and when it no longer does.
#include "core/store/downloads.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <thread>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/cloud/presign.hpp"
#include "tests/support/given.hpp"
#include "tests/support/test_db.hpp"

namespace desk {
namespace {

using downloads::Refusal;

class Downloads : public ::testing::Test {
  protected:
    downloads::Link link(bool one_time = false, seconds life = 15min) {
        auto tx = db.begin();
        auto made = downloads::create(tx, keys, outputs.kubeconfig, people.requester, life, one_time,
                                      given::actor(db, people.requester));
        tx.commit();
        return made;
    }
    static std::string token_of(const downloads::Link& link) { return link.path.substr(3); }
    /// "ok", or why not.
    std::string redeem(const std::string& token) {
        auto tx = db.begin();
        const auto got = downloads::redeem(tx, keys, token, "192.0.2.7");
        tx.commit();
        return got ? "ok" : word(got.error());
    }
    std::string look(const std::string& token) {
        auto tx = db.begin(pg::Mode::read_only);
        const auto got = downloads::look(tx, keys, token);
        return got ? "ok" : word(got.error());
    }
    static std::string word(Refusal refusal) {
        switch (refusal) {
            case Refusal::unknown:
                return "unknown";
            case Refusal::expired:
                return "expired";
            case Refusal::revoked:
                return "revoked";
            case Refusal::used:
                return "used";
            case Refusal::gone:
                return "gone";
        }
        return "?";
    }
    void revoke(const downloads::Link& link, const UserId& by) {
        auto tx = db.begin();
        downloads::revoke(tx, cluster, link.id, given::actor(db, by));
        tx.commit();
    }

    TestDb db;
    const given::People people = given::people(db);
    const ClusterId cluster = given::cluster(db, {.owner = people.requester});
    const given::Outputs outputs = given::outputs(db, cluster);
    const Keyring keys = Keyring::parse(Secret("k1:" + base64(std::string(32, 'a'))));
};

TEST_F(Downloads, LeadToTheirObjectAsOftenAsWanted) {
    const auto made = link();

    auto tx = db.begin();
    const auto got = downloads::redeem(tx, keys, token_of(made), "192.0.2.7");
    tx.commit();

    ASSERT_TRUE(got);
    EXPECT_EQ(got->cluster_id, cluster);
    EXPECT_EQ(got->object_key, db.value("SELECT object_key FROM cluster_artifacts WHERE type = 'KUBECONFIG'"));
    EXPECT_EQ(got->file_name, db.value("SELECT file_name FROM cluster_artifacts WHERE type = 'KUBECONFIG'"));
    EXPECT_EQ(redeem(token_of(made)), "ok");
    EXPECT_EQ(db.value("SELECT use_count || ' ' || (used_at IS NOT NULL) FROM downloads"), "2 true");
}

TEST_F(Downloads, AreAuditedWhenMadeUsedAndRevoked) {
    const auto made = link();
    redeem(token_of(made));
    revoke(made, people.teamlead);
    revoke(made, people.teamlead);

    EXPECT_EQ(db.value("SELECT string_agg(action || ' by ' || actor_name, ', ' ORDER BY id) FROM audit_events "
                       "WHERE target = '" +
                       cluster.str() + "'"),
              "link.create by requester, link.use by link, link.revoke by teamlead");
    EXPECT_EQ(db.value("SELECT address FROM audit_events WHERE action = 'link.use'"), "192.0.2.7");
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE after::text LIKE '%" +
                       token_of(made).substr(token_of(made).rfind('.') + 1) + "%'"),
              0)
        << "the link itself is nowhere";
}

TEST_F(Downloads, OnceOnlyMeansOnce) {
    const auto made = link(true);

    EXPECT_EQ(redeem(token_of(made)), "ok");
    EXPECT_EQ(redeem(token_of(made)), "used");
    EXPECT_EQ(db.count("SELECT use_count FROM downloads"), 1);
}

TEST_F(Downloads, OnceOnlyHoldsForCallsAtTheSameTime) {
    const auto made = link(true);
    std::atomic<int> served = 0, refused = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] { (redeem(token_of(made)) == "ok" ? served : refused)++; });
    }

    EXPECT_EQ(served, 1);
    EXPECT_EQ(refused, 3);
}

TEST_F(Downloads, LookingChangesNothing) {
    const auto made = link(true);

    EXPECT_EQ(look(token_of(made)), "ok");
    EXPECT_EQ(look(token_of(made)), "ok");

    EXPECT_EQ(db.value("SELECT use_count || ' ' || (used_at IS NULL) FROM downloads"), "0 true");
    EXPECT_EQ(redeem(token_of(made)), "ok");
    EXPECT_EQ(look(token_of(made)), "used");
}

TEST_F(Downloads, EndAtTheirTime) {
    const auto made = link();

    db.owner().execute("UPDATE downloads SET expires_at = clock_timestamp() - interval '1 second'");

    EXPECT_EQ(look(token_of(made)), "expired");
    EXPECT_EQ(redeem(token_of(made)), "expired");
    EXPECT_EQ(db.count("SELECT use_count FROM downloads"), 0);
}

TEST_F(Downloads, EndWhenTheyAreRevoked) {
    const auto made = link();

    revoke(made, people.requester);

    EXPECT_EQ(look(token_of(made)), "revoked");
    EXPECT_EQ(redeem(token_of(made)), "revoked");
}

TEST_F(Downloads, EndWithTheirFile) {
    const auto made = link();

    db.owner().execute("UPDATE cluster_artifacts SET deleted_at = now()");

    EXPECT_EQ(redeem(token_of(made)), "gone");
}

TEST_F(Downloads, NeverLeadToAPrivateObject) {
    const auto made = link();
    db.owner().execute("UPDATE cluster_artifacts SET is_public = false");

    EXPECT_EQ(redeem(token_of(made)), "gone");
    EXPECT_THROW(link(), Error);
}

TEST_F(Downloads, TellNothingAboutALinkThatWasNotSigned) {
    const auto made = link();
    const std::string token = token_of(made);
    revoke(made, people.requester);
    std::string forged = token;
    forged.back() = forged.back() == 'A' ? 'Q' : 'A';
    const auto others = Keyring::parse(Secret("k1:" + base64(std::string(32, 'b'))));

    EXPECT_EQ(redeem(forged), "unknown");
    EXPECT_EQ(redeem(sign_link(others, {.id = made.id, .expires_at = made.expires_at})), "unknown");
    EXPECT_EQ(redeem(sign_link(keys, {.id = DownloadId::make(), .expires_at = made.expires_at})), "unknown");
    EXPECT_EQ(redeem("rubbish"), "unknown");
    EXPECT_EQ(redeem(""), "unknown");
}

TEST_F(Downloads, CantBePassedToAnotherObject) {
    const auto made = link();

    db.owner().execute("UPDATE cluster_artifacts SET object_key = 'clusters/other/kubeconfig'");

    EXPECT_EQ(redeem(token_of(made)), "unknown");
}

TEST_F(Downloads, LiveBetweenASecondAndAWeek) {
    EXPECT_NO_THROW(link(false, 1s));
    EXPECT_NO_THROW(link(false, downloads::kLongestLife));
    EXPECT_THROW(link(false, 0s), Error);
    EXPECT_THROW(link(false, downloads::kLongestLife + 1s), Error);
    EXPECT_EQ(db.count("SELECT count(*) FROM downloads"), 2);
}

TEST_F(Downloads, AreRevokedOnlyAsLinksOfTheirCluster) {
    const auto made = link();
    const auto other = given::cluster(db, {.owner = people.requester});
    auto tx = db.begin();

    EXPECT_THROW(downloads::revoke(tx, other, made.id, given::actor(db, people.requester)), Error);

    EXPECT_EQ(redeem(token_of(made)), "ok");
}

TEST_F(Downloads, AreListedNewestFirstWithWhatBecameOfThem) {
    const auto first = link(true), second = link();
    redeem(token_of(first));
    revoke(second, people.teamlead);
    const auto third = link();

    auto tx = db.begin(pg::Mode::read_only);
    const auto list = downloads::of_cluster(tx, cluster);

    ASSERT_EQ(list.size(), 3U);
    EXPECT_EQ(list[0].id, third.id);
    EXPECT_TRUE(list[0].is_live);
    EXPECT_EQ(list[1].revoked_by_name, "teamlead");
    EXPECT_FALSE(list[1].is_live);
    EXPECT_TRUE(list[2].used_at);
    EXPECT_EQ(list[2].use_count, 1);
    EXPECT_FALSE(list[2].is_live) << "one-time and used";
    EXPECT_EQ(list[0].created_by_name, "requester");
}

TEST_F(Downloads, AreAllListedWhileTheyWorkHoweverManyEndedAfterThem) {
    const auto old = link();
    for (int i = 0; i < downloads::kMostEnded + 2; ++i) revoke(link(), people.requester);

    auto tx = db.begin(pg::Mode::read_only);
    const auto list = downloads::of_cluster(tx, cluster);

    ASSERT_EQ(list.size(), static_cast<std::size_t>(1 + downloads::kMostEnded));
    EXPECT_EQ(list[0].id, old.id);
    EXPECT_TRUE(list[0].is_live);
    EXPECT_FALSE(list[1].is_live);
    EXPECT_GE(list[1].created_at, list[2].created_at);
}

}  // namespace
}  // namespace desk
