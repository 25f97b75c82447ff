#include "cgi/views/cluster_show.hpp"

#include <algorithm>
#include <array>

#include "cgi/brake_words.hpp"
#include "cgi/dictionary.hpp"
#include "core/base/local_time.hpp"
#include "core/base/text.hpp"
#include "core/model/hibernation.hpp"
#include "core/model/lifetime.hpp"
#include "core/model/platform.hpp"
#include "core/store/power.hpp"
#include "keys/cluster_show.tpl.hpp"

namespace desk::views {
namespace {

constexpr std::array kExtensions = {1, 24};  // hours that can be added with one click

seconds between(Time from, Time to) { return std::max(std::chrono::duration_cast<seconds>(to - from), 0s); }

std::string log_url(const jobs::Job& job) {
    return cat("/clusters/", job.cluster_id ? job.cluster_id->str() : "", "/logs?job=", job.id);
}

ClusterShow::JobRow row(const jobs::Job& job, const Reader& reader) {
    const bool is_due = job.status == JobStatus::RETRYING || job.status == JobStatus::PENDING;
    return {.title = std::string(title(job.type)),
            .log = log_url(job),
            .attempts = std::to_string(job.attempts),
            .took = job.started_at ? to_words(between(*job.started_at, job.ended_at.value_or(reader.now)))
                    : is_due       ? "not yet begun"
                                   : "",
            .state = {phrase(job.status)},
            .asked = Moment::of(job.created_at, reader)};
}

ClusterShow::CurrentJob current(const jobs::Job& job, std::span<const jobs::Step> steps, Time now) {
    ClusterShow::CurrentJob shown{
        .title = cat(title(job.type), job.attempts > 1 ? cat(", attempt ", job.attempts) : ""),
        .log = log_url(job),
        .steps = steps_of(job, steps, now)};
    if (const auto progress = progress_of(job, steps); progress && is_open(job.status)) {
        shown.progress_words = cat("step ", progress->step, " of ", progress->of);
        shown.step = progress->step;
        shown.steps_in_all = progress->of;
    }
    return shown;
}

std::string_view since_when(const clusters::Cluster& cluster) {
    return cluster.status == ClusterStatus::ADOPTED ? " from its adoption on" : " from ready on";
}

std::string length_of(int hours) { return hours % 24 == 0 ? counted(hours / 24, "day", "days") : cat(hours, " h"); }

/// More time: each way to it with its price, and the cap with whose it is.
void fill_lifetime(ClusterShow& page, const clusters::Cluster& cluster, const Reader& reader) {
    const Pace pace{cluster.seconds_per_hour};
    const auto left = std::max(cluster.max_lifetime - cluster.lifetime, 0s);
    for (const int hours : kExtensions)
        if (pace.wall(hours) <= left)
            page.choices.push_back({.hours = hours,
                                    .words = "+" + length_of(hours),
                                    .detail = cat(amount(hourly_running(cluster) * hours), ", until ",
                                                  to_local(*cluster.destroy_at + pace.wall(hours), reader.time_zone))});
    page.cap =
        left < pace.wall(1)
            ? cat("No more time is possible: profile ", cluster.profile, " allows ", to_words(cluster.max_lifetime),
                  since_when(cluster), ". A platform administrator can change it.")
            : cat("At most until ", to_local(*cluster.destroy_at + left, reader.time_zone), ": profile ",
                  cluster.profile, " allows ", to_words(cluster.max_lifetime), since_when(cluster),
                  ". What its policy does not grant by itself waits for an approver.");
    if (left < pace.wall(1)) return;
    page.hour_price = amount(hourly_running(cluster));
    page.least_until = to_field(*cluster.destroy_at, reader.time_zone);
    page.most_until = to_field(*cluster.destroy_at + left, reader.time_zone);
}

Money cost_of_timeline(const ClusterShow::Source& in, Time now) {
    std::vector<StateInterval> stays;
    for (const auto& stay : in.details.timeline)
        stays.push_back({.from = stay.from, .to = stay.to, .hourly = stay.hourly});
    return cost_of(stays, now);
}

Facts facts_of(const clusters::Cluster& cluster) {
    Facts facts = {
        {"Platform", std::string(title(cluster.platform))},
        {"Base domain", cluster.base_domain},
        {"Cost centre", cluster.cost_center},
        {"vCPUs", std::to_string(cluster.vcpu)},
        {"Id", cluster.id.str()},
    };
    if (cluster.destroy_why && !cluster.destroy_why->empty())
        facts.push_back({"Why it is destroyed", *cluster.destroy_why});
    return facts;
}

std::string words_of(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_array()) return value.dump();
    std::vector<std::string> parts;
    for (const auto& part : value) parts.push_back(words_of(part));
    return join(parts, ", ");
}

/// Its plan and its outputs: the name servers are what a person has to carry to the parent domain.
Facts facts_of(const prereqs::Prereqs& prepared) {
    Facts facts;
    for (const auto& change : prepared.planned)
        facts.push_back({change.at("action").get<std::string>(), change.at("address").get<std::string>()});
    for (const auto& [name, value] : prepared.outputs.items()) facts.push_back({name, words_of(value)});
    if (prepared.destroyed_at) facts.push_back({"now", "taken away again"});
    return facts;
}

/// In the cluster's own hours: those of platform demo pass quickly.
seconds hours_since(Time then, const clusters::Cluster& cluster, const Reader& reader) {
    return std::chrono::floor<seconds>(reader.now - then) * 3600 / cluster.seconds_per_hour;
}

std::optional<ClusterShow::Power> power_of(const clusters::Cluster& cluster, const Reader& reader) {
    if (power::may_hibernate(cluster))
        return ClusterShow::Power{
            .title = "Hibernate",
            .what =
                cat("Stops every machine; whatever runs on them stops too. Disks, addresses and load balancers stay: "
                    "about ",
                    amount(hourly_asleep(cluster)), " an hour instead of ", amount(hourly_running(cluster)),
                    ". It still ends at its time. Waking up takes some minutes."),
            .warning =
                warning_before_sleep(hours_since(cluster.ready_at.value_or(reader.now), cluster, reader)).value_or(""),
            .verb = "Hibernate",
            .path = "hibernate"};
    if (power::may_resume(cluster))
        return ClusterShow::Power{
            .title = "Wake up",
            .what = cat("Starts every machine and waits until the cluster is well. From then on it costs about ",
                        amount(hourly_running(cluster)), " an hour again."),
            .warning = warning_of_long_sleep(hours_since(cluster.status_since, cluster, reader)).value_or(""),
            .verb = "Wake up",
            .path = "resume"};
    return std::nullopt;
}

}  // namespace

ClusterShow ClusterShow::of(const Source& in, const Reader& reader) {
    const auto& cluster = in.cluster;
    const auto* newest = in.jobs.empty() ? nullptr : &in.jobs.front();
    const auto steps = newest ? of_attempt(in.details.steps, newest->attempts) : std::vector<jobs::Step>{};
    const auto open = std::find_if(in.details.requests.begin(), in.details.requests.end(),
                                   [](const auto& request) { return request.state == RequestState::OPEN; });
    const Money cost = cost_of_timeline(in, reader.now);

    ClusterShow page{
        .head = ClusterHead::of(cluster, in.principal, ""),
        .status = status_of({.cluster = cluster,
                             .job = newest,
                             .steps = steps,
                             .install_time = in.details.install_time,
                             .held_by = newest && in.brakes ? holder_of(*in.brakes, newest->type) : nullptr,
                             .open_request = open == in.details.requests.end() ? nullptr : &*open},
                            reader),
        .facts = facts_of(cluster),
        .ends = views::ends(cluster, reader),
        .is_over = is_final(cluster.status),
        .cost = amount(cost),
        .timeline = Timeline::of(in.details.timeline, in.jobs, cluster.status, reader)};
    if (page.status.href.ends_with("/outputs") && !in.principal.may_in(Permission::outputs_read, cluster.team))
        page.status.action.clear();
    if (newest) {
        // what blocks a deletion is said once, in its own panel
        const bool is_told = in.troubled && in.blocked && in.blocked->job == in.troubled->id;
        if (is_told)
            page.status.next = "What still exists, and why, is below.";
        else if (in.troubled)
            page.failure = FailurePanel::of(*in.troubled, in.story, reader);
        if (page.failure && in.troubled->type == JobType::CREATE && !is_open(in.troubled->status))
            page.failure->again = OrderAgain::of(cluster, page.failure->code, in.catalog, in.principal);
        if (page.failure && page.failure->again) page.status.action.clear();  // that is the next step
        if (is_open(newest->status) || newest->status == JobStatus::FAILED)
            page.job = current(*newest, steps, reader.now);
    }
    for (const auto& job : in.jobs) page.jobs.push_back(row(job, reader));
    for (const auto& request : in.details.requests)
        page.requests.push_back({.label = request.kind == RequestKind::EXTEND  ? "More time"
                                          : request.kind == RequestKind::SCALE ? "Workers"
                                                                               : "Request",
                                 .id = request.id.str(),
                                 .text = cat(phrase(request.state).word, ", asked by ", request.requester_name)});
    for (const auto& [key, value] : cluster.tags.items())
        page.tags[key] = value.is_string() ? value.get<std::string>() : value.dump();

    if (!page.is_over) {
        page.longest = cat(to_words(cluster.max_lifetime), since_when(cluster), ", extensions included");
        page.rate = amount(hourly(cluster)) + " an hour now";
    }
    if (can_be_extended(cluster)) {
        page.at_expiry = amount(cost + cost_over({cluster.hourly_rate_micros}, *cluster.destroy_at - reader.now));
        if (in.principal.may_in(Permission::cluster_extend, cluster.team)) fill_lifetime(page, cluster, reader);
    }
    if (in.principal.may_in(Permission::cluster_destroy, cluster.team))
        page.danger = Danger::of(cluster, in.jobs, in.kill_after);
    page.may_verify = cluster.status == ClusterStatus::READY && has_api(cluster.platform) &&
                      (!newest || !is_open(newest->status)) &&
                      in.principal.may_in(Permission::cluster_extend, cluster.team);
    if (in.principal.may_in(Permission::cluster_extend, cluster.team) && (!newest || !is_open(newest->status)))
        page.power = power_of(cluster, reader);
    if (!newest || !is_open(newest->status))
        page.scale =
            Scale::of(cluster, in.details.requests, in.principal.may_in(Permission::cluster_extend, cluster.team));
    if (newest) page.checks = ChecksPanel::of(cluster, *newest, in.details.checks, in.principal, reader);
    if (in.details.prereqs) page.prepared = facts_of(*in.details.prereqs);
    if (in.details.prereqs && page.danger) page.danger->zone = in.details.prereqs->own_zone();
    if (in.blocked) page.blocked = BlockedPanel::of(*in.blocked, in.principal, reader);
    if (cluster.status == ClusterStatus::ABANDONED) page.left_behind = LeftBehind::of(in.orphans, in.principal, reader);
    return page;
}

void ClusterShow::fill(Dictionary& out) const {
    include(out, kcs_HEAD, head);
    include(out, kcs_ERRORS, errors);
    out.SetValue(kcs_ID, head.id);
    const Tone& look = tone_of(status.tone);
    out.SetValue(kcs_ALERT, look.alert);
    out.SetValue(kcs_ICON, look.icon);
    out.SetValue(kcs_SENTENCE, status.sentence);
    out.SetValue(kcs_TURN, status.turn);
    show_if(out, kcs_NEXT, kcs_TEXT, status.next);
    if (!status.action.empty()) {
        auto* action = out.AddSectionDictionary(kcs_ACTION);
        action->SetValue(kcs_HREF, status.href);
        action->SetValue(kcs_TEXT, status.action);
    }
    include(out, kcs_FAILURE, failure);
    if (job) {
        auto* section = out.AddSectionDictionary(kcs_JOB);
        section->SetValue(kcs_TITLE, job->title);
        section->SetValue(kcs_LOG, job->log);
        include(*section, kcs_STEPS, job->steps);
        if (job->steps_in_all > 0) {
            auto* progress = section->AddSectionDictionary(kcs_PROGRESS);
            progress->SetIntValue(kcs_VALUE, job->step);
            progress->SetIntValue(kcs_MAX, job->steps_in_all);
            progress->SetValue(kcs_WORDS, job->progress_words);
        }
    }
    fill_facts(out, kcs_FACT, kcs_LABEL, kcs_VALUE, facts);
    for (const auto& request : requests) {
        auto* item = out.AddSectionDictionary(kcs_REQUEST);
        item->SetValue(kcs_LABEL, request.label);
        item->SetValue(kcs_ID, request.id);
        item->SetValue(kcs_TEXT, request.text);
    }
    if (!prepared.empty())
        fill_facts(*out.AddSectionDictionary(kcs_HAVE_PREPARED), kcs_PREPARED, kcs_LABEL, kcs_VALUE, prepared);
    if (!tags.empty()) {
        auto* section = out.AddSectionDictionary(kcs_HAVE_TAGS);
        section->SetIntValue(kcs_COUNT, static_cast<long>(tags.size()));
        for (const auto& [key, value] : tags) {
            auto* item = section->AddSectionDictionary(kcs_TAG);
            item->SetValue(kcs_KEY, key);
            item->SetValue(kcs_VALUE, value);
        }
    }
    out.ShowSection(jobs.empty() ? kcs_NO_JOBS : kcs_HAVE_JOBS);
    for (const auto& one : jobs) {
        auto* item = out.AddSectionDictionary(kcs_ROW);
        item->SetValue(kcs_WHAT, one.title);
        item->SetValue(kcs_LOG, one.log);
        item->SetValue(kcs_ATTEMPTS, one.attempts);
        item->SetValue(kcs_TOOK, one.took);
        include(*item, kcs_STATE, one.state);
        include(*item, kcs_ASKED, one.asked);
    }
    include(out, kcs_ENDS, ends);
    out.SetValue(kcs_END_WORD, is_over ? "Ended" : "Ends");
    out.SetValue(kcs_COST_TITLE, is_over ? "Cost" : "Cost so far");
    show_if(out, kcs_HAVE_LONGEST, kcs_LONGEST, longest);
    show_if(out, kcs_CAP, kcs_WORDS, cap);
    if (!most_until.empty()) {
        auto* section = out.AddSectionDictionary(kcs_EXTEND);
        section->SetValue(kcs_REASON, extension_reason);
        section->SetValue(kcs_UNTIL, until);
        section->SetValue(kcs_LEAST, least_until);
        section->SetValue(kcs_MOST, most_until);
        section->SetValue(kcs_PRICE, hour_price);
        for (const auto& choice : choices) {
            auto* item = section->AddSectionDictionary(kcs_CHOICE);
            item->SetIntValue(kcs_HOURS, choice.hours);
            item->SetValue(kcs_WORDS, choice.words);
            item->SetValue(kcs_DETAIL, choice.detail);
        }
    }
    out.SetValue(kcs_COST, cost);
    show_if(out, kcs_HAVE_RATE, kcs_RATE, rate);
    show_if(out, kcs_AT_EXPIRY, kcs_AMOUNT, at_expiry);
    include(out, kcs_TIMELINE, timeline);
    if (may_verify) out.ShowSection(kcs_VERIFY);
    if (power) {
        auto* item = out.AddSectionDictionary(kcs_POWER);
        item->SetValue(kcs_TITLE, power->title);
        item->SetValue(kcs_WHAT, power->what);
        item->SetValue(kcs_VERB, power->verb);
        item->SetValue(kcs_PATH, power->path);
        show_if(*item, kcs_WARNING, kcs_TEXT, power->warning);
    }
    include(out, kcs_CHECKS, checks);
    include(out, kcs_SCALE, scale);
    include(out, kcs_BLOCKED, blocked);
    include(out, kcs_LEFT_BEHIND, left_behind);
    include(out, kcs_DANGER, danger);
}

}  // namespace desk::views
