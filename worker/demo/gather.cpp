// `gather bootstrap`: logs of the bootstrap machine as a bundle.
#include "core/base/text.hpp"
#include "worker/demo/log_bundle.hpp"
#include "worker/demo/state.hpp"
#include "worker/demo/verbs.hpp"

namespace desk::demo {

int gather_bootstrap(Run& run) {
    const auto cluster = State::load(run.call.dir).find_cluster();
    if (cluster) run.words = cluster->words();
    const std::string machine =
        cat(".clusterapi_output/Machine-openshift-cluster-api-guests-", fill("{infra}", run.words), "-bootstrap.yaml");
    if (run.call.bootstrap_host.empty() && !run.has_file(machine)) fatal("must provide bootstrap host address");
    run.log.info("Pulling debug logs from the bootstrap machine");
    run.log.info(cat("Bootstrap gather logs captured here \"", write_log_bundle(run), "\""));
    return exit_code::kDone;
}

}  // namespace desk::demo
