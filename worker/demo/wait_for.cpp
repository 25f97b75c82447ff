// `wait-for bootstrap-complete` and `wait-for install-complete`: need only auth/kubeconfig, and the cluster in the
// cloud.
#include "core/base/text.hpp"
#include "worker/demo/kubeconfig.hpp"
#include "worker/demo/verbs.hpp"
#include "worker/demo/waiting.hpp"

namespace desk::demo {
namespace {

Kubeconfig get_kubeconfig(const Run& run) {
    const std::string path = run.call.path("auth/kubeconfig");
    if (!run.has_file("auth/kubeconfig")) fatal(cat("loading kubeconfig: stat ", path, ": no such file or directory"));
    auto kubeconfig = Kubeconfig::parse(read_file(path));
    if (!kubeconfig) fatal(cat("loading kubeconfig: error loading config file \"", path, "\""));
    return *std::move(kubeconfig);
}

/// The cluster's domain; ends with `code` after `stage`'s timeout when no cluster answers there.
std::string get_answering_domain(Run& run, Stage stage, int code) {
    const Kubeconfig kubeconfig = get_kubeconfig(run);
    const std::string domain = kubeconfig.domain();
    run.words["domain"] = domain;
    run.words["name"] = kubeconfig.cluster;
    if (run.cloud().find_domain_owner(domain)) return domain;
    run.pass(row(stage).timeout_seconds);
    throw Stop{.code = code,
               .level = Level::error,
               .message = cat("failed waiting for Kubernetes API: Get \"", kubeconfig.server,
                              "/version\": dial tcp: lookup api.", domain, ": no such host")};
}

}  // namespace

int wait_for_bootstrap_complete(Run& run) {
    const std::string domain = get_answering_domain(run, Stage::api, exit_code::kBootstrap);
    wait_for_api(run, "https://api." + domain + ":6443");
    wait_for_bootstrap(run, [&](double seconds) { run.pass(seconds); });
    run.log.info("It is now safe to remove the bootstrap resources");
    run.log.info("Time elapsed: " + go_duration(run.clock.elapsed()));
    return exit_code::kDone;
}

int wait_for_install_complete(Run& run) {
    return wait_for_cluster(run, get_answering_domain(run, Stage::initialize, exit_code::kInstall));
}

}  // namespace desk::demo
