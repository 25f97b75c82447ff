// The tick: what drives everything, started twice, killed, or told to stop.
#include <gmock/gmock.h>
#include <signal.h>

#include "core/base/text.hpp"
#include "tests/worker/running_desk.hpp"

namespace desk {
namespace {

TEST(Tick, EndsByItselfWhenItsTimeIsOver) {
    RunningDesk desk;
    desk.config.worker.tick_seconds = 1;

    EXPECT_EQ(desk.run({"tick"}), 0);
    EXPECT_EQ(desk.db.value("SELECT concat_ws(' ', host, slots, draining) FROM workers"), "host-1 4 f");
}

TEST(Tick, DoesNoHarmBesideAnother) {
    RunningDesk desk;
    const auto cluster = desk.order({.ttl_hours = 1});

    for (int i = 0; i < 3; ++i) desk.start_tick();

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT max(attempts) FROM jobs"), "1");
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM jobs"), "2");
}

TEST(Tick, LeavesRunnersAloneWhenItEnds) {
    RunningDesk desk;
    const auto cluster = desk.order({.ttl_hours = 24});
    const auto tick = desk.start_tick();
    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM job_locks", "1")) << desk.story(cluster);

    RunningDesk::stop_tick(tick);

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT outcome FROM job_attempts"), "SUCCEEDED");
}

TEST(Tick, StartsNoMoreRunnersThanThereAreSlots) {
    RunningDesk desk;
    desk.config.worker.slots = 2;
    for (const char* name : {"one", "two", "three", "four"}) desk.order({.name = name, .ttl_hours = 24});
    desk.db.owner().execute(
        "CREATE TABLE seen (held bigint);"
        "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN "
        "INSERT INTO seen SELECT count(*) FROM job_locks; RETURN NULL; END $$;"
        "CREATE TRIGGER note AFTER INSERT ON job_locks FOR EACH ROW EXECUTE FUNCTION note()");

    desk.start_tick();

    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM jobs WHERE type = 'CREATE' AND status = 'SUCCEEDED'", "4"));
    EXPECT_EQ(desk.db.value("SELECT max(held) FROM seen"), "2");
}

TEST(Tick, TakesNoJobsWithAStoreThatIsNotTheDatabases) {
    RunningDesk desk;
    const auto cluster = desk.order();
    desk.db.owner().execute("INSERT INTO settings (name, value) VALUES ('store_id', 'another store')");

    desk.start_tick();

    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM workers", "1"));
    EXPECT_EQ(desk.status(cluster), ClusterStatus::PENDING);
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_attempts"), "0");
}

TEST(Tick, WarnsOfAnEndOnceForEachDeadline) {
    constexpr const char* kWarnings = "SELECT string_agg(kind, ', ' ORDER BY created_at) FROM outbox";
    RunningDesk desk;
    given::cluster(desk.db, {.owner = desk.people.requester});
    desk.db.owner().execute(
        "UPDATE clusters SET ready_at = now() - interval '30 hours', destroy_at = now() + interval '5 hours'");
    desk.start_tick("host-a");
    desk.start_tick("host-b");
    ASSERT_TRUE(desk.comes_true(kWarnings, "expires-in-6h"));

    desk.db.owner().execute("UPDATE clusters SET destroy_at = now() + interval '30 minutes'; NOTIFY jobs");
    ASSERT_TRUE(desk.comes_true(kWarnings, "expires-in-6h, expires-in-1h"));

    const auto warned = desk.db.value("SELECT clock_timestamp()");
    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM workers WHERE last_tick > '" + warned + "'", "2"));
    EXPECT_EQ(desk.db.value(kWarnings), "expires-in-6h, expires-in-1h") << "both ticks have looked again";
}

TEST(Tick, EndsALifetimeToTheSecond) {
    RunningDesk desk;
    for (int i = 0; i < 9; ++i) given::cluster(desk.db, {.name = cat("lives-", i), .owner = desk.people.requester});
    desk.start_tick();
    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM workers", "1"));

    desk.db.owner().execute(
        "UPDATE workers SET draining = true;"  // it has nothing else to do
        "UPDATE clusters SET destroy_at = now() + (2 + 0.8 * right(name, 1)::int) * interval '1 second'; NOTIFY jobs");

    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM clusters WHERE destroy_wanted_by = 'ttl'", "9"));
    EXPECT_EQ(desk.db.value("SELECT min(destroy_wanted_at - destroy_at) >= '0' FROM clusters"), "true");
    // With others on the machine it may look up later now and then; without the deadlines it looks each 5 s.
    EXPECT_EQ(desk.db.value("SELECT count(*) > 4 FROM clusters WHERE destroy_wanted_at - destroy_at <= '1 second'"),
              "true")
        << desk.db.value("SELECT array_agg(destroy_wanted_at - destroy_at) FROM clusters");
}

TEST(Tick, EndsOtherLifetimesWhenOneCannotBeEnded) {
    RunningDesk desk;
    desk.config.worker.slots = 0;
    for (const char* name : {"first", "second"})
        given::cluster(desk.db, {.name = name, .owner = desk.people.requester});
    desk.db.owner().execute(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not this one'; END $$;"
        "CREATE TRIGGER refuse BEFORE UPDATE ON clusters FOR EACH ROW WHEN (NEW.name = 'first' AND "
        "NEW.destroy_wanted_at "
        "IS NOT NULL) EXECUTE FUNCTION refuse();"
        "UPDATE clusters SET destroy_at = now() - interval '1 minute' WHERE name = 'first';"
        "UPDATE clusters SET destroy_at = now() - interval '1 second' WHERE name = 'second'");

    desk.start_tick();

    EXPECT_TRUE(desk.comes_true("SELECT destroy_wanted_by FROM clusters WHERE name = 'second'", "ttl"));
    EXPECT_EQ(desk.db.value("SELECT status FROM clusters WHERE name = 'first'"), "READY");
}

TEST(Tick, LetsRequestsLapse) {
    RunningDesk desk;
    const auto cluster = given::cluster(desk.db, {.owner = desk.people.requester, .status = ClusterStatus::REQUESTED});
    given::request(desk.db, {.cluster = cluster, .requester = desk.people.requester, .lapses_in = 0s});

    desk.start_tick();

    EXPECT_TRUE(desk.reaches(cluster, ClusterStatus::LAPSED));
}

}  // namespace
}  // namespace desk
