// outputs: what the person came for. The kubeconfig becomes a public object behind links, the password a sealed secret;
// where somebody else makes the machines, so do the ignition files that they start from.
// verify: READY is only said when all of these can be read back and their hashes are right (law 4).
#include "core/store/outputs.hpp"

#include <array>

#include "core/base/archive.hpp"
#include "core/base/crypto.hpp"
#include "core/base/fault_point.hpp"
#include "core/base/text.hpp"
#include "core/store/audit.hpp"
#include "core/store/secrets.hpp"
#include "worker/installer.hpp"
#include "worker/steps/steps.hpp"

namespace desk::worker::steps {

namespace {

constexpr std::size_t kLongestIgnition = 64U << 20U;
constexpr std::array kIgnitionFiles = {"bootstrap.ign", "master.ign", "worker.ign"};

std::vector<artifacts::Artifact> put_ignition_files(StepContext& in) {
    std::vector<artifacts::Artifact> files;
    for (const char* name : kIgnitionFiles)
        files.push_back(put_artifact(in, ArtifactType::IGNITION, cat(in.cluster.name, '-', name),
                                     read_file(in.install_dir() / name, kLongestIgnition)));
    return files;
}

/// Everything that a person gets by links, as rows.
std::vector<artifacts::Artifact> handed_out(StepContext& in) {
    return in.db.write([&](pg::Transaction& tx) {
        const auto outputs = desk::outputs::find(tx, in.cluster.id);
        if (!outputs) throw Error(Code::internal, "The outputs are missing.", cat(in.cluster.id, " has no outputs"));
        std::vector<artifacts::Artifact> all = {artifacts::get(tx, outputs->kubeconfig)};
        for (auto& one : artifacts::of_cluster(tx, in.cluster.id))
            if (one.type == ArtifactType::IGNITION && one.attempt == all.front().attempt) all.push_back(std::move(one));
        return all;
    });
}

}  // namespace

StepResult outputs(StepContext& in) {
    const auto auth = in.install_dir() / "auth";
    const Json metadata = Json::parse(read_file(in.install_dir() / "metadata.json"));
    const std::string kubeconfig = read_file(auth / "kubeconfig");
    const Secret password(std::string(trim(read_file(auth / "kubeadmin-password"))));

    const auto kubeconfig_artifact =
        put_artifact(in, ArtifactType::KUBECONFIG, cat("kubeconfig-", in.cluster.name), kubeconfig);
    const auto bundle = put_sealed_artifact(in, ArtifactType::AUTH_BUNDLE, "auth.tar.zst", pack_directory(auth));
    const auto ignition = in.platform.makes_machines() ? std::vector<artifacts::Artifact>() : put_ignition_files(in);
    fault_point("outputs:stored");
    const auto vault = open_secret_vault(in.config);
    in.db.write([&](pg::Transaction& tx) {
        artifacts::add(tx, kubeconfig_artifact);
        artifacts::add(tx, bundle);
        for (const auto& file : ignition) artifacts::add(tx, file);
        const auto password_id =
            SealedSecrets(tx, in.keys, vault.get()).put(in.cluster.id.str(), "kubeadmin-password", password);
        desk::outputs::store(tx, {.cluster_id = in.cluster.id,
                                  .api_url = in.order.api_url(),
                                  .console_url = in.order.console_url(),
                                  .kubeconfig = kubeconfig_artifact.id,
                                  .kubeadmin_password = password_id,
                                  .infra_id = metadata.at("infraID"),
                                  .metadata = metadata});
    });
    return StepResult::done();
}

StepResult verify(StepContext& in) {
    for (const auto& artifact : handed_out(in))
        if (sha256_hex(in.objects.get(artifact.object_key, artifact.visibility())) != artifact.sha256)
            throw Error(Code::internal, cat("The ", artifact.file_name, " could not be read back."),
                        cat(artifact.id, " has another hash"));

    const auto make_ready = [id = in.cluster.id](pg::Transaction& tx) {
        if (!clusters::advance(tx, id, ClusterEvent::MAKE_READY, {.outcome = ClusterOutcome::SUCCEEDED}))
            throw Error(Code::conflict, "The cluster's state changed.", cat(id, " is not CREATING any more"));
    };
    return StepResult::done_with(make_ready, in.platform.makes_machines()
                                                 ? "kubeconfig can be downloaded, its hash is right"
                                                 : "handed over: kubeconfig and ignition files can be downloaded");
}

}  // namespace desk::worker::steps
