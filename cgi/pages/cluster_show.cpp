// GET /clusters/{cluster} and its POSTs: extend, destroy, cancel. A refusal shows the page again with what was typed.
#include "cgi/views/cluster_show.hpp"
#include "cgi/notice.hpp"
#include "cgi/ordering.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "core/base/text.hpp"

namespace desk::pages {
namespace {

/// The page of `cluster`, in at most five queries: what depends on its state is asked for only then.
views::ClusterShow load(pg::Transaction& tx, const clusters::Cluster& cluster, const Request& request) {
    constexpr int kJobsShown = 20;
    const bool is_installing = cluster.status == ClusterStatus::CREATING;
    views::ClusterShow::Source source{.cluster = cluster, .principal = request.principal()};
    source.jobs = jobs::of_cluster(tx, cluster.id, kJobsShown);
    source.timeline = clusters::timeline(tx, cluster.id);
    if (!source.jobs.empty()) source.steps = jobs::steps(tx, source.jobs.front().id);
    if (is_installing)
        source.install_time = jobs::install_time(tx, cluster.profile);
    else
        source.requests = requests::of_cluster(tx, cluster.id);
    return views::ClusterShow::of(source, views::Reader::of(request));
}

Response show(const Request& request, App& app, const clusters::Cluster& cluster, const views::ClusterShow& view,
              int status) {
    const int refresh = is_final(cluster.status) ? 0 : 2;
    return render(app, request,
                  {.file = "cluster_show.tpl", .title = cluster.name, .refresh_seconds = refresh, .status = status},
                  view);
}

std::string path_of(const clusters::Cluster& cluster) { return "/clusters/" + cluster.id.str(); }

}  // namespace

Response cluster_show(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto cluster = clusters::find(tx, request.path_id<ClusterId>("cluster"), request.reach());
    if (!cluster) return not_found();

    return show(request, app, *cluster, load(tx, *cluster, request), 200);
}

Response cluster_extend(const Request& request, App& app) {
    const Form& form = request.form();
    const auto hours = parse_int(form["hours"]);
    const std::string reason(trim(form["reason"]));

    auto tx = app.db.begin();
    const auto cluster = clusters::find_locked(tx, request.path_id<ClusterId>("cluster"), request.reach());
    if (!cluster) return not_found();
    if (!hours || *hours < 1 || *hours > kMaxTtlHours)
        throw Error(Code::invalid, cat("hours: a whole number from 1 to ", kMaxTtlHours, '.'));

    const auto extended =
        ordering::extend(tx, request.principal(), *cluster, static_cast<int>(*hours), reason, request.actor());
    if (extended) {
        tx.commit();
        return see_other(
            app, path_of(*cluster),
            extended->state == RequestState::APPROVED ? Notice::EXTENSION_GRANTED : Notice::EXTENSION_REQUESTED);
    }

    auto view = load(tx, *cluster, request);
    view.errors = views::ErrorSummary::of(extended.error().errors, "It was not extended", {});
    if (view.errors->lines.empty())
        view.errors->lines.push_back({.field = "", .text = extended.error().verdict.explanation});
    view.chosen_hours = static_cast<int>(*hours);
    view.extension_reason = reason;
    return show(request, app, *cluster, view, 422);
}

Response cluster_destroy(const Request& request, App& app) {
    auto tx = app.db.begin();
    const auto cluster = clusters::find_locked(tx, request.path_id<ClusterId>("cluster"), request.reach());
    if (!cluster) return not_found();

    if (trim(request.form()["confirm"]) != cluster->name) {
        auto view = load(tx, *cluster, request);
        view.errors =
            views::ErrorSummary{.title = "Nothing was destroyed",
                                .lines = {{.field = "confirm", .text = "Type the name of this cluster to confirm."}}};
        if (view.danger) view.danger->is_wrong = true;
        return show(request, app, *cluster, view, 422);
    }

    const auto wish = jobs::want_destroy(tx, *cluster, request.actor(), "asked for on the page");
    tx.commit();
    return see_other(app, path_of(*cluster),
                     wish.meaning == DestroyMeaning::WITHDRAW ? Notice::REQUEST_WITHDRAWN : Notice::DESTROY_QUEUED);
}

Response cluster_cancel(const Request& request, App& app) {
    auto tx = app.db.begin();
    const auto cluster = clusters::find_locked(tx, request.path_id<ClusterId>("cluster"), request.reach());
    if (!cluster) return not_found();

    jobs::cancel(tx, *cluster, request.actor());
    tx.commit();
    return see_other(app, path_of(*cluster), Notice::CANCEL_ASKED);
}

}  // namespace desk::pages
