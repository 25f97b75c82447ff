// GET /clusters/{cluster} and its POSTs: extend, destroy, cancel, retry, abandon. A refusal shows the page again with
// what was typed.
#include "cgi/views/cluster_show.hpp"
#include "cgi/notice.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "core/base/text.hpp"
#include "core/model/names.hpp"
#include "core/store/abandon.hpp"
#include "core/store/ordering.hpp"
#include "core/store/power.hpp"

namespace desk::pages {
namespace {

bool has_checks(JobType type) { return type == JobType::CREATE || type == JobType::VERIFY; }

/// The page of `cluster`, in at most eight queries: what depends on its state is asked for only then.
views::ClusterShow load(pg::Transaction& tx, const clusters::Cluster& cluster, const Request& request, const App& app) {
    constexpr int kJobsShown = 20;
    const bool is_installing = cluster.status == ClusterStatus::CREATING;
    views::ClusterShow::Source source{.cluster = cluster,
                                      .principal = request.principal(),
                                      .brakes = &request.brakes(),
                                      .kill_after = seconds(app.config.worker.kill_seconds)};
    source.jobs = jobs::of_cluster(tx, cluster.id, kJobsShown);
    source.timeline = clusters::timeline(tx, cluster.id);
    if (!source.jobs.empty()) source.steps = jobs::steps(tx, source.jobs.front().id);
    source.troubled = failures::find_troubled(source.jobs);
    if (source.troubled) source.story = failures::story(tx, source.troubled->id, source.troubled->attempts);
    if (!source.jobs.empty() && has_checks(source.jobs.front().type))
        source.checks = checks::newest(tx, source.jobs.front().id);
    if (is_installing)
        source.install_time = jobs::install_time(tx, cluster.profile);
    else
        source.requests = requests::of_cluster(tx, cluster.id);
    if (cluster.platform != Platform::demo) source.prereqs = prereqs::find(tx, cluster.id);
    if (is_ending(cluster.status)) source.blocked = blocked::find(tx, cluster.id);
    if (cluster.status == ClusterStatus::ABANDONED) source.orphans = orphans::list(tx, {.cluster = cluster.id});
    return views::ClusterShow::of(source, views::Reader::of(request));
}

Response show(const Request& request, App& app, const clusters::Cluster& cluster, const views::ClusterShow& view,
              int status) {
    const int refresh = is_final(cluster.status) ? 0 : 2;
    return render(app, request,
                  {.file = "cluster_show.tpl", .title = cluster.name, .refresh_seconds = refresh, .status = status},
                  view);
}

Notice notice_of(DestroyMeaning meaning) {
    switch (meaning) {
        case DestroyMeaning::WITHDRAW:
            return Notice::REQUEST_WITHDRAWN;
        case DestroyMeaning::CANCEL:
            return Notice::ORDER_CANCELLED;
        case DestroyMeaning::ALREADY:
            return Notice::DESTROY_HURRIED;
        default:
            return Notice::DESTROY_QUEUED;
    }
}

std::string path_of(const clusters::Cluster& cluster) { return "/clusters/" + cluster.id.str(); }

Response switch_power(const Request& request, App& app,
                      jobs::Wish (*ask)(pg::Transaction&, const clusters::Cluster&, const Actor&), Notice notice) {
    auto tx = app.db.begin();
    const auto cluster = clusters::find_locked(tx, request.path_id<ClusterId>("cluster"), request.reach());
    if (!cluster) return not_found();

    ask(tx, *cluster, request.actor());
    tx.commit();
    return see_other(app, path_of(*cluster), notice);
}

}  // namespace

Response cluster_show(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto cluster = clusters::find(tx, request.path_id<ClusterId>("cluster"), request.reach());
    if (!cluster) return not_found();

    return show(request, app, *cluster, load(tx, *cluster, request, app), 200);
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

    auto view = load(tx, *cluster, request, app);
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

    // trying again what was decided before takes no name
    const bool is_retry = meaning_of_destroy(cluster->status) == DestroyMeaning::ALREADY;
    if (!is_retry && trim(request.form()["confirm"]) != cluster->name) {
        auto view = load(tx, *cluster, request, app);
        view.errors =
            views::ErrorSummary{.title = "Nothing was destroyed",
                                .lines = {{.field = "confirm", .text = "Type the name of this cluster to confirm."}}};
        if (view.danger) view.danger->is_wrong = true;
        return show(request, app, *cluster, view, 422);
    }

    const auto wish = jobs::want_destroy(tx, *cluster, request.actor(), "asked for on the page");
    tx.commit();
    return see_other(app, path_of(*cluster), notice_of(wish.meaning));
}

Response cluster_abandon(const Request& request, App& app) {
    const Form& form = request.form();
    const std::string typed(trim(form["confirm"])), reason(trim(form["reason"]));

    auto tx = app.db.begin();
    const auto cluster = clusters::find_locked(tx, request.path_id<ClusterId>("cluster"), request.reach());
    if (!cluster) return not_found();

    const auto fault = reason.empty() ? std::optional<std::string>("Say why: it is in the receipt.")
                                      : text_fault(reason, views::kLongestReason);
    const bool is_wrong = typed != cluster->name;
    if (cluster->status == ClusterStatus::DESTROY_FAILED && (is_wrong || fault)) {
        auto view = load(tx, *cluster, request, app);
        view.errors = views::ErrorSummary{.title = "Nothing was given up", .lines = {}};
        if (is_wrong)
            view.errors->lines.push_back(
                {.field = "give-up-name", .text = "Type the name of this cluster to confirm."});
        if (fault) view.errors->lines.push_back({.field = "give-up-reason", .text = *fault});
        if (view.blocked && view.blocked->give_up) {
            auto& shown = *view.blocked->give_up;
            shown.typed = typed;
            shown.reason = reason;
            shown.is_name_wrong = is_wrong;
            shown.reason_fault = fault.value_or("");
        }
        return show(request, app, *cluster, view, 422);
    }

    clusters::abandon(tx, *cluster, reason, request.actor());
    tx.commit();
    return see_other(app, path_of(*cluster), Notice::CLUSTER_ABANDONED);
}

Response cluster_cancel(const Request& request, App& app) {
    auto tx = app.db.begin();
    const auto cluster = clusters::find_locked(tx, request.path_id<ClusterId>("cluster"), request.reach());
    if (!cluster) return not_found();

    jobs::cancel(tx, *cluster, request.actor());
    tx.commit();
    return see_other(app, path_of(*cluster), Notice::CANCEL_ASKED);
}

Response cluster_verify(const Request& request, App& app) {
    auto tx = app.db.begin();
    const auto cluster = clusters::find_locked(tx, request.path_id<ClusterId>("cluster"), request.reach());
    if (!cluster) return not_found();

    jobs::verify(tx, *cluster, request.actor());
    tx.commit();
    return see_other(app, path_of(*cluster), Notice::VERIFY_QUEUED);
}

Response cluster_hibernate(const Request& request, App& app) {
    return switch_power(request, app, power::hibernate, Notice::HIBERNATE_QUEUED);
}

Response cluster_resume(const Request& request, App& app) {
    return switch_power(request, app, power::resume, Notice::RESUME_QUEUED);
}

Response cluster_retry(const Request& request, App& app) {
    auto tx = app.db.begin();
    const auto cluster = clusters::find_locked(tx, request.path_id<ClusterId>("cluster"), request.reach());
    if (!cluster) return not_found();

    jobs::hurry(tx, *cluster, request.actor());
    tx.commit();
    return see_other(app, path_of(*cluster), Notice::JOB_HURRIED);
}

}  // namespace desk::pages
