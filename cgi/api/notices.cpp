// What the caller was told, and what of it is read.
#include "core/store/notices.hpp"

#include "cgi/api/api.hpp"
#include "cgi/api/documents.hpp"
#include "cgi/api/input.hpp"
#include "cgi/idempotent.hpp"

namespace desk::api {
namespace {

/// Which notices a list holds.
DESK_ENUM(Which, ALL, UNREAD)

Json document(const notices::Notice& notice) {
    return {{"id", notice.id.str()},
            {"kind", text(notice.kind)},
            {"clusterId", notice.cluster.str()},
            {"clusterName", notice.cluster_name},
            {"requestId", or_null(notice.request)},
            {"detail", notice.payload},
            {"at", to_rfc3339(notice.at)},
            {"readAt", or_null(notice.read_at)}};
}

std::optional<NoticeId> parse(const std::string& text, std::string_view name, Faults& faults) {
    const auto id = NoticeId::parse(text);
    if (!id) faults.add(name, "must be the id of a notice.");
    return id;
}

}  // namespace

Response notice_list(const Request& request, App& app) {
    Query query(request, {"which", "before", "limit"});
    notices::Filter filter{.only_unread = query.one_of<Which>("which") == Which::UNREAD,
                           .limit = query.number("limit", 1, 100, 50)};
    if (query.has("before")) filter.before = parse(query.text("before"), "before", query.faults);
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    Json list = Json::array();
    for (const auto& notice : notices::list(tx, request.principal().user, filter)) list.push_back(document(notice));
    return json({{"notices", std::move(list)}, {"limit", filter.limit}});
}

Response notice_read_all(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {"newest"});
        const auto newest = parse(body.text("newest", 64), "newest", body.faults);
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        return json({{"read", notices::mark_all_read(tx, request.principal().user, *newest)}});
    });
}

Response notice_read(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {});
        if (body.faults.any()) return validation_failed(request, body.faults.all());
        if (!notices::mark_read(tx, request.principal().user, request.path_id<NoticeId>("notice"))) not_found();

        return json({{"read", 1}});
    });
}

}  // namespace desk::api
