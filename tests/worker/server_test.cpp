// The database server itself goes away: a backend is killed, the server restarted, a standby takes over. Jobs go on
// where they were.
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>

#include "core/base/text.hpp"
#include "tests/support/pg_proxy.hpp"
#include "tests/support/pg_server.hpp"
#include "tests/support/wait.hpp"
#include "tests/worker/life_traces.hpp"

namespace desk {
namespace {

/// Where tests make their databases, for a while.
class TestServer {
  public:
    explicit TestServer(const std::string& url) : before_(::getenv(kName)) { be(url); }
    ~TestServer() { be(before_); }
    TestServer(const TestServer&) = delete;
    TestServer& operator=(const TestServer&) = delete;

    static void be(const std::string& url) { ::setenv(kName, url.c_str(), 1); }

  private:
    static constexpr const char* kName = "DESK_TEST_DATABASE";
    std::string before_;
};

class ServerTrouble : public testing::Test {
  protected:
    ServerTrouble() {
        desk.environment["CLUSTERDESK_DATABASE_URL"] = proxy.url(desk.db.url());
        desk.config.worker.slots = 8;
        for (int i = 0; i < 3; ++i) clusters.push_back(desk.order({.name = cat("alpha-", i), .ttl_hours = 1}));
        tick = desk.start_tick();
    }

    /// Starts ticks as cron does, and looks while there is somebody to ask.
    bool comes_true(const std::string& sql, const std::string& wanted) {
        return desk::comes_true([&] {
            if (desk.has_ended(tick)) tick = desk.start_tick();
            try {
                return desk.db.value(sql) == wanted;
            } catch (const pg::SqlError&) {
                return false;
            }
        });
    }
    bool installs() { return comes_true("SELECT count(*) >= 3 FROM job_logs WHERE step = 'install'", "true"); }
    bool destroys() { return comes_true("SELECT count(*) > 0 FROM job_steps WHERE step = 'destroy'", "true"); }
    bool all_end() { return comes_true("SELECT count(*) FROM clusters WHERE status <> 'DESTROYED'", "0"); }

    PgServer server;
    TestServer is_the_tests{server.url()};
    RunningDesk desk;
    PgProxy proxy{server.socket()};
    std::vector<ClusterId> clusters;
    pid_t tick = 0;
};

TEST_F(ServerTrouble, OfABackendThatIsKilledChangesNothing) {
    const auto kill_one = [&] {  // then the server ends all others, and recovers
        const auto pid = desk.db.value(
            "SELECT max(pid) FROM pg_stat_activity WHERE application_name = 'clusterdesk-runner' AND datname = "
            "current_database()");
        return !pid.empty() && ::kill(std::stoi(pid), SIGKILL) == 0;
    };
    ASSERT_TRUE(installs());
    EXPECT_TRUE(desk::comes_true(kill_one));
    ASSERT_TRUE(destroys());
    EXPECT_TRUE(desk::comes_true(kill_one));

    ASSERT_TRUE(all_end());
    expect_undisturbed_lives(desk, clusters);
}

TEST_F(ServerTrouble, OfARestartChangesNothing) {
    ASSERT_TRUE(installs());
    server.stop("immediate");
    server.start();
    ASSERT_TRUE(destroys());
    server.stop("fast");
    server.start();

    ASSERT_TRUE(all_end());
    expect_undisturbed_lives(desk, clusters);
}

TEST_F(ServerTrouble, OfAFailoverLosesNothing) {
    const auto standby = PgServer::standby_of(server);
    ASSERT_TRUE(installs());

    server.stop("immediate");
    proxy.lead_to(standby->socket());  // it refuses writes until it is promoted
    standby->promote();
    TestServer::be(standby->url());

    ASSERT_TRUE(all_end());
    expect_undisturbed_lives(desk, clusters);
}

TEST(Commit, IsNotDoneBeforeTheStandbyHasIt) {
    PgServer server;
    const auto standby = PgServer::standby_of(server);
    pg::Database database({.url = server.url(), .statement_timeout = 500ms});
    auto tx = database.begin();
    tx.connection().execute("CREATE TABLE t ()");

    standby->stop("fast");

    EXPECT_THROW(tx.commit(), pg::CommitInDoubt);
}

}  // namespace
}  // namespace desk
