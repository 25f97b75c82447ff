// snapshot: the key before the cloud. infraID, metadata and the sealed install directory are stored and read back
// before anything is created, so that any host can destroy, or go on with, what follows.
#include "core/base/archive.hpp"
#include "core/base/crypto.hpp"
#include "core/base/fault_point.hpp"
#include "core/base/text.hpp"
#include "core/cloud/sealed_object.hpp"
#include "worker/installer.hpp"
#include "worker/steps/steps.hpp"

namespace desk::worker::steps {
namespace {

constexpr std::size_t kLongestMetadata = 64U << 10U;  // it has under 1 KB

/// The snapshot that an earlier run of this step stored.
bool is_stored(StepContext& in) {
    return in.db.write([&](pg::Transaction& tx) {
        return artifacts::newest(tx, in.job, in.attempt, ArtifactType::INSTALL_DIR_SNAPSHOT).has_value();
    });
}

}  // namespace

StepResult snapshot(StepContext& in) {
    if (is_stored(in)) return StepResult::done("stored before");
    const Json metadata = Json::parse(read_file(in.install_dir() / "metadata.json", kLongestMetadata));
    const std::string infra_id = metadata.at("infraID");

    const Secret plain = pack_directory(in.install_dir());
    auto artifact =
        put_sealed_artifact(in, ArtifactType::INSTALL_DIR_SNAPSHOT, cat("install-dir-", infra_id, ".tar.zst"), plain);
    const Secret read_back = get_sealed(in.objects, in.keys, artifact.object_key);
    if (sha256(read_back.reveal()) != sha256(plain.reveal()))
        throw Error(Code::internal, "The snapshot could not be stored.", "the snapshot reads back differently");
    fault_point("snapshot:stored");

    in.db.write([&](pg::Transaction& tx) {
        runs::store_infra(tx, in.job, in.attempt, infra_id, metadata);
        artifacts::add(tx, artifact);
    });
    in.note(cat("Everything needed to destroy ", infra_id, " again is stored."));
    return StepResult::done(cat("infraID ", infra_id));
}

StepResult restore_install(StepContext& in) {
    const auto artifact = in.db.write([&](pg::Transaction& tx) {
        return artifacts::newest(tx, in.job, in.continued()->attempt, ArtifactType::INSTALL_DIR_SNAPSHOT);
    });
    if (!artifact)
        throw Error(Code::internal, "The snapshot of the earlier attempt is missing.", cat(in.job, " has no snapshot"));
    fs::remove_all(in.install_dir());
    unpack_directory(get_sealed(in.objects, in.keys, artifact->object_key).reveal(), in.install_dir());
    hide_credentials(in, in.install_dir());
    return StepResult::done(
        cat("goes on with attempt ", in.continued()->attempt, ", infraID ", in.continued()->infra_id.value_or("")));
}

}  // namespace desk::worker::steps
