// outputs: what the person came for. The kubeconfig becomes a public object behind links, the password a sealed secret.
// verify: READY is only said when the kubeconfig can be read back and its hash is right (law 4).
#include "core/store/outputs.hpp"

#include "core/base/archive.hpp"
#include "core/base/crypto.hpp"
#include "core/base/fault_point.hpp"
#include "core/base/text.hpp"
#include "core/store/audit.hpp"
#include "core/store/secrets.hpp"
#include "worker/installer.hpp"
#include "worker/steps/steps.hpp"

namespace desk::worker::steps {

StepResult outputs(StepContext& in) {
    const auto auth = in.install_dir() / "auth";
    const Json metadata = Json::parse(read_file(in.install_dir() / "metadata.json"));
    const std::string kubeconfig = read_file(auth / "kubeconfig");
    const Secret password(std::string(trim(read_file(auth / "kubeadmin-password"))));

    const auto kubeconfig_artifact =
        put_artifact(in, ArtifactType::KUBECONFIG, cat("kubeconfig-", in.cluster.name), kubeconfig);
    const auto bundle = put_sealed_artifact(in, ArtifactType::AUTH_BUNDLE, "auth.tar.zst", pack_directory(auth));
    fault_point("outputs:stored");
    const auto vault = open_secret_vault(in.config);
    in.db.write([&](pg::Transaction& tx) {
        artifacts::add(tx, kubeconfig_artifact);
        artifacts::add(tx, bundle);
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
    const auto artifact = in.db.write([&](pg::Transaction& tx) {
        const auto outputs = desk::outputs::find(tx, in.cluster.id);
        if (!outputs) throw Error(Code::internal, "The outputs are missing.", cat(in.cluster.id, " has no outputs"));
        return artifacts::get(tx, outputs->kubeconfig);
    });
    if (sha256_hex(in.objects.get(artifact.object_key, artifact.visibility())) != artifact.sha256)
        throw Error(Code::internal, "The kubeconfig could not be read back.", cat(artifact.id, " has another hash"));

    const auto make_ready = [id = in.cluster.id](pg::Transaction& tx) {
        if (!clusters::advance(tx, id, ClusterEvent::MAKE_READY, {.outcome = ClusterOutcome::SUCCEEDED}))
            throw Error(Code::conflict, "The cluster's state changed.", cat(id, " is not CREATING any more"));
    };
    return StepResult::done_with(make_ready, "kubeconfig can be downloaded, its hash is right");
}

}  // namespace desk::worker::steps
