// /api/v1/clusters: list, order, check an order, one.
#include "cgi/api/api.hpp"
#include "cgi/api/documents.hpp"
#include "cgi/api/input.hpp"
#include "cgi/idempotent.hpp"
#include "cgi/list_query.hpp"
#include "cgi/within_reach.hpp"
#include "core/base/text.hpp"
#include "core/store/cluster_names.hpp"
#include "core/store/ordering.hpp"

namespace desk::api {
namespace {

constexpr int kRecentJobs = 10;

clusters::Filter filter_of(Query& query) {
    clusters::Filter filter{.status = query.any_of<ClusterStatus>("status"),
                            .platform = query.one_of<Platform>("platform"),
                            .owner = query.text("owner"),
                            .team = query.text("team"),
                            .profile = query.text("profile"),
                            .region = query.text("region"),
                            .cost_center = query.text("costCenter"),
                            .search = query.text("q"),
                            .cursor = query.text("cursor"),
                            .limit = query.number("limit", 1, 100, 50),
                            .offset = query.number("offset", 0, 10'000, 0)};
    if (!read_sort(query.text("sort"), filter)) query.faults.add("sort", "is none that the list knows.");
    return filter;
}

std::string message_of(const requests::Submitted& submitted, const std::string& explanation,
                       const std::vector<std::string>& notes) {
    std::string message =
        submitted.job ? "Approved; the cluster is being created." : cat("Waits for approval. ", explanation);
    for (const auto& note : notes) message += ' ' + note;
    return message;
}

FileOrder order_in_json(const Request& request) {
    const auto order = Order::from_json(request.json());
    return order ? FileOrder{.order = *order} : FileOrder{.errors = order.error()};
}

/// What the file leaves out may stand in the query.
FileOrder order_in_file(pg::Transaction& tx, const Request& request, App& app) {
    Query query(request, {"profile", "owner", "team", "costCenter", "reason", "ttlHours"});
    BesideFile beside{.profile = query.text("profile"),
                      .owner = query.text("owner"),
                      .team = query.text("team"),
                      .cost_center = query.text("costCenter"),
                      .reason = query.text("reason")};
    if (query.has("ttlHours")) beside.ttl_hours = query.number("ttlHours", 1, kMaxTtlHours, 1);
    if (query.faults.any()) return {.errors = query.faults.all()};
    return ordering::evaluate_file(tx, app.catalog, request.principal(), request.body(), beside);
}

FileOrder order_in(pg::Transaction& tx, const Request& request, App& app) {
    return request.has_yaml() ? order_in_file(tx, request, app) : order_in_json(request);
}

/// As it would be judged if it were sent now, a name that is taken included.
Evaluation judge_order(pg::Transaction& tx, const Request& request, const App& app, const Order& order) {
    auto evaluation = ordering::evaluate(tx, app.catalog, request.principal(), order);
    if (!evaluation.order) return evaluation;
    const EffectiveOrder& effective = *evaluation.order;
    if (const auto why = clusters::why_name_taken(tx, effective.name, effective.platform, effective.base_domain)) {
        evaluation.errors.push_back({"name", *why});
        evaluation.verdict = {.kind = VerdictKind::REFUSED, .rule = "form", .explanation = *why};
    }
    return evaluation;
}

Json judgement(const Evaluation& evaluation) {
    Json errors = Json::array();
    for (const auto& [field, error] : evaluation.errors) errors.push_back({{"field", field}, {"error", error}});
    const auto& verdict = evaluation.verdict;
    const auto& price = evaluation.price;
    const auto& quota = evaluation.quota;
    const auto& adds = evaluation.demand;
    return {{"verdict", text(verdict.kind)},
            {"rule", verdict.rule},
            {"explanation", verdict.explanation},
            {"approvalsNeeded", verdict.approvals_needed},
            {"approverTeams", verdict.approver_teams},
            {"validationErrors", std::move(errors)},
            {"warnings", evaluation.warnings},
            {"hourlyCost", price.hourly.decimal()},
            {"estimatedCost", price.to_expiry.decimal()},
            {"quota", {{"owner", quota_of(quota.user)}, {"team", quota_of(quota.team)}}},
            {"adds", {{"clusters", adds.clusters}, {"vcpus", adds.vcpus}, {"month", adds.cost.decimal()}}}};
}

}  // namespace

Response cluster_list(const Request& request, App& app) {
    Query query(request, {"status", "platform", "owner", "team", "profile", "region", "costCenter", "q", "sort",
                          "limit", "offset", "cursor"});
    const auto filter = filter_of(query);
    if (!filter.cursor.empty() && query.has("offset"))
        query.faults.add("offset", "can't be given with a cursor; leave one of them out.");
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto page = clusters::list(tx, request.reach(), filter, true);

    return json({{"clusters", list_of(page.clusters)},
                 {"total", page.total},
                 {"totalIsFloor", page.total_is_floor},
                 {"limit", filter.limit},
                 {"offset", filter.offset},
                 {"next", page.next.empty() ? Json(nullptr) : Json(page.next)}});
}

Response cluster_create(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        const auto wanted = order_in(tx, request, app);
        if (!wanted.errors.empty()) return validation_failed(request, wanted.errors);

        const auto submitted = ordering::submit(tx, app.catalog, request.principal(), wanted.order, request.actor());
        if (!submitted) {
            const Evaluation& why = submitted.error();
            return why.errors.empty() ? refused(request, why.verdict) : validation_failed(request, why.errors);
        }
        const auto stored = requests::find(tx, submitted->request, request.reach());
        return json({{"clusterId", submitted->cluster.str()},
                     {"requestId", submitted->request.str()},
                     {"jobId", or_null(submitted->job)},
                     {"status", text(submitted->status)},
                     {"message", message_of(*submitted, stored ? stored->explanation : "", wanted.notes)}},
                    202)
            .with_header("Location", cat("/api/v1/clusters/", submitted->cluster));
    });
}

Response cluster_check(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        const auto wanted = order_in(tx, request, app);
        if (!wanted.errors.empty()) return validation_failed(request, wanted.errors);

        return json(judgement(judge_order(tx, request, app, wanted.order)));
    });
}

Response cluster_get(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto cluster = get_cluster(tx, request);

    Json answer = document(cluster);
    answer["costSoFar"] = clusters::cost_so_far(tx, cluster.id).decimal();
    answer["currentJob"] = nullptr;
    answer["recentJobs"] = Json::array();
    const auto jobs = jobs::of_cluster(tx, cluster.id, kRecentJobs);
    for (const auto& job : jobs) {
        if (is_open(job.status)) answer["currentJob"] = document(job);
        answer["recentJobs"].push_back(document(job));
    }
    const auto* troubled = failures::find_troubled(jobs);
    answer["failure"] =
        troubled ? document(failures::story(tx, troubled->id, troubled->attempts), *troubled) : Json(nullptr);
    return json(answer);
}

}  // namespace desk::api
