// The audit: who did what, and whether the chain holds.
#include "core/store/audit.hpp"

#include "cgi/api/api.hpp"
#include "cgi/api/documents.hpp"
#include "cgi/api/input.hpp"
#include "core/base/text.hpp"
#include "core/store/audit_list.hpp"

namespace desk::api {
namespace {

Json document(const AuditEntry& entry) {
    const auto& row = entry.row;
    return {{"id", row.id},
            {"at", to_rfc3339(row.at)},
            {"actor", row.actor},
            {"actorName", row.actor_name},
            {"action", row.action},
            {"target", row.target},
            {"team", or_null(row.team)},
            {"before", entry.before},
            {"after", entry.after},
            {"requestId", row.correlation_id},
            {"address", row.address}};
}

}  // namespace

Response audit_list(const Request& request, App& app) {
    Query query(request, {"actor", "action", "target", "before", "limit"});
    AuditFilter filter{.actor = query.text("actor"),
                       .action = query.text("action"),
                       .target = query.text("target"),
                       .limit = query.number("limit", 1, 100, 50)};
    if (query.has("before")) {
        const auto before = parse_int(query.text("before"));
        if (!before || *before < 1) query.faults.add("before", "must be the id of an event.");
        filter.before = before.value_or(0);
    }
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    Json list = Json::array();
    for (const auto& entry : list_audit(tx, filter)) list.push_back(document(entry));
    return json({{"events", std::move(list)}, {"limit", filter.limit}});
}

Response audit_chain(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto state = verify_audit(tx);
    return json({{"holds", state.broken_at == 0},
                 {"rows", state.rows},
                 {"brokenAt", state.broken_at == 0 ? Json(nullptr) : Json(state.broken_at)},
                 {"head", state.head},
                 {"checkedAt", to_rfc3339(request.now())}});
}

}  // namespace desk::api
