#include "worker/cluster_access.hpp"

#include "core/base/text.hpp"
#include "core/store/artifacts.hpp"
#include "core/store/outputs.hpp"

namespace desk::worker {

kube::Access access_of(StepContext& in) {
    const auto artifact = in.db.write([&](pg::Transaction& tx) {
        const auto outputs = desk::outputs::find(tx, in.cluster.id);
        if (!outputs) throw Error(Code::internal, "The outputs are missing.", cat(in.cluster.id, " has no outputs"));
        return artifacts::get(tx, outputs->kubeconfig);
    });
    const Secret kubeconfig(in.objects.get(artifact.object_key, artifact.visibility()));
    auto access = kube::parse_kubeconfig(kubeconfig.reveal());
    in.redactor.add(access.identity.key);
    return access;
}

}  // namespace desk::worker
