#include "cgi/views/danger.hpp"

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/parts/danger.tpl.hpp"

namespace desk::views {
namespace {

constexpr std::string_view kProof = " Two looks at the cloud then have to find nothing before it counts as gone.";

Danger cannot(std::string title, std::string why) { return {.title = std::move(title), .what = std::move(why)}; }

/// What is left to say when a destroy was asked for already.
Danger under_way(const clusters::Cluster& cluster) {
    switch (cluster.status) {
        case ClusterStatus::CREATING:
            return cannot("Being cancelled", "The install is being stopped; what it has made is destroyed after that.");
        case ClusterStatus::DESTROY_FAILED:
            return cannot("Can’t be cancelled",
                          "Parts of the cluster are gone already. “Blocked deletion” on this page says what is left, "
                          "and how the desk is made to try at once.");
        case ClusterStatus::DESTROYING:
        case ClusterStatus::DESTROY_VERIFYING:
            return cannot("Can’t be cancelled", "A destroy is not stopped: parts of the cluster are gone already.");
        default:
            return cannot("Being destroyed", "A destroy was asked for. It begins when the job that runs has stopped.");
    }
}

Danger cancel_create(const jobs::Job* job, seconds kill_after) {
    Danger danger{.title = "Cancel the install", .verb = "Stop it and destroy what exists"};
    const bool is_running = job != nullptr && job->status == JobStatus::RUNNING;
    danger.what =
        is_running ? cat("The installer is told to stop at once, and ended by force after ", to_words(kill_after),
                         " at the latest. Then everything it has made so far is destroyed.")
                   : "No installer runs at this moment: the next try is called off at once, and what the tries before "
                     "it have made is destroyed.";
    danger.what += kProof;
    danger.what += " An install that was stopped can’t go on: order again.";
    return danger;
}

Danger destroy(const jobs::Job* job, seconds kill_after) {
    Danger danger{.title = "Destroy",
                  .what = cat("Machines, disks, network and names of this cluster are deleted, and everything on it is "
                              "lost. There is no way back.",
                              kProof),
                  .verb = "Destroy this cluster"};
    if (job == nullptr || !is_open(job->status)) return danger;
    danger.what += cat(" The job that is open now (", title(job->type), ") is stopped first.");
    if (!job->cancel_requested_at)
        danger.cancel =
            job->status == JobStatus::RUNNING
                ? cat("Or stop only the job that runs now (", title(job->type), "): it ends within ",
                      to_words(kill_after), ", and the cluster itself stays.")
                : cat("Or call off only the job that waits (", title(job->type), "); the cluster itself stays.");
    return danger;
}

Danger danger_of(const clusters::Cluster& cluster, const jobs::Job* newest, seconds kill_after) {
    switch (meaning_of_destroy(cluster.status)) {
        case DestroyMeaning::WITHDRAW:
            return {.title = "Withdraw",
                    .what = "Takes the request back. Nothing was created yet, and the name is free at once.",
                    .verb = "Withdraw the request"};
        case DestroyMeaning::CANCEL:
            return {
                .title = "Cancel",
                .what = cat("Takes the order out of the queue before anything exists. Should a worker take it at this "
                            "very moment, it is stopped and what it has made is destroyed.",
                            " The name is free when nothing is left."),
                .verb = "Cancel the order"};
        case DestroyMeaning::ALREADY:
        case DestroyMeaning::IMPOSSIBLE:
            return under_way(cluster);
        case DestroyMeaning::DESTROY:
            break;
    }
    if (cluster.destroy_wanted_at) return under_way(cluster);
    return cluster.status == ClusterStatus::CREATING ? cancel_create(newest, kill_after) : destroy(newest, kill_after);
}

}  // namespace

std::optional<Danger> Danger::of(const clusters::Cluster& cluster, const std::vector<jobs::Job>& jobs,
                                 seconds kill_after) {
    if (is_final(cluster.status)) return std::nullopt;
    auto danger = danger_of(cluster, jobs.empty() ? nullptr : &jobs.front(), kill_after);
    danger.id = cluster.id.str();
    danger.name = cluster.name;
    return danger;
}

void Danger::fill(Dictionary& out) const {
    out.SetValue(kd_ID, id);
    out.SetValue(kd_NAME, name);
    out.SetValue(kd_TITLE, title);
    out.SetValue(kd_WHAT, what);
    if (!verb.empty()) {
        auto* form = out.AddSectionDictionary(kd_MAY);
        form->SetValue(kd_VERB, verb);
        if (is_wrong) form->ShowSection(kd_WRONG);
        if (!zone.empty()) {
            auto* field = form->AddSectionDictionary(kd_ZONE);
            field->SetValue(kd_NAME, zone);
            field->SetValue(kd_TYPED, typed_zone);
            if (is_zone_wrong) field->ShowSection(kd_ZONE_WRONG);
        }
    }
    show_if(out, kd_CANCEL, kd_WORDS, cancel);
}

}  // namespace desk::views
