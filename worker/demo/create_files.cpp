// `create manifests` and `create ignition-configs`: files only, nothing in the cloud.
#include "core/base/text.hpp"
#include "worker/demo/asset_graph.hpp"
#include "worker/demo/assets.hpp"
#include "worker/demo/verbs.hpp"

namespace desk::demo {

int create_manifests(Run& run) {
    run.cloud();
    State state = State::load(run.call.dir);
    const bool from_state = state.find_cluster().has_value();
    const Cluster cluster = resolve_cluster(run, state, "Master Machines");
    log_fetch(run.log, "Cluster API Manifests", from_state);
    run.enter(Stage::manifests);
    run.pass(row(Stage::manifests).seconds);
    write_state(run, state);
    write_files(run, make_manifests(cluster));
    consume_install_config(run);
    const auto in = [&](const char* name) { return run.call.path(name); };
    run.log.info(cat("Manifests created in: ", in(""), ", ", in("cluster-api"), ", ", in("manifests"), " and ",
                     in("openshift")));
    return exit_code::kDone;
}

int create_ignition_configs(Run& run) {
    run.cloud();
    State state = State::load(run.call.dir);
    const bool from_state = state.find_cluster().has_value();
    const Cluster cluster = resolve_cluster(run, state, "Bootstrap Ignition Config");
    consume_manifests(run, state);
    if (!state.find_files(asset::kManifests)) run.enter(Stage::manifests);
    log_fetch(run.log, "Metadata", from_state);
    run.enter(Stage::ignition);
    run.pass(row(Stage::ignition).seconds);

    const auto manifests = ensure_files(state, asset::kManifests, [&] { return make_manifests(cluster); });
    state.put_files(asset::kIgnition, make_ignition(cluster, manifests));
    const auto kubeconfig = ensure_kubeconfig(state, cluster);
    const auto password = ensure_files(state, asset::kPassword, make_password);
    write_state(run, state);
    write_metadata(run, cluster);
    consume_install_config(run);
    write_files(run, kubeconfig);
    write_files(run, password);
    write_files(run, *state.find_files(asset::kIgnition));
    run.log.info(cat("Ignition-Configs created in: ", run.call.path(""), " and ", run.call.path("auth")));
    return exit_code::kDone;
}

}  // namespace desk::demo
