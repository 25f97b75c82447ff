// Requests: list, one, decide, withdraw.
#include "core/store/requests.hpp"

#include "cgi/api/api.hpp"
#include "cgi/api/documents.hpp"
#include "cgi/api/input.hpp"
#include "cgi/idempotent.hpp"

namespace desk::api {
namespace {

constexpr std::size_t kCommentBytes = 1000;

requests::Request find_within_reach(pg::Transaction& tx, const Request& request) {
    auto found = requests::find(tx, request.path_id<RequestId>("request"), request.reach());
    if (!found) not_found();
    return std::move(*found);
}

}  // namespace

Response request_list(const Request& request, App& app) {
    Query query(request, {"state", "limit"});
    const auto state = query.one_of<RequestState>("state");
    const int limit = query.number("limit", 1, 100, 50);
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    Json list = Json::array();
    for (const auto& row : requests::list(tx, request.reach(), state, limit)) list.push_back(document(row));
    return json({{"requests", std::move(list)}, {"limit", limit}});
}

Response request_get(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto found = find_within_reach(tx, request);
    Json answer = document(found);
    answer["order"] = found.submitted_order;
    answer["effectiveOrder"] = found.effective_order;
    answer["mayDecide"] = requests::may_decide(request.principal(), found);
    answer["approvals"] = Json::array();
    for (const auto& approval : requests::approvals(tx, found.id)) answer["approvals"].push_back(document(approval));
    return json(answer);
}

Response request_decide(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {"verdict", "comment", "digest"});
        const auto verdict = body.one_of<Decision>("verdict");
        const auto comment = body.text("comment", kCommentBytes);
        const auto digest = body.text("digest", 64);
        if (verdict == Decision::REJECT && comment.empty())
            body.faults.add("comment", "says why it is rejected; the requester reads it.");
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        const auto found = find_within_reach(tx, request);
        const auto decided = requests::decide(tx, request.principal(), found.id, *verdict, comment,
                                              body.has("digest") ? digest : found.digest, request.actor());
        return json({{"requestId", found.id.str()},
                     {"state", text(decided.state)},
                     {"clusterId", decided.cluster.str()},
                     {"jobId", or_null(decided.job)}});
    });
}

Response request_withdraw(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {});
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        const auto found = find_within_reach(tx, request);
        requests::withdraw(tx, found.id, request.reach(), request.actor());
        return json({{"requestId", found.id.str()},
                     {"state", text(RequestState::WITHDRAWN)},
                     {"clusterId", found.cluster_id.str()}});
    });
}

}  // namespace desk::api
