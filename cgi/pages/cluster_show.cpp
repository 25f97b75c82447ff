// GET /clusters/{cluster} and its POSTs: extend, scale, destroy, cancel, retry, abandon. A refusal shows the page again
// with what was typed.
#include "cgi/views/cluster_show.hpp"
#include "cgi/notice.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "cgi/within_reach.hpp"
#include "core/base/local_time.hpp"
#include "core/base/result.hpp"
#include "core/base/text.hpp"
#include "core/model/lifetime.hpp"
#include "core/model/names.hpp"
#include "core/store/abandon.hpp"
#include "core/store/ordering.hpp"
#include "core/store/power.hpp"

namespace desk::pages {
namespace {

constexpr int kJobsShown = 20;

/// The page of `cluster`, in two queries at most besides those that found `details` and `jobs`.
views::ClusterShow view_of(pg::Transaction& tx, const clusters::Cluster& cluster, const cluster_page::Details& details,
                           std::vector<jobs::Job> jobs, const Request& request, const App& app) {
    views::ClusterShow::Source source{.cluster = cluster,
                                      .principal = request.principal(),
                                      .catalog = app.catalog,
                                      .details = details,
                                      .brakes = &request.brakes(),
                                      .kill_after = seconds(app.config.worker.kill_seconds)};
    source.jobs = std::move(jobs);
    source.troubled = failures::find_troubled(source.jobs);
    if (source.troubled) source.story = failures::story(tx, source.troubled->id, source.troubled->attempts);
    if (is_ending(cluster.status)) source.blocked = blocked::find(tx, cluster.id);
    if (cluster.status == ClusterStatus::ABANDONED) source.orphans = orphans::list(tx, {.cluster = cluster.id});
    return views::ClusterShow::of(source, views::Reader::of(request));
}

views::ClusterShow load(pg::Transaction& tx, const clusters::Cluster& cluster, const Request& request, const App& app) {
    auto batch = tx.batch();
    const auto details = cluster_page::details(batch, cluster.id);
    const auto jobs = jobs::of_cluster(batch, cluster.id, kJobsShown);
    const auto found = batch.run();
    return view_of(tx, cluster, details.of(found), jobs.of(found), request, app);
}

Response show(const Request& request, App& app, const clusters::Cluster& cluster, const views::ClusterShow& view,
              int status) {
    const int refresh = is_final(cluster.status) ? 0 : 2;
    return render(app, request,
                  {.file = "cluster_show.tpl",
                   .title = cat(cluster.name, ": ", views::phrase(cluster.status).word),
                   .refresh_seconds = refresh,
                   .status = status},
                  view);
}

/// How many hours a form asks for: the button's, or as many as reach the date and time that was typed. The failure says
/// what is wrong with it.
Result<int, std::string> wanted_hours(const Form& form, const clusters::Cluster& cluster, const std::string& zone) {
    if (form["hours"] != "until") {
        const auto hours = parse_int(form["hours"]);
        if (!hours || *hours < 1 || *hours > kMaxTtlHours)
            throw Error(Code::invalid, cat("Hours: a whole number from 1 to ", kMaxTtlHours, '.'));
        return static_cast<int>(*hours);
    }
    const auto until = from_local(trim(form["until"]), zone);
    if (!until) return Failure{std::string("Give a date and a time that exist.")};
    if (!cluster.destroy_at || *until <= *cluster.destroy_at)
        return Failure{std::string("The date and time must be later than the end that is set now.")};
    const int hours = Pace{cluster.seconds_per_hour}.hours_in(*until - *cluster.destroy_at);
    if (hours > kMaxTtlHours) return Failure{cat("At most ", kMaxTtlHours, " h can be asked for at once.")};
    return hours;
}

/// What people call the fields of the forms for more time and other workers.
const views::ErrorSummary::Labels kChangeLabels = {
    {"until", "More time"}, {"extend-reason", "Reason"}, {"replicas", "Workers"}, {"scale-reason", "Reason"}};

FormErrors reason_faults(std::string field, const std::string& reason) {
    const auto fault = text_fault(reason, kLongestRequestReason, true);
    return fault ? FormErrors{{std::move(field), *fault}} : FormErrors{};
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
    const auto cluster = lock_cluster(tx, request);

    ask(tx, cluster, request.actor());
    tx.commit();
    return see_other(app, path_of(cluster), notice);
}

struct Shown {
    clusters::Cluster cluster;
    views::ClusterShow view;
};
/// The connection is free again before the page is rendered.
std::optional<Shown> find(const Request& request, App& app) {
    const auto id = request.path_id<ClusterId>("cluster");
    auto tx = app.db.begin(pg::Mode::read_only);
    auto batch = tx.batch();
    const auto within_reach = clusters::find(batch, id, request.reach());
    const auto details = cluster_page::details(batch, id);
    const auto jobs = jobs::of_cluster(batch, id, kJobsShown);
    const auto found = batch.run();
    const auto cluster = within_reach.of(found);
    if (!cluster) return std::nullopt;
    return Shown{*cluster, view_of(tx, *cluster, details.of(found), jobs.of(found), request, app)};
}

}  // namespace

Response cluster_show(const Request& request, App& app) {
    const auto found = find(request, app);
    return found ? show(request, app, found->cluster, found->view, 200) : not_found();
}

Response cluster_extend(const Request& request, App& app) {
    const Form& form = request.form();
    const std::string reason(trim(form["reason"])), until(trim(form["until"]));

    auto tx = app.db.begin();
    const auto cluster = lock_cluster(tx, request);
    const auto refuse = [&](const FormErrors& faults) {
        auto view = load(tx, cluster, request, app);
        view.errors = views::ErrorSummary::of(faults, "It was not extended", kChangeLabels);
        view.until = until;
        view.extension_reason = reason;
        return show(request, app, cluster, view, 422);
    };
    const auto hours = wanted_hours(form, cluster, request.time_zone());
    auto faults = reason_faults("extend-reason", reason);
    if (!hours) faults.push_back({"until", hours.error()});
    if (!faults.empty()) return refuse(faults);

    const auto extended = ordering::extend(tx, request.principal(), cluster, *hours, reason, request.actor());
    if (!extended) return refuse({{"until", extended.error().verdict.explanation}});
    tx.commit();
    return see_other(
        app, path_of(cluster),
        extended->state == RequestState::APPROVED ? Notice::EXTENSION_GRANTED : Notice::EXTENSION_REQUESTED);
}

Response cluster_destroy(const Request& request, App& app) {
    auto tx = app.db.begin();
    const auto cluster = lock_cluster(tx, request);

    const std::string zone(trim(request.form()["delete_zone"]));
    // trying again what was decided before takes no name
    const bool is_retry = meaning_of_destroy(cluster.status) == DestroyMeaning::ALREADY;
    if (!is_retry && trim(request.form()["confirm"]) != cluster.name) {
        auto view = load(tx, cluster, request, app);
        view.errors =
            views::ErrorSummary{.title = "Nothing was destroyed",
                                .lines = {{.field = "confirm", .text = "Type the name of this cluster to confirm."}}};
        if (view.danger) {
            view.danger->is_wrong = true;
            view.danger->typed_zone = zone;
        }
        return show(request, app, cluster, view, 422);
    }

    const auto fault = zone.empty() ? std::nullopt : prereqs::confirm_zone(tx, cluster, zone, request.actor());
    if (fault) {
        auto view = load(tx, cluster, request, app);
        view.errors =
            views::ErrorSummary{.title = "Nothing was destroyed", .lines = {{.field = "delete_zone", .text = *fault}}};
        if (view.danger) {
            view.danger->typed_zone = zone;
            view.danger->is_zone_wrong = true;
        }
        return show(request, app, cluster, view, 422);
    }

    const auto wish = jobs::want_destroy(tx, cluster, request.actor(), "asked for on the page");
    tx.commit();
    return see_other(app, path_of(cluster), notice_of(wish.meaning));
}

Response cluster_abandon(const Request& request, App& app) {
    const Form& form = request.form();
    const std::string typed(trim(form["confirm"])), reason(trim(form["reason"]));

    auto tx = app.db.begin();
    const auto cluster = lock_cluster(tx, request);

    const auto fault = reason.empty() ? std::optional<std::string>("Say why: it is in the receipt.")
                                      : text_fault(reason, views::kLongestReason);
    const bool is_wrong = typed != cluster.name;
    if (cluster.status == ClusterStatus::DESTROY_FAILED && (is_wrong || fault)) {
        auto view = load(tx, cluster, request, app);
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
        return show(request, app, cluster, view, 422);
    }

    clusters::abandon(tx, cluster, reason, request.actor());
    tx.commit();
    return see_other(app, path_of(cluster), Notice::CLUSTER_ABANDONED);
}

Response cluster_cancel(const Request& request, App& app) {
    auto tx = app.db.begin();
    const auto cluster = lock_cluster(tx, request);

    jobs::cancel(tx, cluster, request.actor());
    tx.commit();
    return see_other(app, path_of(cluster), Notice::CANCEL_ASKED);
}

Response cluster_verify(const Request& request, App& app) {
    auto tx = app.db.begin();
    const auto cluster = lock_cluster(tx, request);

    jobs::verify(tx, cluster, request.actor());
    tx.commit();
    return see_other(app, path_of(cluster), Notice::VERIFY_QUEUED);
}

Response cluster_hibernate(const Request& request, App& app) {
    return switch_power(request, app, power::hibernate, Notice::HIBERNATE_QUEUED);
}

Response cluster_resume(const Request& request, App& app) {
    return switch_power(request, app, power::resume, Notice::RESUME_QUEUED);
}

Response cluster_scale(const Request& request, App& app) {
    const Form& form = request.form();
    const auto replicas = parse_int(form["replicas"]);
    const std::string reason(trim(form["reason"]));

    auto tx = app.db.begin();
    const auto cluster = lock_cluster(tx, request);
    if (!replicas || *replicas < 0 || *replicas > kMostWorkers)
        throw Error(Code::invalid, cat("Workers: a whole number from 0 to ", kMostWorkers, '.'));
    const auto refuse = [&](const FormErrors& faults) {
        auto view = load(tx, cluster, request, app);
        view.errors = views::ErrorSummary::of(faults, "The workers stay as they are", kChangeLabels);
        if (view.scale) {
            view.scale->chosen = static_cast<int>(*replicas);
            view.scale->reason = reason;
        }
        return show(request, app, cluster, view, 422);
    };
    if (const auto faults = reason_faults("scale-reason", reason); !faults.empty()) return refuse(faults);

    const auto scaled =
        ordering::scale(tx, request.principal(), cluster, static_cast<int>(*replicas), reason, request.actor());
    if (!scaled) return refuse({{"replicas", scaled.error().verdict.explanation}});
    tx.commit();
    return see_other(app, path_of(cluster), scaled->job ? Notice::SCALE_QUEUED : Notice::SCALE_REQUESTED);
}

Response cluster_retry(const Request& request, App& app) {
    auto tx = app.db.begin();
    const auto cluster = lock_cluster(tx, request);

    jobs::hurry(tx, cluster, request.actor());
    tx.commit();
    return see_other(app, path_of(cluster), Notice::JOB_HURRIED);
}

}  // namespace desk::pages
