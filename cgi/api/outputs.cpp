// What a cluster gives, and the proof of its end.
#include "core/store/outputs.hpp"

#include "cgi/api/api.hpp"
#include "cgi/api/documents.hpp"
#include "cgi/api/input.hpp"
#include "cgi/idempotent.hpp"
#include "cgi/within_reach.hpp"
#include "core/base/text.hpp"
#include "core/store/artifacts.hpp"
#include "core/store/downloads.hpp"
#include "core/store/receipts.hpp"

namespace desk::api {
namespace {

Json document(const downloads::Download& link) {
    return {{"id", link.id.str()},
            {"fileName", link.file_name},
            {"isLive", link.is_live},
            {"isOneTime", link.one_time},
            {"createdBy", link.created_by_name},
            {"createdAt", to_rfc3339(link.created_at)},
            {"expiresAt", to_rfc3339(link.expires_at)},
            {"useCount", link.use_count},
            {"usedAt", or_null(link.used_at)},
            {"revokedBy", or_null(link.revoked_by_name)},
            {"revokedAt", or_null(link.revoked_at)}};
}

/// READY once, and not at its end: sleeping clusters keep their outputs.
bool has_outputs(const clusters::Cluster& cluster) {
    return cluster.ready_at && may_exist(cluster.status) && !is_ending(cluster.status);
}

downloads::Link link_to(pg::Transaction& tx, const Request& request, const App& app, const ArtifactId& artifact) {
    return downloads::create(tx, app.keys, artifact, request.principal().user,
                             std::chrono::minutes(app.config.store.link_minutes), false, request.actor());
}

[[noreturn]] void not_in_this_state(const clusters::Cluster& cluster, std::string_view what) {
    throw Error(Code::conflict, cat("There ", what, " while ", cluster.name, " is ", text(cluster.status), "."));
}

}  // namespace

Response cluster_outputs(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin();
    const auto cluster = get_cluster(tx, request);
    const auto outputs = has_outputs(cluster) ? outputs::find(tx, cluster.id) : std::nullopt;
    if (!outputs) not_in_this_state(cluster, "are no outputs");

    const auto kubeconfig = artifacts::get(tx, outputs->kubeconfig);
    const auto link = link_to(tx, request, app, kubeconfig.id);
    Json files = Json::array();
    for (const auto& file : artifacts::of_cluster(tx, cluster.id))
        if (file.type == ArtifactType::IGNITION && file.attempt == kubeconfig.attempt)
            files.push_back({{"name", file.file_name},
                             {"bytes", file.bytes},
                             {"sha256", file.sha256},
                             {"downloadUrl", app.config.web.public_url + link_to(tx, request, app, file.id).path}});
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
                 {"files", std::move(files)},
                 {"metadata", std::move(metadata)}});
}

Response link_list(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    Json list = Json::array();
    for (const auto& link : downloads::of_cluster(tx, get_cluster(tx, request).id)) list.push_back(document(link));
    return json({{"links", std::move(list)}});
}

Response link_revoke(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {});
        if (body.faults.any()) return validation_failed(request, body.faults.all());
        const auto id = request.path_id<DownloadId>("download");
        downloads::revoke(tx, get_cluster(tx, request).id, id, request.actor());

        return json({{"id", id.str()}, {"isLive", false}});
    });
}

Response cluster_receipt(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto cluster = get_cluster(tx, request);
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
