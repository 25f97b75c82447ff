// Rate limits, refused attempts, and brakes.
#include "core/store/limits.hpp"

#include <gtest/gtest.h>

#include "core/base/text.hpp"
#include "core/store/brakes.hpp"
#include "core/store/denials.hpp"
#include "tests/support/given.hpp"

namespace desk {
namespace {

TEST(ApiCalls, AreHundredAMinute) {
    TestDb db;
    const auto people = given::people(db);
    const auto call = [&](const UserId& who) {
        auto tx = db.begin();
        const auto wait = limits::count_call(tx, who);
        tx.commit();
        return wait;
    };
    const auto this_minute = [&]() -> Time {
        return db.owner().execute("SELECT date_trunc('minute', clock_timestamp()) AS now")[0]["now"];
    };
    call(people.requester);
    std::optional<seconds> ninety_ninth, hundredth, next;
    for (Time minute = {}; minute != this_minute();) {  // again when a minute ended in between
        minute = this_minute();
        db.owner().execute("UPDATE api_calls SET count = 98, minute = date_trunc('minute', clock_timestamp())");
        ninety_ninth = call(people.requester);
        hundredth = call(people.requester);
        next = call(people.requester);
    }

    EXPECT_FALSE(ninety_ninth);
    EXPECT_FALSE(hundredth);
    ASSERT_TRUE(next);
    EXPECT_GE(*next, 1s);
    EXPECT_LE(*next, 60s);
    EXPECT_FALSE(call(people.approver)) << "others are not held up";
}

TEST(ApiCalls, BeginAnewWithEachMinute) {
    TestDb db;
    const auto people = given::people(db);
    db.owner().execute(cat("INSERT INTO api_calls (principal, minute, count) VALUES ('", people.requester,
                           "', date_trunc('minute', clock_timestamp()) - interval '1 minute', 5000)"));
    auto tx = db.begin();

    EXPECT_FALSE(limits::count_call(tx, people.requester));

    EXPECT_EQ(static_cast<int>(tx.connection().execute("SELECT count FROM api_calls")[0]["count"]), 1);
}

TEST(Creates, AreTenAnHourPerTeam) {
    TestDb db;
    const auto people = given::people(db);
    const auto wait = [&](const std::string& team) {
        auto tx = db.begin(pg::Mode::read_only);
        return limits::wait_for_create(tx, team);
    };
    for (int i = 0; i < limits::kCreatesPerHour - 1; ++i) given::cluster(db, {.owner = people.requester});
    EXPECT_FALSE(wait("demo"));

    given::cluster(db, {.owner = people.requester, .status = ClusterStatus::REQUESTED});

    ASSERT_TRUE(wait("demo"));
    EXPECT_GT(*wait("demo"), 59min);
    EXPECT_LE(*wait("demo"), 60min);
    EXPECT_FALSE(wait("other"));
    db.advance(std::chrono::minutes(61));
    EXPECT_FALSE(wait("demo"));
}

TEST(Denials, AreCountedPerPersonRouteAndMinute) {
    TestDb db;
    const auto people = given::people(db);

    for (int i = 0; i < 3; ++i) denials::record(db, people.requester, "GET /admin/users");
    denials::record(db, people.requester, "GET /audit");

    auto tx = db.begin(pg::Mode::read_only);
    int total = 0;
    for (const auto& denial : denials::recent(tx, 100)) {
        EXPECT_EQ(denial.principal_name, "requester");
        total += denial.count;
    }
    EXPECT_EQ(total, 4);
    EXPECT_EQ(denials::recent(tx, 1).size(), 1U);
}

TEST(Denials, AreNoReasonToFail) {
    TestDb db;
    db.owner().execute("ALTER TABLE access_denials RENAME TO gone");

    EXPECT_NO_THROW(denials::record(db, UserId::make(), "GET /audit"));
}

TEST(Brakes, ArePulledReplacedAndReleasedWithTheirAuditRows) {
    TestDb db;
    const auto people = given::people(db);
    const auto actor = given::actor(db, people.admin);
    auto tx = db.begin();

    brakes::pull(tx, Brake::NO_CREATES, "quota is used up", people.admin, actor);
    brakes::pull(tx, Brake::NO_CREATES, "cloud is down", people.admin, actor);

    ASSERT_EQ(brakes::all(tx).size(), 1U);
    EXPECT_EQ(brakes::all(tx)[0].reason, "cloud is down");
    EXPECT_TRUE(brakes::is_pulled(tx, Brake::NO_CREATES));
    EXPECT_FALSE(brakes::is_pulled(tx, Brake::READ_ONLY));
    brakes::release(tx, Brake::NO_CREATES, actor);
    brakes::release(tx, Brake::NO_CREATES, actor);
    EXPECT_TRUE(brakes::all(tx).empty());
    tx.commit();
    EXPECT_EQ(db.value("SELECT string_agg(action, ' ' ORDER BY id) FROM audit_events"),
              "brake.pull brake.pull brake.release");
}

}  // namespace
}  // namespace desk
