// Draining a host, and brakes between the look and the claim.
#include "core/store/workers.hpp"

#include <gtest/gtest.h>

#include "core/pg/listen.hpp"
#include "core/store/brakes.hpp"
#include "core/store/leases.hpp"
#include "tests/support/given.hpp"

namespace desk {
namespace {

using std::chrono::milliseconds;

class StoppingTheDesk : public testing::Test {
  protected:
    StoppingTheDesk() {
        auto tx = db.begin();
        workers::report(tx, "host-1", "boot", "0.1.0", 4, "");
        tx.commit();
    }
    void drain(bool draining) {
        auto tx = db.begin();
        workers::set_draining(tx, "host-1", draining, actor);
        tx.commit();
    }
    void pull(Brake brake) {
        auto tx = db.begin();
        brakes::pull(tx, brake, "a fire", people.admin, actor);
        tx.commit();
    }
    void release(Brake brake) {
        auto tx = db.begin();
        brakes::release(tx, brake, actor);
        tx.commit();
    }
    bool reports_that_it_takes_jobs() {
        auto tx = db.begin();
        const bool takes = workers::report(tx, "host-1", "boot", "0.1.0", 4, "");
        tx.commit();
        return takes;
    }

    TestDb db;
    given::People people = given::people(db);
    Actor actor = given::actor(db, people.admin);
};

TEST_F(StoppingTheDesk, DrainsAHostUntilItIsResumed) {
    drain(true);
    EXPECT_FALSE(reports_that_it_takes_jobs()) << "a tick's own report does not undo it";

    drain(false);
    EXPECT_TRUE(reports_that_it_takes_jobs());
    EXPECT_EQ(db.value("SELECT string_agg(action, ' ' ORDER BY id) FROM audit_events"), "worker.drain worker.resume");
}

TEST_F(StoppingTheDesk, DrainsAHostOnce) {
    drain(true);
    drain(true);

    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events"), 1);
}

TEST_F(StoppingTheDesk, KnowsOnlyHostsThatReported) {
    auto tx = db.begin();

    EXPECT_THROW(workers::set_draining(tx, "host-2", true, actor), Error);
}

TEST_F(StoppingTheDesk, WakesTheTicksWhenAHostResumes) {
    drain(true);
    pg::Listener news({.url = db.url()}, {"jobs"});

    drain(false);

    EXPECT_TRUE(news.wait(milliseconds(10'000)));
}

TEST_F(StoppingTheDesk, RefusesTheClaimOfAJobThatWasDueBeforeTheBrake) {
    const auto cluster = given::cluster(db, {.owner = people.requester, .status = ClusterStatus::DESTROYING});
    const auto job = given::job(db, {.cluster = cluster, .type = JobType::DESTROY});
    const auto claims = [&] {
        auto tx = db.begin();
        const bool claimed = leases::claim(tx, job, "host-1", "me", 60s).has_value();
        tx.commit();
        return claimed;
    };
    {
        auto tx = db.begin();
        ASSERT_EQ(leases::due(tx, 10), std::vector{job});
    }

    pull(Brake::NO_DESTROYS);
    EXPECT_FALSE(claims());

    pg::Listener news({.url = db.url()}, {"jobs"});
    release(Brake::NO_DESTROYS);
    EXPECT_TRUE(news.wait(milliseconds(10'000))) << "the ticks look again at once";
    EXPECT_TRUE(claims());
}

}  // namespace
}  // namespace desk
