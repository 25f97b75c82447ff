// /api/v1/clusters: list, order, one.
#include "cgi/api/api.hpp"
#include "cgi/api/documents.hpp"
#include "cgi/api/input.hpp"
#include "cgi/idempotent.hpp"
#include "cgi/list_query.hpp"
#include "cgi/within_reach.hpp"
#include "core/base/text.hpp"
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
        const auto wanted = request.has_yaml() ? order_in_file(tx, request, app) : order_in_json(request);
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
