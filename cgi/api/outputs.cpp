// What a cluster gives, and the proof of its end.
#include "core/store/outputs.hpp"

#include "cgi/api/api.hpp"
#include "cgi/api/documents.hpp"
#include "cgi/api/input.hpp"
#include "core/base/text.hpp"
#include "core/store/artifacts.hpp"
#include "core/store/downloads.hpp"
#include "core/store/receipts.hpp"

namespace desk::api {
namespace {

clusters::Cluster find_within_reach(pg::Transaction& tx, const Request& request) {
    auto cluster = clusters::find(tx, request.path_id<ClusterId>("cluster"), request.reach());
    if (!cluster) not_found();
    return std::move(*cluster);
}

/// READY once, and not at its end: sleeping clusters keep their outputs.
bool has_outputs(const clusters::Cluster& cluster) {
    return cluster.ready_at && may_exist(cluster.status) && !is_ending(cluster.status);
}

[[noreturn]] void not_in_this_state(const clusters::Cluster& cluster, std::string_view what) {
    throw Error(Code::conflict, cat("There ", what, " while ", cluster.name, " is ", text(cluster.status), "."));
}

}  // namespace

Response cluster_outputs(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin();
    const auto cluster = find_within_reach(tx, request);
    const auto outputs = has_outputs(cluster) ? outputs::find(tx, cluster.id) : std::nullopt;
    if (!outputs) not_in_this_state(cluster, "are no outputs");

    const auto kubeconfig = artifacts::get(tx, outputs->kubeconfig);
    const auto link = downloads::create(tx, app.keys, kubeconfig.id, request.principal().user,
                                        std::chrono::minutes(app.config.store.link_minutes), false, request.actor());
    tx.commit();

    Json metadata = outputs->metadata.is_object() ? outputs->metadata : Json::object();
    metadata["infraId"] = outputs->infra_id;
    metadata["kubeconfigSha256"] = kubeconfig.sha256;
    return json({{"clusterId", cluster.id.str()},
                 {"apiUrl", outputs->api_url},
                 {"consoleUrl", outputs->console_url},
                 {"kubeconfigDownloadUrl", app.config.web.public_url + link.path},
                 {"kubeconfigDownloadExpiresAt", to_rfc3339(link.expires_at)},
                 {"kubeadminPasswordRef", outputs->kubeadmin_password.str()},
                 {"metadata", std::move(metadata)}});
}

Response cluster_receipt(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto cluster = find_within_reach(tx, request);
    const auto receipt = receipts::find(tx, cluster.id);
    if (!receipt) not_in_this_state(cluster, "is no receipt");
    return json({{"id", receipt->id.str()},
                 {"clusterId", receipt->cluster_id.str()},
                 {"jobId", receipt->job_id.str()},
                 {"kind", text(receipt->kind)},
                 {"cleanAt", or_null(receipt->clean_at)},
                 {"sha256", receipt->sha256},
                 {"body", receipt->body}});
}

}  // namespace desk::api
