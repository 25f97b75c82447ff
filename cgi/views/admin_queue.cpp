#include "cgi/views/admin_queue.hpp"

#include <ctemplate/template.h>

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "keys/admin_queue.tpl.hpp"

namespace desk::views {
namespace {

struct BrakeWords {
    desk::Brake brake;
    std::string_view title, what;
};
constexpr std::array kBrakes = {
    BrakeWords{desk::Brake::NO_CREATES, "No creates",
               "Orders are refused and queued installs wait. What runs goes on."},
    BrakeWords{desk::Brake::NO_DESTROYS, "No destroys",
               "Nothing is destroyed, also when its lifetime is over. Clusters go on costing money."},
    BrakeWords{desk::Brake::READ_ONLY, "Read-only", "Nobody changes anything, and no worker takes a job."},
};

AdminQueue::Brake brake_of(const BrakeWords& words, const std::vector<brakes::Pulled>& all, const Reader& reader) {
    AdminQueue::Brake shown{
        .name = std::string(text(words.brake)), .title = std::string(words.title), .what = std::string(words.what)};
    const auto pulled = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.brake == words.brake; });
    if (pulled == all.end()) {
        shown.state = {{"off", "Released"}};
        return shown;
    }
    shown.state = {{"wait", "Pulled"}};
    shown.by = pulled->by_name;
    shown.reason = pulled->reason;
    shown.since = Moment::of(pulled->since, reader);
    return shown;
}

AdminQueue::Worker worker_of(const workers::Worker& worker, const Reader& reader) {
    constexpr auto kSilentAfter = 3min;
    const bool is_alive = reader.now - worker.last_tick < kSilentAfter;
    const Phrase phrase = worker.draining ? Phrase{"wait", "Draining"}
                          : is_alive      ? Phrase{"good", "Alive"}
                                          : Phrase{"bad", "Silent"};
    return {.host = worker.host,
            .version = worker.version,
            .leases = worker.leases,
            .slots = worker.slots,
            .state = {phrase},
            .tick = Moment::of(worker.last_tick, reader),
            .claim = Moment::of(worker.last_claim, reader, "never")};
}

AdminQueue::Job job_of(const jobs::Job& job, const Reader& reader) {
    const auto cluster = job.cluster_id ? job.cluster_id->str() : "";
    return {.title = std::string(title(job.type)),
            .log = cluster.empty() ? "/admin/queue" : cat("/clusters/", cluster, "/logs?job=", job.id),
            .cluster = job.cluster_name,
            .cluster_id = cluster,
            .trouble = job.error_message.value_or(""),
            .attempts = job.attempts,
            .state = {phrase(job.status)},
            .due = Moment::of(job.ended_at ? *job.ended_at : job.run_after, reader)};
}

}  // namespace

AdminQueue AdminQueue::of(const std::vector<brakes::Pulled>& pulled, const std::vector<workers::Worker>& workers,
                          const std::vector<jobs::Job>& jobs, bool may_write, const Reader& reader) {
    AdminQueue page{.may_write = may_write};
    for (const auto& words : kBrakes) page.brakes.push_back(brake_of(words, pulled, reader));
    for (const auto& worker : workers) page.workers.push_back(worker_of(worker, reader));
    for (const auto& job : jobs) page.jobs.push_back(job_of(job, reader));
    return page;
}

void AdminQueue::fill(Dictionary& out) const {
    include(out, kaq_ERRORS, errors);
    for (const auto& brake : brakes) {
        auto* item = out.AddSectionDictionary(kaq_BRAKE);
        item->SetValue(kaq_NAME, brake.name);
        item->SetValue(kaq_TITLE, brake.title);
        item->SetValue(kaq_WHAT, brake.what);
        item->SetValue(kaq_TONE, brake.since ? "wait" : "");
        auto* state = item->AddSectionDictionary(brake.since ? kaq_PULLED : kaq_RELEASED);
        include(*state, kaq_STATE, brake.state);
        if (brake.since) {
            state->SetValue(kaq_BY, brake.by);
            state->SetValue(kaq_REASON, brake.reason);
            include(*state, kaq_SINCE, *brake.since);
        }
        if (may_write) state->ShowSection(brake.since ? kaq_MAY_RELEASE : kaq_MAY_PULL);
        if (brake.is_wrong) item->ShowSection(kaq_WRONG);
    }
    out.ShowSection(workers.empty() ? kaq_NO_WORKERS : kaq_HAVE_WORKERS);
    for (const auto& worker : workers) {
        auto* item = out.AddSectionDictionary(kaq_WORKER);
        item->SetValue(kaq_HOST, worker.host);
        item->SetValue(kaq_VERSION, worker.version);
        item->SetIntValue(kaq_LEASES, worker.leases);
        item->SetIntValue(kaq_SLOTS, worker.slots);
        include(*item, kaq_STATE, worker.state);
        include(*item, kaq_TICK, worker.tick);
        include(*item, kaq_CLAIM, worker.claim);
    }
    out.ShowSection(jobs.empty() ? kaq_NO_JOBS : kaq_HAVE_JOBS);
    for (const auto& job : jobs) {
        auto* item = out.AddSectionDictionary(kaq_JOB);
        item->SetValue(kaq_WHAT, job.title);
        item->SetValue(kaq_LOG, job.log);
        item->SetValue(kaq_TROUBLE, job.trouble);
        item->SetIntValue(kaq_ATTEMPTS, job.attempts);
        include(*item, kaq_STATE, job.state);
        include(*item, kaq_DUE, job.due);
        auto* of = item->AddSectionDictionary(job.cluster_id.empty() ? kaq_OF_DESK : kaq_OF_CLUSTER);
        of->SetValue(kaq_CLUSTER, job.cluster);
        of->SetValue(kaq_CLUSTER_ID, job.cluster_id);
    }
}

}  // namespace desk::views
