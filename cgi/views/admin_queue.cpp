#include "cgi/views/admin_queue.hpp"

#include <algorithm>

#include "cgi/brake_words.hpp"
#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/admin_queue.tpl.hpp"
#include "keys/parts/queue_jobs.tpl.hpp"

namespace desk::views {
namespace {

AdminQueue::Brake brake_of(Brake brake, const std::vector<brakes::Pulled>& all, const Reader& reader) {
    AdminQueue::Brake shown{
        .name = std::string(text(brake)), .title = std::string(title(brake)), .what = std::string(meaning(brake))};
    const auto pulled = std::ranges::find(all, brake, &brakes::Pulled::brake);
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
    const Phrase phrase = !is_alive                              ? Phrase{"bad", "Silent"}
                          : worker.draining && worker.leases > 0 ? Phrase{"wait", "Draining"}
                          : worker.draining                      ? Phrase{"off", "Drained"}
                                                                 : Phrase{"good", "Alive"};
    return {.host = worker.host,
            .version = worker.version,
            .leases = worker.leases,
            .slots = worker.slots,
            .is_draining = worker.draining,
            .state = {phrase},
            .tick = Moment::of(worker.last_tick, reader),
            .claim = Moment::of(worker.last_claim, reader, "never")};
}

/// Which brake keeps workers from it; "" when none does.
std::string held_words(const jobs::Job& job, const std::vector<brakes::Pulled>& pulled) {
    const bool waits = job.status == JobStatus::PENDING || job.status == JobStatus::RETRYING;
    const auto* const holder = waits ? holder_of(pulled, job.type) : nullptr;
    return holder == nullptr ? "" : cat("held back by the brake “", title(holder->brake), "”");
}

AdminQueue::Job job_of(const jobs::Job& job, const std::vector<brakes::Pulled>& pulled, const Reader& reader) {
    const auto cluster = job.cluster_id ? job.cluster_id->str() : "";
    return {.id = job.id.str(),
            .title = std::string(title(job.type)),
            .log = cluster.empty() ? "" : cat("/clusters/", cluster, "/logs?job=", job.id),
            .cluster = job.cluster_name,
            .cluster_id = cluster,
            .trouble = job.error_message.value_or(""),
            .held = held_words(job, pulled),
            .attempts = job.attempts,
            .state = {phrase(job.status)},
            .at = Moment::of(job.ended_at ? *job.ended_at : job.run_after, reader)};
}

}  // namespace

AdminQueue AdminQueue::of(const Source& in, const Reader& reader) {
    AdminQueue page{.may_write = in.may_write, .blocked = in.blocked, .orphans = in.orphans};
    for (const auto name : all_texts<desk::Brake>())
        page.brakes.push_back(brake_of(*parse_enum<desk::Brake>(name), in.brakes, reader));
    for (const auto& worker : in.workers) page.workers.push_back(worker_of(worker, reader));
    for (const auto& job : in.jobs) {
        auto& jobs = is_open(job.status) ? page.open : page.ended;
        jobs.jobs.push_back(job_of(job, in.brakes, reader));
        if (job.status == JobStatus::FAILED) ++jobs.failed;
    }
    return page;
}

void AdminQueue::fill(Dictionary& out) const {
    include(out, kaq_ERRORS, errors);
    out.SetValue(kaq_BLOCKED,
                 blocked == 0 ? "No deletion is blocked" : counted(blocked, "blocked deletion", "blocked deletions"));
    out.SetValue(kaq_ORPHANS, orphans == 0 ? "No orphan is open" : counted(orphans, "open orphan", "open orphans"));
    for (const auto& brake : brakes) {
        auto* item = out.AddSectionDictionary(kaq_BRAKE);
        item->SetValue(kaq_NAME, brake.name);
        item->SetValue(kaq_TITLE, brake.title);
        item->SetValue(kaq_WHAT, brake.what);
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
    for (const auto& fault : faults) {
        auto* item = out.AddSectionDictionary(kaq_FAULT);
        item->SetValue(kaq_HOST, fault.host);
        item->SetValue(kaq_TEXT, fault.text);
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
        if (may_write) item->ShowSection(worker.is_draining ? kaq_MAY_RESUME : kaq_MAY_DRAIN);
    }
    if (open.jobs.empty())
        out.ShowSection(kaq_NONE_OPEN);
    else
        include(out, kaq_OPEN, open);
    if (!ended.jobs.empty()) {
        auto* section = out.AddSectionDictionary(kaq_HAVE_ENDED);
        section->SetValue(kaq_SUMMARY,
                          cat("Ended lately: ", counted(static_cast<int>(ended.jobs.size()), "job", "jobs"),
                              ended.failed == 0 ? "" : cat(", ", ended.failed, " failed")));
        include(*section, kaq_ENDED, ended);
    }
}

void AdminQueue::Jobs::fill(Dictionary& out) const {
    out.SetValue(kqj_CAPTION, caption);
    out.SetValue(kqj_WHEN, when);
    for (const auto& job : jobs) {
        auto* item = out.AddSectionDictionary(kqj_JOB);
        item->SetValue(kqj_ID, job.id);
        item->SetValue(kqj_WHAT, job.title);
        item->SetValue(kqj_TROUBLE, job.trouble);
        show_if(*item, kqj_HELD, kqj_BY_BRAKE, job.held);
        item->SetIntValue(kqj_ATTEMPTS, job.attempts);
        include(*item, kqj_STATE, job.state);
        include(*item, kqj_AT, job.at);
        const bool is_of_desk = job.cluster_id.empty();
        show_if(*item, kqj_LINKED, kqj_LOG, job.log);
        if (is_of_desk) item->ShowSection(kqj_PLAIN);
        auto* of = item->AddSectionDictionary(is_of_desk ? kqj_OF_DESK : kqj_OF_CLUSTER);
        of->SetValue(kqj_CLUSTER, job.cluster);
        of->SetValue(kqj_CLUSTER_ID, job.cluster_id);
    }
}

}  // namespace desk::views
