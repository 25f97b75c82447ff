// The files that the `create` verbs put into --dir, and how each is made from the cluster.
#pragma once

#include <string>
#include <vector>

#include "worker/demo/cluster.hpp"
#include "worker/demo/run.hpp"
#include "worker/demo/state.hpp"

namespace desk::demo {

/// Go types of assets, as keys of the state file.
namespace asset {
constexpr auto kPassword = "*password.KubeadminPassword";
constexpr auto kSigner = "*tls.AdminKubeConfigSignerCertKey";
constexpr auto kKubeconfig = "*kubeconfig.AdminClient";
constexpr auto kManifests = "*manifests.Openshift";
constexpr auto kIgnition = "*bootstrap.Bootstrap";
constexpr auto kJournal = "*tls.JournalCertKey";
}  // namespace asset

/// The cluster of --dir: out of the state file, else out of install-config.yaml with new ids. `target` is the asset
/// that the verb wants, as the texts of errors name it. Throws Stop (exit 3 for a broken rule; exit 1 after the prompt
/// that nobody answers when there is no install-config.yaml).
Cluster resolve_cluster(Run& run, State& state, const std::string& target);

/// manifests/, openshift/ and cluster-api/ of a new cluster.
std::vector<AssetFile> make_manifests(const Cluster& cluster);

/// bootstrap.ign with `manifests` inside, master.ign, worker.ign.
std::vector<AssetFile> make_ignition(const Cluster& cluster, const std::vector<AssetFile>& manifests);

/// The files of `asset` in the state, made by `make` and put there when they are not.
template <class Make>
std::vector<AssetFile> ensure_files(State& state, const std::string& asset, Make make) {
    if (const auto files = state.find_files(asset)) return *files;
    state.put_files(asset, make());
    return *state.find_files(asset);
}

std::vector<AssetFile> make_password();
/// auth/kubeconfig, whose client certificate is signed by the authority that the state keeps.
std::vector<AssetFile> ensure_kubeconfig(State& state, const Cluster& cluster);
std::vector<AssetFile> make_journal_certificate();
std::vector<AssetFile> make_variables(const Cluster& cluster);

void write_files(const Run& run, const std::vector<AssetFile>& files);

/// Takes files of the directory, edited or not, into the state, saying "Consuming ..." as the installer does.
void consume_manifests(Run& run, State& state);
void consume_ignition(Run& run, State& state);
void consume_machine_manifests(Run& run);

/// Writes the state file, then deletes what was consumed into it.
void write_state(const Run& run, const State& state);
/// Written before install-config.yaml is deleted, so that whoever sees it gone can destroy. The failure "metadata-late"
/// leaves it out.
void write_metadata(Run& run, const Cluster& cluster);
void consume_install_config(Run& run);

}  // namespace desk::demo
