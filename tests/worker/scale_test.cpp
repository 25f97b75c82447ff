// Another number of workers, by the processes that cron would start: on platform demo, and through a cluster's own API.
#include <gmock/gmock.h>

#include "core/base/file.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/cloud/object_store.hpp"
#include "core/store/ordering.hpp"
#include "tests/support/kube_server.hpp"
#include "tests/worker/running_desk.hpp"
#include "tests/worker/saboteur.hpp"

namespace desk {
namespace {

constexpr const char* kInfraId = "alpha-x7k2p";

std::string steps_of(RunningDesk& desk, const char* type) {
    return desk.db.value(
        cat("SELECT string_agg(step, ' ' ORDER BY position) FROM job_steps s JOIN jobs j ON j.id = s.job_id "
            "WHERE s.outcome = 'DONE' AND j.type = '",
            type, "'"));
}

class DemoWorkers : public testing::Test {
  protected:
    DemoWorkers() {
        desk.seconds_per_hour = 6;  // long enough for what happens before its end
        cluster = desk.order({.ttl_hours = 12});
        desk.start_tick();
    }

    bool is_ready() { return desk.reaches(cluster, ClusterStatus::READY); }
    /// As the cluster's owner would; the words of a refusal, or "".
    std::string ask_for(int workers) {
        auto tx = desk.db.begin();
        const auto scaled = ordering::scale(tx, given::principal(desk.db, desk.people.requester),
                                            clusters::lock(tx, cluster), workers, "", Actor::desk("test"));
        if (!scaled) return scaled.error().verdict.explanation;
        tx.commit();
        return "";
    }
    bool has(int workers) {
        return desk.comes_true(
            "SELECT workers || ' ' || (SELECT count(*) FROM jobs WHERE status <> 'SUCCEEDED') "
            "FROM clusters",
            cat(workers, " 0"));
    }
    /// Files of the demo cloud's workers.
    int parts(const std::string& part) const {
        int count = 0;
        for (const auto& file : desk.leftovers())
            count += file.find(part) != std::string::npos && file.find("-worker-") != std::string::npos ? 1 : 0;
        return count;
    }

    RunningDesk desk;
    ClusterId cluster;
};

TEST_F(DemoWorkers, ComeAndGoWithTheirPrice) {
    ASSERT_TRUE(is_ready()) << desk.story(cluster);
    const auto all = desk.resources();
    const auto rate = desk.db.count("SELECT hourly_rate_micros FROM clusters");

    ASSERT_EQ(ask_for(3), "");
    ASSERT_TRUE(has(3)) << desk.story(cluster);
    EXPECT_EQ(parts("instance-alpha"), 3);
    EXPECT_EQ(parts("volume-alpha"), 3);
    EXPECT_EQ(steps_of(desk, "SCALE_WORKERS"), "scale wait-nodes");
    EXPECT_EQ(desk.db.count("SELECT hourly_rate_micros FROM clusters"), 2 * rate) << "twice as many machines";
    EXPECT_EQ(desk.db.count("SELECT hourly_rate_micros FROM state_intervals WHERE to_at IS NULL"), 2 * rate);
    EXPECT_EQ(desk.db.value("SELECT status FROM clusters"), "READY");

    ASSERT_EQ(ask_for(0), "");
    ASSERT_TRUE(has(0)) << desk.story(cluster);
    EXPECT_EQ(desk.resources(), all);
    EXPECT_EQ(desk.db.count("SELECT hourly_rate_micros FROM state_intervals WHERE to_at IS NULL"), rate);
}

TEST_F(DemoWorkers, GoWithTheirCluster) {
    ASSERT_TRUE(is_ready()) << desk.story(cluster);
    ASSERT_EQ(ask_for(2), "");
    ASSERT_TRUE(has(2)) << desk.story(cluster);

    desk.destroy(cluster);

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.resources(), 0);
}

TEST_F(DemoWorkers, KeepTheLimitsOfTheProfile) {
    ASSERT_TRUE(is_ready()) << desk.story(cluster);

    EXPECT_THAT(ask_for(4), testing::HasSubstr("0 to 3 workers"));
    EXPECT_EQ(desk.db.count("SELECT count(*) FROM jobs WHERE type = 'SCALE_WORKERS'"), 0);
}

/// A cluster on AWS whose API is played; its rows were left by an install before.
class LiveCluster : public testing::Test {
  protected:
    LiveCluster() {
        cluster = given::cluster(desk.db, {.name = "alpha",
                                           .owner = desk.people.requester,
                                           .platform = Platform::aws,
                                           .profile = "aws-standard",
                                           .region = "eu-west-1",
                                           .version = "4.20.3"});
        EffectiveOrder order{
            .name = "alpha", .platform = Platform::aws, .version = "4.20.3", .profile = "aws-standard"};
        order.region = "eu-west-1";
        order.team = "demo";
        order.max_ttl_hours = 72;
        order.rates = {.running = Money::dollars(2), .hibernated = Money::dollars(1)};
        order.vcpus = 24;
        order.workers = {.replicas = 3, .min_replicas = 1, .max_replicas = 9, .instance_type = "m6i.xlarge"};
        given::request(desk.db, {.cluster = cluster,
                                 .requester = desk.people.requester,
                                 .state = RequestState::APPROVED,
                                 .effective_order = order.to_json()});
        const auto create = given::job(desk.db, {.cluster = cluster, .status = JobStatus::SUCCEEDED, .attempts = 1});
        desk.db.owner().execute(
            cat("INSERT INTO job_attempts (job_id, attempt, cluster_id, worker, ended_at, outcome, phase, region, "
                "infra_id, account, metadata) VALUES ('",
                create, "', 1, '", cluster, "', 'w', clock_timestamp(), 'SUCCEEDED', 'installed', 'eu-west-1', '",
                kInfraId, "', '123456789012', '{}')"));
        given::outputs(desk.db, cluster);
        FileStore(desk.dir / "store")
            .put("clusters/" + cluster.str() + "/kubeconfig", server.kubeconfig(), Visibility::public_);
        for (const char zone : {'a', 'b', 'c'}) server.add_machine_set(set(zone), 1);
        server.add_node("alpha-x7k2p-master-0", true, "control-plane");
    }

    static std::string set(char zone) { return cat(kInfraId, "-worker-eu-west-1", zone); }
    JobId ask(JobType type, const Json& params = Json::object()) {
        job = given::job(desk.db, {.cluster = cluster, .type = type, .params = params});
        return job;
    }
    /// Runs the job, again after each of its waits, until it is closed.
    std::string ends() {
        const auto closed = comes_true([&] {
            desk.db.owner().execute("UPDATE jobs SET run_after = clock_timestamp()");
            desk.run({"run-job", job.str()});
            return desk.db.value(state()) != "PENDING" && desk.db.value(state()) != "RETRYING";
        });
        EXPECT_TRUE(closed) << desk.story(cluster);
        return desk.db.value(state());
    }
    /// Its attempt goes on behind these steps.
    void resume(const std::vector<std::string>& done) {
        desk.db.owner().execute("UPDATE clusters SET status = 'RESUMING'");
        ask(JobType::RESUME);
        desk.db.owner().execute(cat("INSERT INTO job_attempts (job_id, attempt, cluster_id, worker) VALUES ('", job,
                                    "', 1, '", cluster, "', 'w')"));
        for (std::size_t i = 0; i < done.size(); ++i)
            desk.db.owner().execute(
                cat("INSERT INTO job_steps (job_id, attempt, step, position, ended_at, outcome) VALUES ('", job,
                    "', 1, '", done[i], "', ", i + 1, ", clock_timestamp(), 'DONE')"));
        desk.db.owner().execute(cat("UPDATE jobs SET attempts = 1 WHERE id = '", job, "'"));
    }
    std::string state() const { return cat("SELECT status FROM jobs WHERE id = '", job, "'"); }
    std::string said() { return desk.db.value(cat("SELECT error_code FROM jobs WHERE id = '", job, "'")); }
    Json wish(int workers) { return {{"workers", workers}, {"from", 3}, {"moreVcpus", 0}, {"moreMicros", 0}}; }

    RunningDesk desk;
    KubeServer server;
    CurlTransport transport;
    ClusterId cluster;
    JobId job;
};

TEST_F(LiveCluster, GetsItsWorkersEvenlyOverItsZones) {
    ask(JobType::SCALE_WORKERS, wish(5));

    ASSERT_EQ(ends(), "SUCCEEDED") << desk.story(cluster);
    EXPECT_EQ(server.replicas(set('a')), 2);
    EXPECT_EQ(server.replicas(set('b')), 2);
    EXPECT_EQ(server.replicas(set('c')), 1);
    EXPECT_EQ(server.nodes(), 6);
    EXPECT_EQ(desk.db.value("SELECT workers || ' ' || vcpu || ' ' || status FROM clusters"), "5 32 READY");
}

TEST_F(LiveCluster, LosesWorkersAndTheirPriceWhenTheyAreGone) {
    ask(JobType::SCALE_WORKERS, wish(1));

    ASSERT_EQ(ends(), "SUCCEEDED") << desk.story(cluster);
    EXPECT_EQ(server.nodes(), 2);
    EXPECT_EQ(desk.db.value("SELECT workers || ' ' || vcpu FROM clusters"), "1 16");
}

TEST_F(LiveCluster, IsToldAgainWhenSomebodyElseChangedItAtThatMoment) {
    server.interfere();
    ask(JobType::SCALE_WORKERS, wish(4));

    ASSERT_EQ(ends(), "SUCCEEDED") << desk.story(cluster);
    EXPECT_EQ(server.replicas(set('a')), 2);
    EXPECT_EQ(desk.db.count("SELECT failures FROM jobs WHERE type = 'SCALE_WORKERS'"), 0) << "waiting is not failing";
}

TEST_F(LiveCluster, GoesOnWhereAWorkerDied) {
    make_dir(desk.dir / "kills");
    desk.program = "/proc/self/exe";
    desk.environment = {{kOrdersDir, (desk.dir / "kills").string()}};
    kill_at(desk.dir / "kills", "alpha", {"scale:one"});
    ask(JobType::SCALE_WORKERS, wish(6));

    desk.run({"run-job", job.str()});
    EXPECT_EQ(server.replicas(set('a')), 2) << "it died after the first set";
    EXPECT_EQ(server.replicas(set('b')), 1);
    desk.start_tick();

    ASSERT_TRUE(desk.comes_true(state(), "SUCCEEDED")) << desk.story(cluster);
    EXPECT_EQ(server.replicas(set('b')), 2);
    EXPECT_EQ(desk.db.count("SELECT workers_lost FROM jobs WHERE type = 'SCALE_WORKERS'"), 1);
}

TEST_F(LiveCluster, KeepsTheNumberThatSomebodyElseWants) {
    ask(JobType::SCALE_WORKERS, wish(4));
    desk.run({"run-job", job.str()});
    kube::Api api(transport, server.access());
    api.set_replicas(api.machine_sets(set('c')).at(0), 3);

    EXPECT_EQ(ends(), "FAILED");
    EXPECT_EQ(said(), "workers-changed");
    EXPECT_EQ(desk.status(cluster), ClusterStatus::READY);
}

TEST_F(LiveCluster, IsAskedHowItIs) {
    server.set_version("4.20.3");
    server.add_operator("dns");
    ask(JobType::VERIFY);
    ASSERT_EQ(ends(), "SUCCEEDED") << desk.story(cluster);

    server.add_operator("ingress", true);
    ask(JobType::VERIFY);
    EXPECT_EQ(ends(), "FAILED");
    EXPECT_EQ(said(), "not-healthy");
    EXPECT_EQ(desk.status(cluster), ClusterStatus::READY);
}

TEST_F(LiveCluster, WakesUpWithNewCertificates) {
    server.add_node(set('b') + "-0", true);  // as etcd remembers it from before its sleep
    server.add_request_of(set('b') + "-0");
    resume({"start-machines", "wait-machines"});

    const auto is_awake = comes_true([&] {
        desk.db.owner().execute("UPDATE jobs SET run_after = clock_timestamp()");
        desk.run({"run-job", job.str()});
        return steps_of(desk, "RESUME") == "start-machines wait-machines wait-nodes";
    });

    EXPECT_TRUE(is_awake) << desk.story(cluster);
    EXPECT_EQ(desk.db.count("SELECT count(*) FROM job_logs WHERE text LIKE 'Approved 1 certificate %'"), 2)
        << "one to join with, one to serve with";
    EXPECT_EQ(desk.db.count("SELECT count(*) FROM job_attempts WHERE job_id = '" + job.str() + "'"), 1);
}

TEST_F(LiveCluster, IsNotAwakeBeforeTheLastCertificateIsApproved) {
    server.set_version("4.20.3");
    server.add_operator("dns");
    server.add_request_of(set('b') + "-0");
    resume({"start-machines", "wait-machines", "wait-nodes", "settle"});

    ASSERT_EQ(ends(), "SUCCEEDED") << desk.story(cluster);
    EXPECT_EQ(desk.db.count("SELECT count(*) FROM job_logs WHERE text LIKE 'Approved 1 certificate %'"), 2);
    EXPECT_EQ(desk.status(cluster), ClusterStatus::READY);
}

}  // namespace
}  // namespace desk
