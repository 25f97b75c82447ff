// The tick: what drives everything, started twice, killed, or told to stop.
#include <gmock/gmock.h>
#include <signal.h>

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
    RunningDesk desk;
    desk.seconds_per_hour = 4;  // a warning comes between its moment and the end, or never
    const auto cluster = desk.order({.ttl_hours = 7});

    desk.start_tick();
    desk.start_tick();

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT string_agg(kind, ', ' ORDER BY created_at) FROM outbox"),
              "expires-in-6h, expires-in-1h");
}

TEST(Tick, EndsALifetimeToTheSecond) {
    RunningDesk desk;
    for (const int hours : {3, 5, 7}) desk.order({.name = cat("lives-", hours), .ttl_hours = hours});

    desk.start_tick();

    ASSERT_TRUE(desk.comes_true("SELECT count(*) FROM clusters WHERE destroy_wanted_by = 'ttl'", "3"));
    EXPECT_EQ(desk.db.value("SELECT min(destroy_wanted_at - destroy_at) >= '0' FROM clusters"), "true");
    EXPECT_EQ(desk.db.value("SELECT min(destroy_wanted_at - destroy_at) <= '1 second' FROM clusters"), "true")
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
