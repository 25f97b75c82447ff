// What stops and starts the desk itself: brakes, and hosts that drain.
#include <algorithm>

#include "cgi/api/api.hpp"
#include "cgi/api/documents.hpp"
#include "cgi/api/input.hpp"
#include "cgi/brake_words.hpp"
#include "cgi/idempotent.hpp"
#include "core/store/worker_faults.hpp"
#include "core/store/workers.hpp"

namespace desk::api {
namespace {

/// Every brake, pulled or not.
Json documents(const std::vector<brakes::Pulled>& all) {
    Json list = Json::array();
    for (const auto name : all_texts<Brake>()) {
        const auto brake = *parse_enum<Brake>(name);
        const auto pulled = std::ranges::find(all, brake, &brakes::Pulled::brake);
        const bool is_pulled = pulled != all.end();
        list.push_back({{"brake", name},
                        {"meaning", meaning(brake)},
                        {"isPulled", is_pulled},
                        {"reason", is_pulled ? Json(pulled->reason) : Json(nullptr)},
                        {"by", is_pulled ? Json(pulled->by_name) : Json(nullptr)},
                        {"since", is_pulled ? Json(to_rfc3339(pulled->since)) : Json(nullptr)}});
    }
    return {{"brakes", std::move(list)}};
}

Brake brake_in_path(const Request& request) {
    const auto brake = parse_enum<Brake>(request.path_text("brake"));
    if (!brake) not_found();
    return *brake;
}

using HostFaults = std::map<std::string, std::vector<std::string>>;

Json document(const workers::Worker& worker, const HostFaults& faults) {
    const auto found = faults.find(worker.host);
    return {{"host", worker.host},
            {"version", worker.version},
            {"slots", worker.slots},
            {"leases", worker.leases},
            {"isDraining", worker.draining},
            {"faults", found == faults.end() ? Json::array() : Json(found->second)},
            {"firstSeenAt", to_rfc3339(worker.first_seen)},
            {"lastTickAt", to_rfc3339(worker.last_tick)},
            {"lastClaimAt", or_null(worker.last_claim)}};
}

Response set_draining(const Request& request, App& app, bool draining) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {});
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        const auto& host = request.path_text("host");
        workers::set_draining(tx, host, draining, request.actor());
        return json(document(workers::find(tx, host).value(), worker_faults::all(tx)));
    });
}

}  // namespace

Response brake_list(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    return json(documents(brakes::all(tx)));
}

Response brake_pull(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        const auto brake = brake_in_path(request);
        Body body(request, {"reason"});
        const auto reason = body.text("reason", brakes::kLongestReason);
        if (reason.empty()) body.faults.add("reason", "says why; everybody reads it.");
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        brakes::pull(tx, brake, reason, request.principal().user, request.actor());
        return json(documents(brakes::all(tx)));
    });
}

Response brake_release(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        const auto brake = brake_in_path(request);
        Body body(request, {});
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        brakes::release(tx, brake, request.actor());
        return json(documents(brakes::all(tx)));
    });
}

Response worker_list(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    Json list = Json::array();
    const auto faults = worker_faults::all(tx);
    for (const auto& worker : workers::all(tx)) list.push_back(document(worker, faults));
    return json({{"workers", std::move(list)}});
}

Response worker_drain(const Request& request, App& app) { return set_draining(request, app, true); }
Response worker_resume(const Request& request, App& app) { return set_draining(request, app, false); }

}  // namespace desk::api
