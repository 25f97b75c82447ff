// /clusters/bulk/extend and /clusters/bulk/destroy: a GET lists what would happen to each of the chosen clusters, the
// POST does it to each by itself, as long as it is still what the list showed, and says what became of each.
#include <functional>

#include "cgi/error_answer.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "cgi/views/cluster_bulk.hpp"
#include "core/base/log.hpp"
#include "core/base/text.hpp"
#include "core/model/lifetime.hpp"
#include "core/model/names.hpp"
#include "core/store/ordering.hpp"

namespace desk::pages {
namespace {

constexpr std::size_t kMostChosen = 100;
constexpr std::string_view kWord = "destroy";

int hours_of(const Form& form) {
    const auto hours = parse_int(form["hours"]);
    if (!hours || *hours < 1 || *hours > kMaxTtlHours)
        throw Error(Code::invalid, cat("Hours: a whole number from 1 to ", kMaxTtlHours, '.'));
    return static_cast<int>(*hours);
}

std::vector<ClusterId> ids_of(const std::vector<std::string_view>& texts) {
    if (texts.size() > kMostChosen) throw Error(Code::invalid, cat("Choose ", kMostChosen, " clusters at most."));
    std::vector<ClusterId> ids;
    for (const auto text : texts)
        if (auto id = ClusterId::parse(text.substr(0, text.find('.')))) ids.push_back(std::move(*id));
    return ids;
}

std::string summary_of(std::size_t chosen, std::size_t found) {
    if (found == chosen) return views::counted(static_cast<int>(found), "cluster", "clusters");
    return cat(views::counted(static_cast<int>(found), "cluster", "clusters"), "; ", chosen - found,
               " more of those chosen are not there, or your roles do not include this for them.");
}

Response show(const Request& request, App& app, const views::ClusterBulk& view, int status = 200) {
    return render(app, request, {.file = "cluster_bulk.tpl", .title = view.title, .status = status}, view);
}

/// The list before anything is done; `row` says what would become of a cluster.
views::ClusterBulk before(const Request& request, App& app, const std::vector<ClusterId>& chosen, std::string title,
                          const std::function<views::ClusterBulk::Row(const clusters::Cluster&)>& row) {
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto found = clusters::find_some(tx, chosen, request.reach());

    views::ClusterBulk view{.title = std::move(title)};
    for (const auto& cluster : found) view.rows.push_back(row(cluster));
    view.summary = chosen.empty() ? "" : summary_of(chosen.size(), found.size());
    return view;
}

/// Does `act` to one cluster in a transaction of its own; `act` answers with what became of it. Never throws: the
/// others go on, and each has an outcome of its own.
views::ClusterBulk::Row each(const Request& request, App& app, std::string_view seen,
                             const std::function<std::string(pg::Transaction&, const clusters::Cluster&)>& act) {
    const std::string id(seen.substr(0, seen.find('.')));
    const log::Scope scope({{"cluster", id}});
    std::optional<clusters::Cluster> cluster;
    const auto refused = [&](std::string why) {
        return cluster ? views::ClusterBulk::outcome(*cluster, std::move(why), true)
                       : views::ClusterBulk::unseen(id, std::move(why));
    };
    try {
        auto tx = app.db.begin();
        if (const auto known = ClusterId::parse(id)) cluster = clusters::find_locked(tx, *known, request.reach());
        if (!cluster) return refused("It is not there any more.");
        if (views::seen_state(*cluster) != seen)
            return refused("It changed after the list was shown. Look at it, then repeat.");
        auto words = act(tx, *cluster);
        tx.commit();
        return views::ClusterBulk::outcome(*cluster, std::move(words), false);
    } catch (const Error& error) {
        log_failure(error);
        return refused(error.for_user());
    } catch (const std::exception& error) {
        log_failure(error);
        return refused("Something went wrong inside the desk.");
    }
}

views::ClusterBulk after(const Request& request, App& app, std::string title,
                         const std::function<std::string(pg::Transaction&, const clusters::Cluster&)>& act) {
    const auto chosen = request.form().all("seen");
    if (chosen.size() > kMostChosen) throw Error(Code::invalid, cat("Choose ", kMostChosen, " clusters at most."));
    views::ClusterBulk view{.is_outcome = true, .title = std::move(title)};
    std::size_t done = 0;
    for (const auto seen : chosen) {
        view.rows.push_back(each(request, app, seen, act));
        if (!view.rows.back().is_refused) ++done;
    }
    if (!chosen.empty())
        view.summary = cat(done, " of ", views::counted(static_cast<int>(chosen.size()), "cluster", "clusters"));
    return view;
}

std::string words_of(DestroyMeaning meaning) {
    switch (meaning) {
        case DestroyMeaning::WITHDRAW:
            return "The request was withdrawn.";
        case DestroyMeaning::CANCEL:
            return "The order was cancelled. Nothing was created.";
        default:
            return "It is being destroyed. The proof of deletion follows.";
    }
}

views::ClusterBulk destruction(const Request& request, App& app, const std::vector<ClusterId>& chosen) {
    auto view = before(request, app, chosen, "Destroy clusters", views::ClusterBulk::destruction);
    view.is_destroy = true;
    return view;
}

}  // namespace

Response bulk_extend(const Request& request, App& app) {
    const int hours = hours_of(request.query());
    const auto reader = views::Reader::of(request);
    auto view =
        before(request, app, ids_of(request.query().all("cluster")),
               cat("Extend by ", hours % 24 == 0 ? views::counted(hours / 24, "day", "days") : cat(hours, " h")),
               [&](const clusters::Cluster& cluster) { return views::ClusterBulk::extension(cluster, hours, reader); });
    view.hours = hours;
    return show(request, app, view);
}

Response bulk_extend_all(const Request& request, App& app) {
    const int hours = hours_of(request.form());
    const std::string reason(trim(request.form()["reason"]));
    if (const auto fault = text_fault(reason, kLongestRequestReason, true))
        throw Error(Code::invalid, cat("Reason: ", *fault));

    return show(
        request, app,
        after(request, app, "Extended clusters", [&](pg::Transaction& tx, const clusters::Cluster& cluster) {
            const auto extended = ordering::extend(tx, request.principal(), cluster, hours, reason, request.actor());
            if (!extended) {
                const auto& why = extended.error();
                throw Error(Code::invalid, why.errors.empty() ? why.verdict.explanation : why.errors.front().error);
            }
            if (extended->state != RequestState::APPROVED) return std::string("Asked for; an approver decides.");
            return cat("Ends ", to_local(*extended->destroy_at, request.time_zone()), " now.");
        }));
}

Response bulk_destroy(const Request& request, App& app) {
    return show(request, app, destruction(request, app, ids_of(request.query().all("cluster"))));
}

Response bulk_destroy_all(const Request& request, App& app) {
    if (trim(request.form()["confirm"]) != kWord) {
        auto view = destruction(request, app, ids_of(request.form().all("seen")));
        view.is_wrong = true;
        return show(request, app, view, 422);
    }
    return show(request, app,
                after(request, app, "Destroyed clusters", [&](pg::Transaction& tx, const clusters::Cluster& cluster) {
                    return words_of(jobs::want_destroy(tx, cluster, request.actor(), "asked for on the list").meaning);
                }));
}

}  // namespace desk::pages
