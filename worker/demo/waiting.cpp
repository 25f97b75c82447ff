#include "worker/demo/waiting.hpp"

#include <array>
#include <iomanip>
#include <sstream>

#include "core/base/text.hpp"
#include "worker/demo/kubeconfig.hpp"

namespace desk::demo {
namespace {

constexpr int kManifestsApplied = 901;  // that the cluster version operator applies in 4.19
constexpr int kInitializeTicks = 30;
constexpr int kApiTicks = 10;
constexpr std::array<std::string_view, 8> kOperators = {
    "authentication", "console", "dns", "etcd", "image-registry", "ingress", "kube-apiserver", "monitoring"};

/// "v1.33.6" of OpenShift 4.20.3: Kubernetes is 13 minors ahead of OpenShift 4.
std::string kubernetes_version(const std::string& version) {
    const auto parts = split(version, '.');
    const auto minor = parts.size() > 1 ? parse_int(parts[1]).value_or(20) : 20;
    return cat("v1.", minor + 13, ".6");
}

void log_stage_times(Run& run) {
    struct StageTime {
        std::string_view name;
        double seconds;
    };
    const std::array times = {
        StageTime{"Network-infrastructure Provisioning", row(Stage::net).seconds},
        StageTime{"Machine Provisioning", row(Stage::machines).seconds},
        StageTime{"Bootstrap Complete", row(Stage::api).seconds + row(Stage::bootstrap).seconds},
        StageTime{"API", row(Stage::api).seconds},
        StageTime{"Bootstrap Destroy", row(Stage::bootstrap_destroy).seconds},
        StageTime{"Cluster Operators Available", row(Stage::initialize).seconds},
        StageTime{"Cluster Operators Stable", row(Stage::stable).seconds},
    };
    run.log.debug("Time elapsed per stage:");
    for (const auto& [name, seconds] : times) {
        std::ostringstream line;
        line << std::setw(36) << name << ": " << go_duration(seconds);
        run.log.debug(line.str());
    }
}

void initialize(Run& run, const std::string& api_url) {
    run.log.info(cat("Waiting up to 40m0s (until ", until(row(Stage::initialize).timeout_seconds),
                     ") for the cluster at ", api_url, " to initialize..."));
    run.enter(Stage::initialize);
    for (int tick = 1; tick <= kInitializeTicks; ++tick) {
        const int done = kManifestsApplied * tick / kInitializeTicks;
        const int percent = 100 * tick / kInitializeTicks;
        run.log.debug(cat("Still waiting for the cluster to initialize: Working towards ", run.settings.version, ": ",
                          done, " of ", kManifestsApplied, " done (", percent, "% complete)",
                          tick < kInitializeTicks ? ", waiting on authentication, console, ingress" : ""));
        run.pass(row(Stage::initialize).seconds / kInitializeTicks);
    }
    run.log.debug("Cluster is initialized");
}

void stabilize(Run& run) {
    run.log.info(cat("Waiting up to 30m0s (until ", until(row(Stage::stable).timeout_seconds),
                     ") to ensure each cluster operator has finished progressing..."));
    run.enter(Stage::stable);
    for (const auto name : kOperators) {
        run.pass(row(Stage::stable).seconds / kOperators.size());
        run.log.debug(cat("Cluster Operator ", name, " is stable"));
    }
    run.log.info("All cluster operators have completed progressing");
}

void finish_kubeconfig(Run& run) {
    const fs::path path = run.call.dir / "auth/kubeconfig";
    auto kubeconfig = Kubeconfig::parse(read_file(path));
    if (!kubeconfig) fatal("loading kubeconfig: error loading config file \"" + path.string() + "\"");
    kubeconfig->trust_router();
    run.write_file("auth/kubeconfig", kubeconfig->yaml());
}

void print_access(Run& run, const std::string& domain) {
    const std::string password_file = run.call.path("auth/kubeadmin-password");
    if (!run.has_file("auth/kubeadmin-password")) {
        throw Stop{.code = exit_code::kInstall,
                   .level = Level::error,
                   .message = "open " + password_file + ": no such file or directory"};
    }
    run.log.info("Install complete!");
    run.log.info("To access the cluster as the system:admin user when using 'oc', run\n    export KUBECONFIG=" +
                 fs::absolute(run.call.path("auth/kubeconfig")).string());
    run.log.info("Access the OpenShift web-console here: https://console-openshift-console.apps." + domain);
    if (run.call.skip_password_print) {
        run.log.info("Credentials omitted, if necessary verify the " + password_file + " file");
    } else {
        run.log.info(
            cat("Login to the console with user: \"kubeadmin\", and password: \"", read_file(password_file), "\""));
    }
}

}  // namespace

void wait_for_api(Run& run, const std::string& api_url) {
    run.log.info(cat("Waiting up to 20m0s (until ", until(row(Stage::api).timeout_seconds),
                     ") for the Kubernetes API at ", api_url, "..."));
    run.enter(Stage::api);
    const std::string host = api_url.substr(8, api_url.rfind(':') - 8);
    for (int tick = 0; tick < kApiTicks; ++tick) {
        const char* why = tick < kApiTicks / 2 ? ": no such host" : "203.0.113.10:6443: connect: connection refused";
        run.log.debug(cat("Still waiting for the Kubernetes API: Get \"", api_url, "/version\": dial tcp ",
                          tick < kApiTicks / 2 ? "lookup " + host : "", why));
        run.pass(row(Stage::api).seconds / kApiTicks);
    }
    run.log.info(cat("API ", kubernetes_version(run.settings.version), " up"));
}

void wait_for_bootstrap(Run& run, const std::function<void(double)>& meanwhile) {
    const double seconds = row(Stage::bootstrap).seconds;
    run.log.info(cat("Waiting up to 45m0s (until ", until(row(Stage::bootstrap).timeout_seconds),
                     ") for bootstrapping to complete..."));
    run.enter(Stage::bootstrap);
    run.pass(seconds * 2 / 3);
    run.log.info("Waiting for the bootstrap etcd member to be removed...");
    meanwhile(seconds / 3);
    run.log.info("Bootstrap etcd member has been removed");
    run.log.debug("Bootstrap status: complete");
}

int wait_for_cluster(Run& run, const std::string& domain) {
    const std::string api_url = "https://api." + domain + ":6443";
    initialize(run, api_url);
    stabilize(run);
    run.log.info("Checking to see if there is a route at openshift-console/console...");
    run.log.debug("Route found in openshift-console namespace: console");
    run.log.debug("OpenShift console route is admitted");
    finish_kubeconfig(run);
    if (run.is_struck_by("exit0-no-complete")) return exit_code::kDone;
    print_access(run, domain);
    log_stage_times(run);
    run.log.info("Time elapsed: " + go_duration(run.clock.elapsed()));
    return exit_code::kDone;
}

}  // namespace desk::demo
