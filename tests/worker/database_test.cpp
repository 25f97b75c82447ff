// The database goes away at the worst moment: connections are cut, held half open, terminated; answers are lost.
// Nothing is done twice for it, nothing is lost, and no attempt is wasted where the rows say that it went through.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <random>

#include "core/base/text.hpp"
#include "tests/support/living_files.hpp"
#include "tests/support/pg_proxy.hpp"
#include "tests/worker/life_traces.hpp"
#include "tests/worker/running_desk.hpp"

namespace desk {
namespace {

using testing::IsEmpty;

constexpr std::string_view kRunner = "clusterdesk-runner";

std::string socket_of(TestDb& db) {
    return db.value(
        "SELECT split_part(current_setting('unix_socket_directories'), ',', 1) || '/.s.PGSQL.' || "
        "current_setting('port')");
}

class DatabaseTrouble : public testing::Test {
  protected:
    DatabaseTrouble() {
        desk.environment["CLUSTERDESK_DATABASE_URL"] = proxy.url(desk.db.url());
        desk.config.worker.slots = 8;
    }

    std::vector<ClusterId> order(std::size_t count) {
        std::vector<ClusterId> clusters;
        for (std::size_t i = 0; i < count; ++i)
            clusters.push_back(desk.order({.name = cat("alpha-", i), .ttl_hours = 1}));
        return clusters;
    }
    /// Starts ticks as cron does: another one when the last has ended, as it may when the database was not there.
    bool all_end(seconds patience = 240s) {
        if (tick == 0) tick = desk.start_tick();
        return comes_true(
            [&] {
                if (desk.has_ended(tick)) tick = desk.start_tick();
                return desk.db.value("SELECT count(*) FROM clusters WHERE status <> 'DESTROYED'") == "0";
            },
            patience);
    }
    std::string of_those_that_live() {
        std::string stories;
        for (const pg::Row row : desk.db.owner().execute("SELECT id FROM clusters WHERE status <> 'DESTROYED'"))
            stories += desk.story(row["id"]);
        return stories;
    }
    bool installs(const ClusterId& cluster) {
        return desk.comes_true("SELECT count(*) FROM job_logs l JOIN jobs j ON j.id = l.job_id WHERE j.cluster_id = '" +
                                   cluster.str() + "' AND l.text LIKE 'Creating infrastructure%'",
                               "1");
    }
    RunningDesk desk;
    PgProxy proxy{socket_of(desk.db)};
    pid_t tick = 0;
};

/// COMMITs of a life: its runners send about as many, depending on how many batches the log makes.
constexpr std::size_t kCommits = 72;
constexpr std::size_t kLives = 24;

/// Loses the answer to some COMMITs that the runners of each cluster send, counted over all their connections: of the
/// first cluster the 1st, the 25th, the 49th, of the next one the 2nd, the 26th, the 50th...
class CommitCutter {
  public:
    explicit CommitCutter(std::vector<ClusterId> clusters) : clusters_(std::move(clusters)) {}

    Fate operator()(const PgRequest& request) {
        if (request.application != kRunner) return Fate::forward;
        for (std::size_t i = 0; i < clusters_.size(); ++i)
            if (request.mentions(clusters_[i].str())) cluster_of_[request.connection] = i;
        const auto cluster = cluster_of_.find(request.connection);
        if (!request.is_commit() || cluster == cluster_of_.end()) return Fate::forward;
        const auto number = commits_[cluster->second]++;
        if (number >= kCommits || number % kLives != cluster->second) return Fate::forward;
        ++cuts_;
        return Fate::lose_answer;
    }
    std::size_t cuts() const { return cuts_; }

  private:
    std::vector<ClusterId> clusters_;
    std::map<int, std::size_t> cluster_of_ = {};       ///< of a connection
    std::map<std::size_t, std::size_t> commits_ = {};  ///< of a cluster, so far
    std::size_t cuts_ = 0;
};

TEST_F(DatabaseTrouble, ThatLosesTheAnswerToAnyCommitOfALifeChangesNothing) {
    const auto clusters = order(kLives);
    CommitCutter cutter(clusters);
    const auto judging = proxy.judge_by(std::ref(cutter));

    ASSERT_TRUE(all_end()) << of_those_that_live();

    EXPECT_GE(cutter.cuts(), kCommits);
    expect_undisturbed_lives(desk, clusters);
}

TEST_F(DatabaseTrouble, ThatLosesEverySecondAnswerToACommitChangesNothing) {
    const auto clusters = order(2);
    int commits = 0;
    const auto judging = proxy.judge_by([&](const PgRequest& request) {
        const bool is_hit = request.is_commit() && request.application == kRunner && ++commits % 2 == 0;
        return is_hit ? Fate::lose_answer : Fate::forward;
    });

    ASSERT_TRUE(all_end()) << of_those_that_live();
    EXPECT_GT(commits, 100);
    expect_undisturbed_lives(desk, clusters);
}

TEST_F(DatabaseTrouble, ThatCutsConnectionsAtAnyStatementChangesNothing) {
    const auto seed = std::random_device{}();
    RecordProperty("seed", std::to_string(seed));
    std::mt19937 random(seed);
    int cuts = 0;
    const auto clusters = order(8);
    const auto judging = proxy.judge_by([&](const PgRequest&) {
        static constexpr std::array kFates = {Fate::cut_before, Fate::cut_during, Fate::lose_answer};
        if (random() % 25 != 0) return Fate::forward;
        ++cuts;
        return kFates.at(random() % kFates.size());
    });

    ASSERT_TRUE(all_end()) << of_those_that_live();
    RecordProperty("cuts", cuts);
    EXPECT_GT(cuts, 100);
    expect_undisturbed_lives(desk, clusters);
}

TEST_F(DatabaseTrouble, ThatTerminatesEveryBackendAgainAndAgainChangesNothing) {
    const auto clusters = order(4);
    tick = desk.start_tick();
    int rounds = 0;

    const bool ended = comes_true(
        [&] {
            // no more often than somebody can connect and do a transaction
            if (++rounds % 10 == 0)
                desk.db.owner().execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND "
                    "application_name LIKE 'clusterdesk-%' AND backend_start < clock_timestamp() - interval '500 ms'");
            return all_end(0s);
        },
        240s);

    ASSERT_TRUE(ended) << of_those_that_live();
    EXPECT_GT(rounds, 30);
    expect_undisturbed_lives(desk, clusters);
}

TEST_F(DatabaseTrouble, OfConnectionsThatAreHalfOpenChangesNothing) {
    const auto cluster = desk.order({.name = "alpha-0", .ttl_hours = 1});
    tick = desk.start_tick();
    ASSERT_TRUE(installs(cluster));

    proxy.hold_all();

    ASSERT_TRUE(all_end()) << of_those_that_live();
    expect_undisturbed_lives(desk, {cluster});
}

TEST_F(DatabaseTrouble, ThatKeepsARunnerWaitingForALockChangesNothing) {
    const auto cluster = desk.order({.name = "alpha-0", .ttl_hours = 1});
    pg::Connection other({.url = desk.db.owner_url()});
    other.execute("BEGIN; LOCK TABLE job_steps IN EXCLUSIVE MODE");

    tick = desk.start_tick();
    const auto said = [&](const std::string& words) {
        return std::ranges::any_of(files_below(desk.dir / "work" / "log"),
                                   [&](const auto& file) { return content_of(file).find(words) != std::string::npos; });
    };
    ASSERT_TRUE(comes_true([&] { return said("57014"); })) << desk.story(cluster);
    other.execute("ROLLBACK");

    ASSERT_TRUE(all_end()) << of_those_that_live();
    expect_undisturbed_lives(desk, {cluster});
}

TEST_F(DatabaseTrouble, OfAFullDiskKeepsTheLogUntilThereIsRoomAgain) {
    desk.db.owner().execute(
        "CREATE SEQUENCE refused;"  // not transactional: it counts what was undone
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN "
        "PERFORM nextval('refused'); RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$;"
        "CREATE TRIGGER no_room BEFORE INSERT ON job_logs FOR EACH STATEMENT EXECUTE FUNCTION no_room()");
    const auto cluster = desk.order({.name = "alpha-0", .ttl_hours = 1});
    tick = desk.start_tick();
    ASSERT_TRUE(desk.comes_true("SELECT last_value > 3 FROM refused", "true"));

    desk.db.owner().execute("DROP TRIGGER no_room ON job_logs");

    ASSERT_TRUE(all_end()) << of_those_that_live();
    expect_undisturbed_lives(desk, {cluster});
}

TEST_F(DatabaseTrouble, ThatKeepsATickWaitingDoesNotKeepTheHostFromStartingJobs) {
    bool is_held = false;  // in the statement that is sent with the lock of the host's slots in hand
    const auto judging = proxy.judge_by([&](const PgRequest& request) {
        const bool holds = !is_held && request.mentions("leases_due");
        is_held = is_held || holds;
        return holds ? Fate::hold : Fate::forward;
    });
    const auto clusters = order(1);

    ASSERT_TRUE(all_end());

    EXPECT_TRUE(is_held);
    expect_undisturbed_lives(desk, clusters);
}

/// From now on nobody gets an answer any more, who connects anew no more than the others.
class Silence {
  public:
    explicit Silence(PgProxy& proxy) : proxy_(proxy) { proxy.be_silent(true); }
    ~Silence() { proxy_.be_silent(false); }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

  private:
    PgProxy& proxy_;
};

TEST_F(DatabaseTrouble, WithoutAnEndEndsTheInstallerBeforeTheLeaseIsOver) {
    desk.config.worker.starve_seconds = 10;
    desk.config.worker.lease_seconds = 40;
    const auto cluster = desk.order({.name = "alpha-0", .ttl_hours = 1, .failure = DemoFailure::HANG});
    tick = desk.start_tick();
    ASSERT_TRUE(installs(cluster));
    const auto& limits = desk.config.worker;
    const auto begun = std::chrono::steady_clock::now();
    {
        const Silence silence(proxy);

        ASSERT_TRUE(comes_true([&] { return desk.processes("demo-install").empty(); })) << desk.story(cluster);

        const auto kept = std::chrono::steady_clock::now() - begun;
        RecordProperty("kept_ms",
                       static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(kept).count()));
        EXPECT_LT(kept, seconds(limits.lease_seconds));
        EXPECT_EQ(desk.db.value("SELECT expires_at > clock_timestamp() FROM job_locks"), "true")
            << "the lease was over before the installer was";
    }
    EXPECT_TRUE(desk.comes_true("SELECT outcome FROM job_attempts WHERE attempt = 1", "WORKER_LOST"))
        << desk.story(cluster);
    desk.destroy(cluster);
    ASSERT_TRUE(all_end()) << of_those_that_live();
    EXPECT_THAT(desk.leftovers(), IsEmpty());
}

}  // namespace
}  // namespace desk
