// Deletions that are blocked, giving one up, and the orphans that are left of it.
#include <algorithm>

#include "cgi/api/api.hpp"
#include "cgi/api/documents.hpp"
#include "cgi/api/input.hpp"
#include "cgi/idempotent.hpp"
#include "cgi/within_reach.hpp"
#include "core/model/console_link.hpp"
#include "core/store/abandon.hpp"
#include "core/store/adoption.hpp"
#include "core/store/blocked.hpp"
#include "core/store/orphan_sweeps.hpp"

namespace desk::api {
namespace {

constexpr std::size_t kLineBytes = 500;

Json document(Platform platform, const CloudResource& resource) {
    const auto link = console_link(platform, resource);
    return {{"region", resource.region},
            {"type", resource.type},
            {"id", resource.id},
            {"name", resource.name},
            {"consoleUrl", link ? Json(link->url) : Json(nullptr)}};
}

Json document(const blocked::Deletion& deletion) {
    Json left = nullptr, warnings = Json::array();
    if (deletion.last_look) {
        left = Json::array();
        for (const auto& one : deletion.last_look->left) {
            left.push_back(document(deletion.platform, one.resource));
            left.back()["firstSeenAt"] = to_rfc3339(one.first_seen_at);
        }
    }
    for (const auto& warning : deletion.warnings)
        warnings.push_back({{"attempt", warning.attempt}, {"line", warning.line}, {"text", warning.text}});
    return {{"clusterId", deletion.cluster_id.str()},
            {"clusterName", deletion.name},
            {"baseDomain", deletion.base_domain},
            {"platform", text(deletion.platform)},
            {"team", deletion.team},
            {"owner", deletion.owner_name},
            {"status", text(deletion.status)},
            {"jobId", deletion.job.str()},
            {"jobStatus", text(deletion.job_status)},
            {"attempts", deletion.attempts},
            {"failures", deletion.failures},
            {"blockedSince", or_null(deletion.since)},
            {"nextTryAt", to_rfc3339(deletion.next_try)},
            {"isUnderWay", deletion.is_held},
            {"errorClass", or_null(deletion.error_class)},
            {"errorCode", deletion.error_code},
            {"errorMessage", deletion.error_message},
            {"errorHint", deletion.error_hint},
            {"lookedAt", deletion.last_look ? Json(to_rfc3339(deletion.last_look->at)) : Json(nullptr)},
            {"left", std::move(left)},
            {"warnings", std::move(warnings)}};
}

Json document(const orphans::Orphan& orphan) {
    return {{"id", orphan.id.str()},
            {"provider", text(orphan.provider)},
            {"account", orphan.account},
            {"resource", document(orphan.provider, orphan.resource)},
            {"infraId", orphan.infra_id.empty() ? Json(nullptr) : Json(orphan.infra_id)},
            {"clusterId", or_null(orphan.cluster_id)},
            {"clusterName", orphan.cluster_name.empty() ? Json(nullptr) : Json(orphan.cluster_name)},
            {"ownerGuess", orphan.owner.empty() ? Json(nullptr) : Json(orphan.owner)},
            {"isOurs", orphan.is_ours},
            {"firstSeenAt", to_rfc3339(orphan.first_seen_at)},
            {"lastSeenAt", to_rfc3339(orphan.last_seen_at)},
            {"hourlyCost", orphan.hourly ? Json(orphan.hourly->decimal()) : Json(nullptr)},
            {"state", text(orphan.state)},
            {"ignored", orphan.ignored},
            {"note", orphan.note},
            {"closedAt", or_null(orphan.closed_at)},
            {"closedBy", orphan.closed_by.empty() ? Json(nullptr) : Json(orphan.closed_by)},
            {"adoptedAs", or_null(orphan.adopted_as)}};
}

bool has_fault(const FormErrors& faults, std::string_view field) {
    return std::ranges::find(faults, field, &FieldError::field) != faults.end();
}

/// Closes the orphan of the path as `end` does, with a note that must not be empty.
Response end_orphan(const Request& request, App& app,
                    orphans::Orphan (*end)(pg::Transaction&, const OrphanId&, const std::string&, const Actor&),
                    const char* why_a_note) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {"note"});
        const auto note = body.text("note", kLineBytes);
        if (note.empty()) body.faults.add("note", why_a_note);
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        return json(document(end(tx, request.path_id<OrphanId>("orphan"), note, request.actor())));
    });
}

}  // namespace

Response blocked_list(const Request& request, App& app) {
    Query query(request, {"limit"});
    const int limit = query.number("limit", 1, 100, 50);
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    Json list = Json::array();
    for (const auto& deletion : blocked::list(tx, limit)) list.push_back(document(deletion));
    return json({{"blocked", std::move(list)}, {"limit", limit}});
}

Response cluster_abandon(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {"name", "reason"});
        const auto name = body.text("name", kLineBytes);
        const auto reason = body.text("reason", kLineBytes);
        if (reason.empty()) body.faults.add("reason", "says why; it is in the receipt.");

        const auto cluster = lock_cluster(tx, request);
        if (name != cluster.name) body.faults.add("name", "must be the name of the cluster, to confirm.");
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        const auto given_up = clusters::abandon(tx, cluster, reason, request.actor());
        return json({{"clusterId", cluster.id.str()},
                     {"status", text(ClusterStatus::ABANDONED)},
                     {"receiptId", given_up.receipt.str()},
                     {"openOrphans", given_up.left}});
    });
}

Response orphan_list(const Request& request, App& app) {
    Query query(request, {"state", "clusterId", "limit", "offset"});
    orphans::Filter filter{.state = query.one_of<OrphanState>("state"),
                           .limit = query.number("limit", 1, 100, 50),
                           .offset = query.number("offset", 0, 10000, 0)};
    if (query.has("clusterId")) {
        filter.cluster = ClusterId::parse(query.text("clusterId"));
        if (!filter.cluster) query.faults.add("clusterId", "is not the id of a cluster.");
    }
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    Json list = Json::array();
    for (const auto& orphan : orphans::list(tx, filter)) list.push_back(document(orphan));
    return json({{"orphans", std::move(list)}, {"limit", filter.limit}, {"offset", filter.offset}});
}

Response orphan_get(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto orphan = orphans::find(tx, request.path_id<OrphanId>("orphan"));
    if (!orphan) not_found();
    return json(document(*orphan));
}

Response orphan_close(const Request& request, App& app) {
    return end_orphan(request, app, orphans::close, "says what became of it; it is in the audit.");
}

Response orphan_ignore(const Request& request, App& app) {
    return end_orphan(request, app, orphans::ignore, "says why it may stay; it is in the audit.");
}

Response orphan_destroy(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {"infraId"});
        const auto infra_id = body.text("infraId", kLineBytes);
        const auto orphan = orphans::find(tx, request.path_id<OrphanId>("orphan"));
        if (!orphan) not_found();
        if (infra_id != orphan->infra_id) body.faults.add("infraId", "must be the infraID of the orphan, to confirm.");
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        const auto job = orphans::enqueue_destroy(tx, *orphan, request.actor());
        return json({{"orphanId", orphan->id.str()}, {"infraId", infra_id}, {"jobId", job.str()}}, 202);
    });
}

Response orphan_adopt(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {"owner", "team", "profile", "costCenter", "ttlHours", "baseDomain", "version"});
        const orphans::Home home{.owner = body.text("owner", kLineBytes),
                                 .team = body.text("team", kLineBytes),
                                 .profile = body.text("profile", kLineBytes),
                                 .cost_center = body.text("costCenter", kLineBytes),
                                 .ttl_hours = body.number("ttlHours", 1, kMaxTtlHours),
                                 .base_domain = body.text("baseDomain", kLineBytes),
                                 .version = body.text("version", kLineBytes)};
        const auto id = request.path_id<OrphanId>("orphan");
        if (!orphans::find(tx, id)) not_found();

        const auto adopted = orphans::adopt(tx, app.catalog, request.principal(), id, home, request.actor());
        // what can't even be read is told beside what is wrong with the rest
        if (!adopted)
            for (const auto& error : adopted.error())
                if (!has_fault(body.faults.all(), error.field)) body.faults.add(error.field, error.error);
        if (body.faults.any()) return validation_failed(request, body.faults.all());
        return json({{"orphanId", id.str()},
                     {"clusterId", adopted->cluster.str()},
                     {"name", adopted->name},
                     {"status", text(ClusterStatus::ADOPTED)},
                     {"destroyAt", to_rfc3339(adopted->destroy_at)},
                     {"orphansClosed", adopted->orphans}},
                    201)
            .with_header("Location", cat("/api/v1/clusters/", adopted->cluster));
    });
}

}  // namespace desk::api
