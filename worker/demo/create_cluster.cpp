// `create cluster`: assets and checks, infrastructure, bootstrap, and the wait for the cluster.
#include <algorithm>
#include <string>

#include "core/base/text.hpp"
#include "worker/demo/asset_graph.hpp"
#include "worker/demo/assets.hpp"
#include "worker/demo/capi.hpp"
#include "worker/demo/failure_scripts.hpp"
#include "worker/demo/preflight.hpp"
#include "worker/demo/resources.hpp"
#include "worker/demo/verbs.hpp"
#include "worker/demo/waiting.hpp"

namespace desk::demo {
namespace {

constexpr double kFirstPause = 10;  // seconds of the installer's time

void refuse_second_run(const Run& run) {
    if (!run.has_file(LocalControlPlane::kKubeconfig)) return;
    fatal(
        "failed to fetch Cluster: failed to load asset \"Cluster\": local infrastructure provisioning artifacts "
        "already "
        "exist. There may already be a running cluster");
}

void log_credentials(Run& run, const Cluster& cluster) {
    run.log.info(run.cloud().credentials_line());
    if (cluster.config.workers == 0) {
        run.log.warning(
            "Making control-plane schedulable by setting MastersSchedulable to true for Scheduler cluster settings");
    }
    constexpr double kTenYears = 3650.0 * 86400;
    for (const auto* name : {"CA", "TLS"}) {
        run.log.info(cat("Successfully populated MCS ", name, " cert information: root-ca ", rfc3339_now(kTenYears),
                         " ", rfc3339_now()));
    }
}

/// Everything up to the first call that creates something: afterwards the directory holds all that a destroy needs.
Cluster prepare(Run& run, State& state) {
    const bool from_state = state.find_cluster().has_value();
    const Cluster cluster = resolve_cluster(run, state, "Metadata");
    log_credentials(run, cluster);
    consume_manifests(run, state);
    consume_ignition(run, state);
    if (!state.find_files(asset::kManifests)) run.enter(Stage::manifests);
    const auto manifests = ensure_files(state, asset::kManifests, [&] { return make_manifests(cluster); });
    ensure_files(state, asset::kIgnition, [&] { return make_ignition(cluster, manifests); });
    const auto kubeconfig = ensure_kubeconfig(state, cluster);
    const auto password = ensure_files(state, asset::kPassword, make_password);
    const auto journal = ensure_files(state, asset::kJournal, make_journal_certificate);
    log_fetch(run.log, "Metadata", from_state);
    write_state(run, state);
    write_metadata(run, cluster);
    consume_install_config(run);
    if (cluster.config.platform == "none") {
        fatal("cannot create the cluster because \"none\" is a UPI platform");
    }
    run.log_version();
    log_fetch(run.log, "Cluster", from_state);
    run.enter(Stage::assets);
    run.pass(row(Stage::assets).seconds);
    check_cloud(run, cluster);
    write_files(run, make_variables(cluster));
    write_files(run, kubeconfig);
    write_files(run, password);
    write_files(run, journal);
    return cluster;
}

/// False when it was refused, and why is told at debug.
bool try_to_create(Run& run, const Cluster& cluster, Resource& thing) {
    try {
        run.cloud().create(cluster.infra_id, thing);
        return true;
    } catch (const Refused& why) {
        run.log.debug(cat("\"Reconciler error\" err=\"", why.what(), '"'));
        return false;
    }
}

/// As a controller: tries after twice the time again, until the stage's is over.
void create(Run& run, const Cluster& cluster, Resource& thing) {
    double left = row(Stage::net).timeout_seconds;
    for (double pause = kFirstPause; !try_to_create(run, cluster, thing); left -= pause, pause *= 2) {
        if (left <= 0) {
            const auto& last = get_script("infra").lines.back();
            throw Stop{.code = exit_code::kInfrastructure, .level = last.level, .message = fill(last.text, run.words)};
        }
        run.pass(std::min(pause, left));
    }
}

/// Creates the things of `stage` evenly over its time.
void create_things(Run& run, const Cluster& cluster, Stage stage) {
    auto things = planned(cluster, stage);
    for (auto& thing : things) {
        create(run, cluster, thing);
        run.log.debug(cat("Created ", thing.type, " ", thing.id), {{"name", thing.name}});
        run.pass(row(stage).seconds / static_cast<double>(things.size()));
    }
}

void claim_domain(Run& run, const Cluster& cluster) {
    const DomainOwner owner{.infra_id = cluster.infra_id, .region = cluster.config.region};
    // Two clusters of one name can both pass the check before; here the second one finds the zone.
    if (!run.cloud().claim_domain(cluster.config.base_domain, cluster.config.name, owner)) act_out(run, "phz");
}

void build_network(Run& run, const Cluster& cluster, LocalControlPlane& capi) {
    capi.start();
    capi.create_network_manifests();
    run.log.info(cat("Waiting up to 15m0s (until ", until(row(Stage::net).timeout_seconds),
                     ") for network infrastructure to become ready..."));
    run.enter(Stage::net);
    if (is_network_refused(run, cluster)) act_out(run, "infra");
    create_things(run, cluster, Stage::net);
    run.log.info("Network infrastructure is ready");
}

void build_machines(Run& run, const Cluster& cluster, LocalControlPlane& capi) {
    run.log.info("Creating Route53 records for control plane load balancer");
    claim_domain(run, cluster);
    run.log.info("Created private Hosted Zone");
    capi.create_machine_manifests();
    std::vector<std::string> machines = {cluster.infra_id + "-bootstrap"};
    for (int n = 0; n < cluster.config.control_planes; ++n) machines.push_back(cat(cluster.infra_id, "-master-", n));
    run.log.info(cat("Waiting up to 15m0s (until ", until(row(Stage::machines).timeout_seconds), ") for machines [",
                     join(machines, " "), "] to provision..."));
    run.enter(Stage::machines);
    create_things(run, cluster, Stage::machines);
    run.log.info("Control-plane machines are ready");
    run.log.info("Cluster API resources have been created. Waiting for cluster to become ready...");
    consume_machine_manifests(run);
}

void destroy_bootstrap(Run& run, const Cluster& cluster, LocalControlPlane& capi) {
    run.log.info("Destroying the bootstrap resources...");
    run.log.info(cat("Waiting up to 5m0s for bootstrap machine deletion openshift-cluster-api-guests/",
                     cluster.infra_id, "-bootstrap..."));
    run.enter(Stage::bootstrap_destroy);
    run.pass(row(Stage::bootstrap_destroy).seconds);
    for (const auto& thing : planned_for_bootstrap(cluster)) run.cloud().remove(cluster.infra_id, thing);
    capi.shut_down();
    run.log.info("Finished destroying bootstrap resources");
}

/// From the first thing in the cloud to the end of the bootstrap machine.
void build(Run& run, const Cluster& cluster) {
    run.log.info("Creating infrastructure resources...");
    run.log.info("Reconciling IAM roles for control-plane and compute nodes");
    run.log.info("Creating IAM role for master");
    run.log.info("Creating IAM role for worker");
    run.enter(Stage::iam);
    create_things(run, cluster, Stage::iam);

    LocalControlPlane capi(run, cluster);
    try {
        build_network(run, cluster, capi);
        build_machines(run, cluster, capi);
        wait_for_api(run, cluster.api_url());
        wait_for_bootstrap(run, [&](double seconds) {
            for (auto& thing : planned(cluster, Stage::bootstrap)) create(run, cluster, thing);
            run.pass(seconds);
        });
        destroy_bootstrap(run, cluster, capi);
    } catch (const Panic&) {
        throw;  // a Go panic tears nothing down: the provider lives on
    } catch (...) {
        capi.shut_down();
        throw;
    }
}

}  // namespace

int create_cluster(Run& run) {
    run.cloud();
    refuse_second_run(run);
    State state = State::load(run.call.dir);
    const Cluster cluster = prepare(run, state);
    build(run, cluster);
    return wait_for_cluster(run, cluster.domain());
}

}  // namespace desk::demo
