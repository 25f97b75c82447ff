// The catalog: every profile that can be ordered now, with the keys of its file and how its installs went; and other
// approval rules to try.
#include "cgi/api/api.hpp"
#include "cgi/api/documents.hpp"
#include "cgi/api/input.hpp"
#include "cgi/approval_rule.hpp"
#include "core/base/json_bind.hpp"
#include "core/model/profile_fields.hpp"
#include "core/store/history.hpp"
#include "core/store/requests.hpp"

namespace desk::api {
namespace {

Json history_of(const history::Profile& past) {
    Json time = nullptr, results = Json::array();
    if (const auto& estimate = past.install_time)
        time = {{"samples", estimate->samples},
                {"medianSeconds", estimate->median.count()},
                {"p95Seconds", estimate->p95.count()}};
    for (const bool succeeded : past.last_results) results.push_back(succeeded ? "SUCCEEDED" : "FAILED");
    return {{"installTime", std::move(time)}, {"lastResults", std::move(results)}};
}

}  // namespace

Response profile_list(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto profiles = app.catalog.orderable();
    const auto history = history::of_profiles(tx, profiles);
    Json list = Json::array();
    for (const Profile* profile : profiles) {
        list.push_back(encode(*profile));
        list.back()["history"] = history_of(history.at(profile->name));
    }
    return json({{"profiles", std::move(list)}});
}

Response profile_files(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    Json profiles = Json::array(), faults = Json::array();
    for (const auto& [name, profile] : app.catalog.profiles())
        profiles.push_back(
            {{"name", name}, {"file", profile.file}, {"unavailableReason", or_null(profile.unavailable_reason())}});
    for (const auto& [file, found] : app.catalog.faults())
        for (const auto& fault : found)
            faults.push_back({{"file", file},
                              {"line", fault.line > 0 ? Json(fault.line) : Json(nullptr)},
                              {"key", fault.where},
                              {"message", fault.message}});
    return json(
        {{"directory", app.config.profiles.dir}, {"profiles", std::move(profiles)}, {"faults", std::move(faults)}});
}

Response profile_simulation(const Request& request, App& app) {
    Query query(request, {"atOnce", "maxTtlHours", "maxCostToExpiry", "teams", "approvals"});
    const Profile* profile = app.catalog.find(request.path_text("profile"));
    if (!profile) return not_found();
    const auto rule = RuleFields::read(request.query(), profile->approval).parse(profile->approval);
    if (query.faults.any()) return validation_failed(request, query.faults.all());
    if (!rule) return validation_failed(request, rule.error());

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto found = simulate(*rule, profile->name, requests::last_orders(tx, profile->name, kSimulatedOrders));
    Json differences = Json::array();
    for (const auto& [order, then, now, rule_now, explanation] : found.differences)
        differences.push_back({{"requestId", order.request.str()},
                               {"name", order.name},
                               {"requester", order.requester},
                               {"team", order.team},
                               {"ttlHours", order.ttl_hours},
                               {"estimatedCost", order.cost.decimal()},
                               {"createdAt", to_rfc3339(order.at)},
                               {"state", text(order.state)},
                               {"approvalsThen", then},
                               {"approvalsNow", now},
                               {"ruleThen", order.rule},
                               {"ruleNow", rule_now}});
    return json({{"profile", profile->name},
                 {"orders", found.orders},
                 {"atOnceThen", found.at_once_then},
                 {"atOnceNow", found.at_once_now},
                 {"rejectedThen", found.rejected_then},
                 {"differences", std::move(differences)}});
}

}  // namespace desk::api
