#include "cgi/views/home.hpp"

#include "cgi/brake_words.hpp"
#include "cgi/dictionary.hpp"
#include "cgi/views/request_words.hpp"
#include "core/base/text.hpp"
#include "keys/home.tpl.hpp"

namespace desk::views {
namespace {

Home::Row row(const clusters::Cluster& cluster, const Reader& reader) {
    return {.id = cluster.id.str(),
            .name = cluster.name,
            .profile = cluster.profile,
            .rate = amount(hourly(cluster)) + "/h",
            .state = {phrase(cluster.status)},
            .ends = ends(cluster, reader)};
}

std::string workers_words(const DeskState& desk) {
    if (!desk.since_tick) return "No worker has ever reported. Nothing is installed or destroyed until one does.";
    if (desk.workers == 0)
        return cat("None is alive: the last one reported ", to_words(*desk.since_tick),
                   " ago. Nothing moves until an administrator looks.");
    return cat(counted(desk.workers, "worker is", "workers are"), " alive.");
}

std::string queue_words(const DeskState& desk) {
    if (desk.running + desk.waiting == 0) return "Empty.";
    auto words = cat(counted(desk.running, "job runs", "jobs run"), ", ", counted(desk.waiting, "waits", "wait"), '.');
    if (desk.oldest_due && *desk.oldest_due > 60s)
        words += cat(" The oldest has waited ", to_words(*desk.oldest_due), " for a worker.");
    return words;
}

std::string brakes_words(const std::vector<brakes::Pulled>& pulled) {
    if (pulled.empty()) return "None is pulled.";
    std::vector<std::string> words;
    for (const auto& brake : pulled)
        words.push_back(cat(title(brake.brake), ": ", brake.reason, " (", brake.by_name, ')'));
    return join(words, "; ");
}

}  // namespace

Home Home::of(const Facts& in, const Reader& reader) {
    Home page{.name = in.principal.display_name,
              .may_order = in.principal.may(Permission::request_create),
              .may_extend = in.principal.may(Permission::cluster_extend),
              .may_tour = in.principal.may(Permission::request_create) && !in.on_tour,
              .horizon = to_words(in.horizon),
              .workers = workers_words(in.desk),
              .queue = queue_words(in.desk),
              .brakes = brakes_words(in.brakes)};
    page.tiles = {{"/clusters?status=READY&whose=all",
                   in.counts.running == 1 ? "cluster is ready" : "clusters are ready", in.counts.running},
                  {"/clusters?status=BUSY&whose=all", "in progress", in.counts.in_progress},
                  {"/clusters?status=TROUBLE&whose=all", in.counts.failed == 1 ? "needs attention" : "need attention",
                   in.counts.failed}};
    if (in.principal.may(Permission::request_decide))
        page.tiles.push_back(
            {"/approvals", in.inbox == 1 ? "request waits for you" : "requests wait for you", in.inbox});

    for (const auto& request : in.open_requests) {
        const auto href = cat("/requests/", request.id);
        if (is_asked(request))
            page.needs.push_back({href, cat("An approver asked about ", request.cluster_name),
                                  "Nobody decides before you answer.", "Answer"});
        else
            page.waiting.push_back({href, what_is_asked(request), Moment::of(request.lapses_at, reader, "")});
    }
    if (in.inbox > 0)
        page.needs.push_back({"/approvals",
                              counted(in.inbox, "request waits for your decision", "requests wait for your decision"),
                              "", "Decide"});
    if (in.blocked > 0)
        page.needs.push_back({"/admin/blocked", counted(in.blocked, "blocked deletion", "blocked deletions"),
                              "Something still exists in the cloud that the desk can’t delete by itself.", "Look"});
    for (const auto& cluster : in.mine) {
        page.mine.push_back(row(cluster, reader));
        if (cluster.status == ClusterStatus::FAILED || cluster.status == ClusterStatus::DESTROY_FAILED)
            page.needs.push_back(
                {cat("/clusters/", cluster.id), cat(cluster.name, ": ", phrase(cluster.status).word),
                 cluster.outcome_reason.value_or("The page of the cluster says why, and whose turn it is."),
                 "See what happened"});
    }
    for (const auto& cluster : in.ending_soon) page.soon.push_back(row(cluster, reader));
    return page;
}

void Home::fill(Dictionary& out) const {
    out.SetValue(kh_NAME, name);
    out.SetValue(kh_HORIZON, horizon);
    out.SetValue(kh_WORKERS, workers);
    out.SetValue(kh_QUEUE, queue);
    out.SetValue(kh_BRAKES, brakes);
    if (may_order) out.ShowSection(kh_MAY_ORDER);
    if (may_tour) out.ShowSection(kh_MAY_TOUR);
    for (const auto& tile : tiles) {
        auto* item = out.AddSectionDictionary(kh_TILE);
        item->SetValue(kh_HREF, tile.href);
        item->SetValue(kh_TEXT, tile.text);
        item->SetIntValue(kh_NUMBER, tile.number);
    }
    for (const auto& row : mine) {
        auto* item = out.AddSectionDictionary(kh_CLUSTER);
        item->SetValue(kh_ID, row.id);
        item->SetValue(kh_NAME, row.name);
        item->SetValue(kh_PROFILE, row.profile);
        item->SetValue(kh_RATE, row.rate);
        include(*item, kh_STATE, row.state);
        include(*item, kh_ENDS, row.ends);
    }
    out.ShowSection(mine.empty() ? kh_NO_CLUSTERS : kh_HAVE_CLUSTERS);
    for (const auto& need : needs) {
        auto* item = out.AddSectionDictionary(kh_NEED);
        item->SetValue(kh_HREF, need.href);
        item->SetValue(kh_TEXT, need.text);
        item->SetValue(kh_ACTION, need.action);
        show_if(*item, kh_DETAIL, kh_WORDS, need.detail);
    }
    if (needs.empty()) out.ShowSection(kh_NO_NEEDS);
    for (const auto& row : soon) {
        auto* item = out.AddSectionDictionary(kh_SOON);
        item->SetValue(kh_ID, row.id);
        item->SetValue(kh_NAME, row.name);
        include(*item, kh_ENDS, row.ends);
        if (may_extend) item->ShowSection(kh_MAY_EXTEND);
    }
    if (!waiting.empty()) {
        auto* section = out.AddSectionDictionary(kh_HAVE_WAITING);
        for (const auto& request : waiting) {
            auto* item = section->AddSectionDictionary(kh_WAITING);
            item->SetValue(kh_HREF, request.href);
            item->SetValue(kh_TEXT, request.text);
            include(*item, kh_LAPSES, request.lapses);
        }
    }
    if (soon.empty()) out.ShowSection(kh_NONE_SOON);
}

}  // namespace desk::views
