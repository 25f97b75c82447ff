// Requests: list, one with its evidence, decide, talk, withdraw.
#include "core/store/requests.hpp"

#include "cgi/api/api.hpp"
#include "cgi/api/documents.hpp"
#include "cgi/api/input.hpp"
#include "cgi/idempotent.hpp"
#include "cgi/within_reach.hpp"
#include "core/model/order_difference.hpp"
#include "core/store/evidence.hpp"
#include "core/store/request_comments.hpp"

namespace desk::api {
namespace {

Json evidence_of(const requests::Request& found, const evidence::Evidence& evidence, const Catalog& catalog) {
    const auto known = evidence.requesters.find(found.requester_id);
    const auto history = known == evidence.requesters.end() ? evidence::History{} : known->second;
    const auto quota = evidence.quotas.of(found.team, found.owner_id);
    Json answer = {{"requesterHistory",
                    {{"orders", history.orders},
                     {"approved", history.approved},
                     {"rejected", history.rejected},
                     {"failed", history.failed},
                     {"clustersNow", history.clusters_now}}},
                   {"quota", {{"owner", quota_of(quota.user)}, {"team", quota_of(quota.team)}}},
                   {"profileUnchanged", nullptr},
                   {"differences", nullptr}};
    const Profile* profile = catalog.find(found.profile);
    if (found.kind != RequestKind::CREATE || profile == nullptr) return answer;
    const auto order = Order::from_json(found.submitted_order);
    if (!order) return answer;
    const auto asked = EffectiveOrder::from_json(found.effective_order);
    answer["profileUnchanged"] = resolve(*order, *profile, asked.owner).digest() == found.digest;
    answer["differences"] = Json::array();
    for (const auto& [field, usual, wanted] : differences(*order, *profile))
        answer["differences"].push_back({{"field", field}, {"usual", usual}, {"asked", wanted}});
    return answer;
}

}  // namespace

Response request_list(const Request& request, App& app) {
    Query query(request, {"state", "limit", "cursor"});
    const requests::Filter filter{.state = query.one_of<RequestState>("state"),
                                  .cursor = query.text("cursor"),
                                  .limit = query.number("limit", 1, 100, 50)};
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto page = requests::list(tx, request.reach(), filter);
    return json({{"requests", list_of(page.requests)},
                 {"limit", filter.limit},
                 {"next", page.next.empty() ? Json(nullptr) : Json(page.next)}});
}

Response request_get(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto found = get_request(tx, request);
    Json answer = document(found);
    answer["order"] = found.submitted_order;
    answer["effectiveOrder"] = found.effective_order;
    answer["mayDecide"] = requests::may_decide(request.principal(), found);
    const auto thread = requests::thread(tx, found.id);
    answer["approvals"] = list_of(thread.approvals);
    answer["comments"] = list_of(thread.comments);
    answer["evidence"] = evidence_of(found, evidence::of(tx, {found}), app.catalog);
    return json(answer);
}

Response request_comment(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {"text"});
        const auto said = body.text("text", requests::kLongestComment);
        if (said.empty()) body.faults.add("text", "is what you want to say.");
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        return json(document(requests::comment(tx, request.principal(), request.path_id<RequestId>("request"),
                                               request.reach(), said, request.actor())));
    });
}

Response request_decide(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {"verdict", "comment", "digest"});
        const auto verdict = body.one_of<Decision>("verdict");
        const auto comment = body.text("comment", requests::kLongestComment);
        const auto digest = body.text("digest", 64);
        if (verdict == Decision::REJECT && comment.empty())
            body.faults.add("comment", "says why it is rejected; the requester reads it.");
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        const auto found = get_request(tx, request);
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

        const auto found = get_request(tx, request);
        requests::withdraw(tx, request.principal(), found.id, request.reach(), request.actor());
        return json({{"requestId", found.id.str()},
                     {"state", text(RequestState::WITHDRAWN)},
                     {"clusterId", found.cluster_id.str()}});
    });
}

}  // namespace desk::api
