#include "worker/cluster_access.hpp"

#include "core/base/text.hpp"
#include "core/store/outputs.hpp"

namespace desk::worker {

kube::Access read_access(const ObjectStore& objects, const artifacts::Artifact& kubeconfig) {
    return kube::parse_kubeconfig(Secret(objects.get(kubeconfig.object_key, kubeconfig.visibility())).reveal());
}

kube::Access access_of(StepContext& in) {
    const auto artifact = in.db.write([&](pg::Transaction& tx) {
        const auto outputs = desk::outputs::find(tx, in.cluster.id);
        if (!outputs) throw Error(Code::internal, "The outputs are missing.", cat(in.cluster.id, " has no outputs"));
        return artifacts::get(tx, outputs->kubeconfig);
    });
    auto access = read_access(in.objects, artifact);
    in.redactor.add(access.identity.key);
    return access;
}

}  // namespace desk::worker
