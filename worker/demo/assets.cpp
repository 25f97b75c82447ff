#include "worker/demo/assets.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "worker/demo/interrupt.hpp"
#include "worker/demo/kubeconfig.hpp"
#include "worker/demo/names.hpp"
#include "worker/demo/x509.hpp"

namespace desk::demo {
namespace {

constexpr int kTenYears = 3650;

/// No install-config.yaml: the real installer asks on the terminal. Nobody who runs it as a child answers.
[[noreturn]] void prompt_for_platform(Run& run, const std::string& target) {
    write_all(
        STDOUT_FILENO,
        "\x1b[?25l\x1b[0;92m? \x1b[0m\x1b[0;1;99mPlatform \x1b[0m  \x1b[0;36m[Use arrows to move, type to filter, ? "
        "for more help]\x1b[0m\n\x1b[0;36m\x1b[0;1m> aws\x1b[0m\n  azure\n  demo\n  gcp\n  ibmcloud\n");
    std::array<char, 256> typed{};
    do {
        if (wait_for_input(STDIN_FILENO)) run.pass(0);
    } while (::read(STDIN_FILENO, typed.data(), typed.size()) > 0);
    fatal(cat(
        "failed to fetch ", target,
        ": failed to fetch dependency of \"Cluster ID\": failed to fetch dependency of \"Install Config\": failed to "
        "generate asset \"Platform\": EOF"));
}

struct ManifestRow {
    std::string_view name, text;
};

// A readable part of what the real installer writes.
constexpr std::array kManifests = {
    ManifestRow{
        "manifests/cluster-config.yaml",
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: cluster-config-v1\n  namespace: kube-system\ndata:\n"
        "  install-config: |\n    metadata:\n      name: {name}\n    baseDomain: {base}\n"},
    ManifestRow{"manifests/cluster-dns-02-config.yml",
                "apiVersion: config.openshift.io/v1\nkind: DNS\nmetadata:\n  name: cluster\nspec:\n"
                "  baseDomain: {domain}\n  privateZone:\n    tags:\n      Name: {infra}-int\n"
                "      kubernetes.io/cluster/{infra}: owned\n  publicZone:\n    id: Z0DEMO\nstatus: {}\n"},
    ManifestRow{"manifests/cluster-infrastructure-02-config.yml",
                "apiVersion: config.openshift.io/v1\nkind: Infrastructure\nmetadata:\n  name: cluster\nspec:\n"
                "  platformSpec: {}\nstatus:\n  apiServerInternalURI: https://api-int.{domain}:6443\n"
                "  apiServerURL: https://api.{domain}:6443\n  infrastructureName: {infra}\n"},
    ManifestRow{"manifests/cluster-ingress-02-config.yml",
                "apiVersion: config.openshift.io/v1\nkind: Ingress\nmetadata:\n  name: cluster\nspec:\n"
                "  domain: apps.{domain}\n"},
    ManifestRow{"manifests/cluster-network-02-config.yml",
                "apiVersion: config.openshift.io/v1\nkind: Network\nmetadata:\n  name: cluster\nspec:\n"
                "  networkType: OVNKubernetes\n"},
    ManifestRow{"manifests/cluster-proxy-01-config.yaml",
                "apiVersion: config.openshift.io/v1\nkind: Proxy\nmetadata:\n  name: cluster\nspec: {}\n"},
    ManifestRow{"manifests/cluster-scheduler-02-config.yml",
                "apiVersion: config.openshift.io/v1\nkind: Scheduler\nmetadata:\n  name: cluster\nspec:\n"
                "  mastersSchedulable: false\n"},
    ManifestRow{"manifests/cvo-overrides.yaml",
                "apiVersion: config.openshift.io/v1\nkind: ClusterVersion\nmetadata:\n  name: version\n"
                "  namespace: openshift-cluster-version\nspec:\n  channel: {channel}\n  clusterID: {uuid}\n"},
    ManifestRow{
        "openshift/99_openshift-machineconfig_99-master-ssh.yaml",
        "apiVersion: machineconfiguration.openshift.io/v1\nkind: MachineConfig\nmetadata:\n  name: 99-master-ssh\n"},
    ManifestRow{"openshift/openshift-install-manifests.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: openshift-install-manifests\n"
                "  namespace: openshift-config\ndata:\n  invoker: user\n"},
    ManifestRow{"cluster-api/000_capi-namespace.yaml",
                "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: openshift-cluster-api-guests\n"},
    ManifestRow{"cluster-api/01_capi-cluster.yaml",
                "apiVersion: cluster.x-k8s.io/v1beta1\nkind: Cluster\nmetadata:\n  name: {infra}\n"
                "  namespace: openshift-cluster-api-guests\n"},
    ManifestRow{"cluster-api/02_infra-cluster.yaml",
                "apiVersion: infrastructure.cluster.x-k8s.io/v1beta2\nkind: AWSCluster\nmetadata:\n  name: {infra}\n"
                "  namespace: openshift-cluster-api-guests\nspec:\n  region: {region}\n"},
};

constexpr std::string_view kMachine =
    "apiVersion: machine.openshift.io/v1beta1\nkind: Machine\nmetadata:\n  name: {infra}-master-{n}\n"
    "  namespace: openshift-machine-api\n  labels:\n    machine.openshift.io/cluster-api-cluster: {infra}\n";
constexpr std::string_view kMachineSet =
    "apiVersion: machine.openshift.io/v1beta1\nkind: MachineSet\nmetadata:\n  name: {infra}-worker-{region}a\n"
    "  namespace: openshift-machine-api\nspec:\n  replicas: {n}\n";
constexpr std::string_view kInfraMachine =
    "apiVersion: infrastructure.cluster.x-k8s.io/v1beta2\nkind: AWSMachine\nmetadata:\n  name: {infra}-master-{n}\n"
    "  namespace: openshift-cluster-api-guests\n";

/// Every file below `folder` of --dir, sorted; names keep the folder. Programs, which are unpacked there too, are no
/// assets.
std::vector<AssetFile> files_below(const Run& run, const std::string& folder) {
    std::vector<AssetFile> files;
    if (!run.has_file(folder)) return files;
    for (const auto& entry : fs::recursive_directory_iterator(run.call.dir / folder)) {
        const bool is_program = (entry.status().permissions() & fs::perms::owner_exec) != fs::perms::none;
        if (!entry.is_regular_file() || is_program) continue;
        const auto name = entry.path().lexically_relative(run.call.dir).string();
        files.push_back({.name = name, .bytes = read_file(entry.path())});
    }
    std::sort(files.begin(), files.end(), [](const AssetFile& a, const AssetFile& b) { return a.name < b.name; });
    return files;
}

void say_consuming(Run& run, std::initializer_list<std::string_view> assets) {
    for (const auto name : assets) run.log.info(cat("Consuming ", name, " from target directory"));
}

Json pointer_ignition(const Cluster& cluster, const std::string& role) {
    const std::string source = "https://api-int." + cluster.domain() + ":22623/config/" + role;
    return {{"ignition", {{"version", "3.2.0"}, {"config", {{"merge", {{{"source", source}}}}}}}}};
}

Cluster new_cluster(Run& run, InstallConfig config) {
    if (config.name.size() > kMaxInfraBase) {
        run.log.warning(cat("Length of cluster name \"", config.name, "\" is ", config.name.size(),
                            " which is greater than the max ", kMaxInfraBase,
                            " allowed. The name will be truncated to \"", config.name.substr(0, kMaxInfraBase), "\""));
    }
    const std::string infra_id = new_infra_id(config.name);
    return {.config = std::move(config), .infra_id = infra_id, .uuid = new_uuid()};
}

}  // namespace

Cluster resolve_cluster(Run& run, State& state, const std::string& target) {
    auto cluster = state.find_cluster();
    if (run.has_file("install-config.yaml")) {
        auto [config, warnings] =
            read_install_config(run.call.dir / "install-config.yaml", target, run.settings.strict);
        for (const auto& warning : warnings) run.log.warning(warning);
        // Another install config makes another cluster; the same one goes on with what the state file knows.
        if (!cluster || cluster->config.document != config.document) {
            state = State();
            cluster = new_cluster(run, std::move(config));
        }
        run.words = cluster->words();
        run.enter(Stage::config);
    } else if (!cluster) {
        prompt_for_platform(run, target);
    }
    state.put_cluster(*cluster);
    run.words = cluster->words();
    run.words["dir"] = run.call.path("");
    return *cluster;
}

std::vector<AssetFile> make_manifests(const Cluster& cluster) {
    Words words = cluster.words();
    words["uuid"] = cluster.uuid;
    words["channel"] = "stable-4";
    std::vector<AssetFile> files;
    for (const auto& [name, text] : kManifests)
        files.push_back({.name = std::string(name), .bytes = fill(text, words)});
    for (int n = 0; n < cluster.config.control_planes; ++n) {
        words["n"] = std::to_string(n);
        files.push_back({.name = cat("openshift/99_openshift-cluster-api_master-machines-", n, ".yaml"),
                         .bytes = fill(kMachine, words)});
        files.push_back({.name = cat("cluster-api/machines/10_inframachine_", cluster.infra_id, "-master-", n, ".yaml"),
                         .bytes = fill(kInfraMachine, words)});
    }
    words["n"] = std::to_string(cluster.config.workers);
    files.push_back(
        {.name = "openshift/99_openshift-cluster-api_worker-machineset-0.yaml", .bytes = fill(kMachineSet, words)});
    return files;
}

std::vector<AssetFile> make_ignition(const Cluster& cluster, const std::vector<AssetFile>& manifests) {
    Json stored = Json::array();
    for (const auto& file : manifests) {
        stored.push_back({{"path", "/opt/openshift/" + file.name},
                          {"mode", 0644},
                          {"contents", {{"source", "data:text/plain;charset=utf-8;base64," + base64(file.bytes)}}}});
    }
    const Json bootstrap = {{"ignition", {{"version", "3.2.0"}}}, {"storage", {{"files", stored}}}};
    return {{.name = "bootstrap.ign", .bytes = bootstrap.dump()},
            {.name = "master.ign", .bytes = pointer_ignition(cluster, "master").dump()},
            {.name = "worker.ign", .bytes = pointer_ignition(cluster, "worker").dump()}};
}

std::vector<AssetFile> make_password() { return {{.name = "auth/kubeadmin-password", .bytes = new_password()}}; }

std::vector<AssetFile> ensure_kubeconfig(State& state, const Cluster& cluster) {
    const auto pair_files = ensure_files(state, asset::kSigner, [] {
        const KeyPair pair =
            make_authority({.common_name = "admin-kubeconfig-signer", .organization = "openshift"}, kTenYears);
        return std::vector<AssetFile>{{.name = "tls/admin-kubeconfig-signer.crt", .bytes = pair.certificate},
                                      {.name = "tls/admin-kubeconfig-signer.key", .bytes = pair.key}};
    });
    const KeyPair signer{.certificate = pair_files.at(0).bytes, .key = pair_files.at(1).bytes};
    return ensure_files(state, asset::kKubeconfig, [&] {
        const auto kubeconfig = Kubeconfig::make(cluster.config.name, cluster.api_url(), signer);
        return std::vector<AssetFile>{{.name = "auth/kubeconfig", .bytes = kubeconfig.yaml()}};
    });
}

std::vector<AssetFile> make_journal_certificate() {
    const KeyPair pair = make_authority({.common_name = "journal-gatewayd", .organization = "openshift"}, kTenYears);
    return {{.name = "tls/journal-gatewayd.crt", .bytes = pair.certificate},
            {.name = "tls/journal-gatewayd.key", .bytes = pair.key}};
}

std::vector<AssetFile> make_variables(const Cluster& cluster) {
    const Json common = {{"cluster_id", cluster.infra_id},
                         {"cluster_domain", cluster.domain()},
                         {"base_domain", cluster.config.base_domain},
                         {"master_count", cluster.config.control_planes}};
    const Json platform = {{"region", cluster.config.region}, {"extra_tags", cluster.tags()}};
    return {{.name = "terraform.tfvars.json", .bytes = common.dump(2)},
            {.name = "terraform.platform.auto.tfvars.json", .bytes = platform.dump(2)}};
}

void write_files(const Run& run, const std::vector<AssetFile>& files) {
    for (const auto& file : files) run.write_file(file.name, file.bytes);
}

void consume_manifests(Run& run, State& state) {
    std::vector<AssetFile> files = files_below(run, "manifests");
    for (auto& file : files_below(run, "openshift")) files.push_back(std::move(file));
    if (files.empty()) return;
    say_consuming(run, {"Openshift Manifests", "Common Manifests", "OpenShift Install (Manifests)", "Worker Machines",
                        "Master Machines"});
    state.put_files(asset::kManifests, files);
}

void consume_ignition(Run& run, State& state) {
    if (!run.has_file("bootstrap.ign")) return;
    say_consuming(run, {"Bootstrap Ignition Config", "Master Ignition Config", "Worker Ignition Config"});
    std::vector<AssetFile> files;
    for (const auto* name : {"bootstrap.ign", "master.ign", "worker.ign"}) {
        if (run.has_file(name)) files.push_back({.name = name, .bytes = read_file(run.call.dir / name)});
    }
    state.put_files(asset::kIgnition, files);
}

void consume_machine_manifests(Run& run) {
    const auto files = files_below(run, "cluster-api");
    const bool has_manifests =
        std::any_of(files.begin(), files.end(), [](const AssetFile& file) { return file.name.ends_with(".yaml"); });
    if (!has_manifests) return;
    say_consuming(run, {"Cluster API Manifests", "Cluster API Machine Manifests"});
    for (const auto& file : files)
        if (file.name.ends_with(".yaml")) run.remove_file(file.name);
    run.remove_file("cluster-api/machines");
}

void write_state(const Run& run, const State& state) {
    run.write_file(State::kFile, state.text());
    // Only now: what was consumed is in the state, so a kill in between loses nothing.
    for (const auto* name : {"manifests", "openshift", "bootstrap.ign", "master.ign", "worker.ign"})
        run.remove_file(name);
}

void write_metadata(Run& run, const Cluster& cluster) {
    if (!run.is_struck_by("metadata-late")) run.write_file("metadata.json", cluster.metadata());
}

void consume_install_config(Run& run) {
    if (!run.has_file("install-config.yaml")) return;
    say_consuming(run, {"Install Config"});
    run.remove_file("install-config.yaml");
}

}  // namespace desk::demo
