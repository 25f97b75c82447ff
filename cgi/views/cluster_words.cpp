#include "cgi/views/cluster_words.hpp"

#include <algorithm>
#include <array>

#include "cgi/brake_words.hpp"
#include "core/base/text.hpp"

namespace desk::views {
namespace {

constexpr std::array kCreateSteps = {
    PlannedStep{"preflight", "Check quotas, names and permissions"},
    PlannedStep{"prereqs", "Prepare what the cloud needs first"},
    PlannedStep{"render", "Write the install configuration"},
    PlannedStep{"manifests", "Make the manifests"},
    PlannedStep{"ignition", "Make the ignition configuration"},
    PlannedStep{"snapshot", "Store what it takes to destroy it"},
    PlannedStep{"install", "Run the installer"},
    PlannedStep{"outputs", "Store URLs, kubeconfig and password"},
    PlannedStep{"verify", "Check that it answers"},
};
constexpr std::array kDestroySteps = {
    PlannedStep{"restore", "Fetch what was stored of it"},
    PlannedStep{"destroy", "Run the installer's destroy"},
    PlannedStep{"credentials-delete", "Delete the credentials of the cluster"},
    PlannedStep{"prereqs-destroy", "Take the preparations back"},
    PlannedStep{"sweep", "Look for leftovers"},
    PlannedStep{"sweep-again", "Look for leftovers again"},
    PlannedStep{"confirm", "Write the receipt"},
};
constexpr std::array kOtherSteps = {
    PlannedStep{"credentials", "Make the credentials of the cluster"},
    PlannedStep{"delegation", "See that the base domain leads to its zone"},
    PlannedStep{"clear", "Clear what the last try left"},
    PlannedStep{"health", "Ask the cluster how it is"},
    PlannedStep{"adopt", "Take over what was left of a cluster"},
    PlannedStep{"stop-machines", "Tell the machines to stop"},
    PlannedStep{"wait-stopped", "Wait until they are stopped"},
    PlannedStep{"start-machines", "Tell the machines to start"},
    PlannedStep{"wait-machines", "Wait until they run"},
    PlannedStep{"wait-nodes", "Wait for the nodes, and approve their certificates"},
    PlannedStep{"settle", "Let it settle"},
    PlannedStep{"wait-operators", "Wait until the cluster is well"},
};

std::string lower_first(std::string_view text) {
    std::string out(text);
    if (!out.empty() && out.front() >= 'A' && out.front() <= 'Z')
        out.front() = static_cast<char>(out.front() - 'A' + 'a');
    return out;
}

seconds whole_seconds(Time::duration duration) { return std::chrono::duration_cast<seconds>(duration); }

/// ", step 5 of 9 (ignition)" or "".
std::string step_words(const Standing& in) {
    if (!in.job) return "";
    const auto progress = progress_of(*in.job, in.steps);
    return progress ? cat(", step ", progress->step, " of ", progress->of, " (", progress->name, ')') : "";
}

/// ", about 12 s left", as far as our own history can tell.
std::string left_words(const Standing& in, Time now) {
    if (!in.job || !in.job->started_at) return "";
    const auto gone = whole_seconds(now - *in.job->started_at);
    if (!in.install_time) return cat(", ", to_words(std::max(gone, 0s)), " so far");
    if (gone < in.install_time->median) return cat(", about ", to_words(in.install_time->median - gone), " left");
    if (gone < in.install_time->p95) return ", should be ready any moment";
    return cat(", longer than usual (95 % are ready within ", to_words(in.install_time->p95), ")");
}

Status creating(const Standing& in, const Reader& reader) {
    const auto& cluster = in.cluster;
    const auto lifetime = cat("When it is ready, its lifetime of ", to_words(cluster.lifetime), " begins.");
    if (cluster.destroy_wanted_at)
        return {.tone = "busy",
                .sentence = "Stopping the install",
                .next = "Then everything it has made is destroyed.",
                .turn = "The desk’s."};
    if (in.job && in.job->status == JobStatus::RETRYING)
        return {.tone = "wait",
                .sentence = cat("The last try failed; the next one begins ", relative(in.job->run_after, reader.now)),
                .next = in.job->error_message.value_or(""),
                .turn = std::string(whose_turn(in.job->error_turn.value_or(Turn::NOBODY)))};
    if (in.job && in.job->status == JobStatus::PENDING)
        return {.tone = "busy",
                .sentence = cat("Installing", step_words(in), ", waiting"),
                .next = lifetime,
                .turn = "The desk’s."};
    return {.tone = "busy",
            .sentence = cat("Installing", step_words(in), left_words(in, reader.now)),
            .next = lifetime,
            .turn = "The desk’s: you can close this page."};
}

Status ready(const Standing& in, const Reader& reader) {
    const auto& cluster = in.cluster;
    const auto outputs = cat("/clusters/", cluster.id, "/outputs");
    if (cluster.destroy_wanted_at)
        return {.tone = "busy",
                .sentence = "Ready, but about to be destroyed",
                .next = "The destroy job begins as soon as the open job has stopped.",
                .turn = "The desk’s."};
    const auto left = whole_seconds(*cluster.destroy_at - reader.now);
    const bool is_ending_soon = left < seconds(cluster.seconds_per_hour);
    const bool is_handed_over = cluster.platform == Platform::none;  // somebody else makes its machines
    return {.tone = is_ending_soon ? "wait" : "good",
            .sentence = cat(is_handed_over ? "Handed over, " : "Ready, ", to_words(std::max(left, 0s)), " left"),
            .next = cat("It is destroyed on ", to_local(*cluster.destroy_at, reader.time_zone),
                        ", unless its lifetime is extended."),
            .turn = "The owner’s: use it, extend it, or destroy it when it is no longer needed.",
            .href = outputs,
            .action = is_handed_over ? "Ignition files and kubeconfig" : "URLs and kubeconfig"};
}

Status adopted(const Standing& in, const Reader& reader) {
    const auto& cluster = in.cluster;
    const auto left = whole_seconds(*cluster.destroy_at - reader.now);
    return {
        .tone = left < seconds(cluster.seconds_per_hour) ? "wait" : "good",
        .sentence = cat("Adopted, ", to_words(std::max(left, 0s)), " left"),
        .next = cat("It was left of another cluster, or of one that nobody knew: the desk has no kubeconfig for it, "
                    "and can’t say whether it works. It is destroyed on ",
                    to_local(*cluster.destroy_at, reader.time_zone), ", unless its lifetime is extended."),
        .turn = "The owner’s: save what is worth it, extend it, or destroy it."};
}

std::string_view turn_of(const jobs::Job* failed) {
    return failed ? whose_turn(*failed, failed->error_turn.value_or(Turn::ADMIN)) : whose_turn(Turn::ADMIN);
}

Status failed(const Standing& in, const Reader&) {
    return {.tone = "bad",
            .sentence = "The install failed",
            .next = in.cluster.destroy_wanted_at ? "What it had made is destroyed now; then its name is free again."
                                                 : "What it has made is kept until it is destroyed.",
            .turn = std::string(turn_of(in.job))};
}

Status requested(const Standing& in, const Reader& reader) {
    Status status{.tone = "wait", .sentence = "Waiting for approval", .turn = "An approver’s."};
    if (const auto* request = in.open_request) {
        status.next = cat(
            request->explanation,
            request->lapses_at ? cat(" Undecided, it lapses ", relative(*request->lapses_at, reader.now), '.') : "");
        status.href = cat("/requests/", request->id);
        status.action = "See the request";
    }
    return status;
}

Status destroy_failed(const Standing& in, const Reader& reader) {
    const bool will_retry = in.job && is_open(in.job->status);
    return {.tone = "bad",
            .sentence = will_retry
                            ? cat("Destroying failed; the desk tries again ", relative(in.job->run_after, reader.now))
                            : "Destroying failed",
            .next = in.job ? in.job->error_message.value_or("") : "",
            .turn = std::string(turn_of(in.job))};
}

Status gone(const Standing& in, const Reader& reader) {
    const auto& cluster = in.cluster;
    const bool has_failed = cluster.outcome == ClusterOutcome::FAILED;
    const auto when = cluster.destroyed_at ? cat(", written ", relative(*cluster.destroyed_at, reader.now)) : "";
    return {.tone = "",
            .sentence = has_failed ? "The install failed; nothing of it is left" : "Gone, and proven to be gone",
            .next = cat("The receipt", when, ", says what was looked for. The name is free again."),
            .turn = has_failed ? "The requester’s: order again, when the cause below is out of the way." : "Nobody’s.",
            .href = cat("/clusters/", cluster.id, "/receipt"),
            .action = "See the receipt"};
}

Status destroying(const Standing& in, const Reader&) {
    return {.tone = "busy",
            .sentence = cat("Destroying", step_words(in)),
            .next = "Then two sweeps must find nothing before it counts as gone.",
            .turn = "The desk’s."};
}

/// States that need no more than fixed words.
Status plain(ClusterStatus status) {
    using S = ClusterStatus;
    static constexpr std::string_view kNothingMade = "Nothing was ever created, and the name is free.";
    switch (status) {
        case S::PENDING:
            return {.tone = "busy",
                    .sentence = "Approved and queued",
                    .next = "A worker takes it within a second or two, unless all are busy.",
                    .turn = "The desk’s."};
        case S::HIBERNATING:
            return {.tone = "busy", .sentence = "Hibernating: the machines are stopping", .turn = "The desk’s."};
        case S::HIBERNATED:
            return {.tone = "",
                    .sentence = "Hibernated: the machines are stopped",
                    .next = "Disks still cost a little.",
                    .turn = "The owner’s: wake it up when it is needed."};
        case S::RESUMING:
            return {.tone = "busy", .sentence = "Waking: the machines are starting", .turn = "The desk’s."};
        case S::DESTROY_VERIFYING:
            return {.tone = "busy",
                    .sentence = "The installer is done; verifying that nothing is left",
                    .next = "Two sweeps, some time apart, must find nothing.",
                    .turn = "The desk’s."};
        case S::ABANDONED:
            return {.tone = "bad",
                    .sentence = "Given up by an administrator; it was never proven to be gone",
                    .next = "The receipt says what was left. The name is free when the last orphan is closed.",
                    .turn = "A platform administrator’s: what is left is under “Orphans”."};
        case S::REJECTED:
            return {.tone = "bad",
                    .sentence = "The request was rejected",
                    .next = std::string(kNothingMade),
                    .turn = "The requester’s: the decision says why."};
        case S::WITHDRAWN:
            return {.tone = "",
                    .sentence = "The request was withdrawn",
                    .next = std::string(kNothingMade),
                    .turn = "Nobody’s."};
        case S::LAPSED:
            return {.tone = "",
                    .sentence = "The request lapsed: nobody decided in time",
                    .next = std::string(kNothingMade),
                    .turn = "The requester’s: ask again, and tell an approver."};
        default:
            return {.tone = "",
                    .sentence = "Cancelled before it began",
                    .next = std::string(kNothingMade),
                    .turn = "Nobody’s."};
    }
}

Status of_state(const Standing& in, const Reader& reader) {
    using S = ClusterStatus;
    switch (in.cluster.status) {
        case S::REQUESTED:
            return requested(in, reader);
        case S::CREATING:
            return creating(in, reader);
        case S::READY:
            return ready(in, reader);
        case S::FAILED:
            return failed(in, reader);
        case S::ADOPTED:
            return adopted(in, reader);
        case S::DESTROYING:
            return destroying(in, reader);
        case S::DESTROY_FAILED:
            return destroy_failed(in, reader);
        case S::DESTROYED:
            return gone(in, reader);
        default:
            return plain(in.cluster.status);
    }
}

/// The same, while a brake keeps workers from the job that would come next.
Status held_back(Status status, const brakes::Pulled& brake, const Reader& reader) {
    status.tone = "wait";
    status.sentence.resize(std::min(status.sentence.size(), status.sentence.find(';')));  // the next try has no time
    status.sentence += cat(", held back by the brake “", title(brake.brake), "”");
    status.next = cat(brake.by_name, " pulled it ", relative(brake.since, reader.now), ": ", brake.reason,
                      ". The job goes on by itself when it is released.");
    status.turn = "A platform administrator’s: the queue page releases it.";
    return status;
}

Steps::Step shown(const jobs::Step& step, const jobs::Job& job, Time now) {
    struct Look {
        std::string_view tone, word;
    };
    static constexpr std::array<Look, all_texts<StepOutcome>().size()> kLooks = {
        {{"done", "done"}, {"wait", "waiting"}, {"bad", "failed, tried again"}, {"bad", "failed"}, {"bad", "stopped"}}};
    const Look look = step.outcome          ? kLooks[static_cast<std::size_t>(*step.outcome)]
                      : is_open(job.status) ? Look{"now", "running"}
                                            : Look{"bad", "left off"};
    const Time end = step.ended_at.value_or(now);
    return {.tone = std::string(look.tone),
            .name = cat(step.step, ": ", lower_first(title_of_step(step.step))),
            .word = std::string(look.word),
            .duration = to_words(std::max(whole_seconds(end - step.started_at), 0s)),
            .detail = step.detail};
}

}  // namespace

Money hourly_running(const clusters::Cluster& cluster) {
    return {cluster.hourly_rate_micros * cluster.seconds_per_hour / 3600};
}

Money hourly_asleep(const clusters::Cluster& cluster) {
    return {cluster.hibernated_rate_micros * cluster.seconds_per_hour / 3600};
}

Money hourly(const clusters::Cluster& cluster) {
    const Rates rates{{cluster.hourly_rate_micros}, {cluster.hibernated_rate_micros}};
    return {hourly_rate(cluster.status, rates).micros * cluster.seconds_per_hour / 3600};
}

Moment ends(const clusters::Cluster& cluster, const Reader& reader) {
    if (cluster.status == ClusterStatus::DESTROYED) return Moment::of(cluster.destroyed_at, reader, "gone");
    if (cluster.status == ClusterStatus::ABANDONED) return {.words = "given up"};
    if (is_final(cluster.status)) return {.words = "never began"};
    if (cluster.destroy_wanted_at || is_ending(cluster.status)) return {.words = "ending now"};
    if (cluster.destroy_at) return Moment::of(*cluster.destroy_at, reader);
    if (cluster.status == ClusterStatus::FAILED) return {.words = "never ready"};
    return {.words = to_words(cluster.lifetime) + " after it is ready"};
}

std::string time_left(const clusters::Cluster& cluster, Time now) {
    const bool counts =
        cluster.destroy_at && !cluster.destroy_wanted_at && !is_ending(cluster.status) && !is_final(cluster.status);
    if (counts) return to_words(std::max(whole_seconds(*cluster.destroy_at - now), 0s));
    return ends(cluster, {.now = now}).words;
}

bool can_be_extended(const clusters::Cluster& cluster) {
    return cluster.destroy_at && !cluster.destroy_wanted_at && may_exist(cluster.status) &&
           !is_ending(cluster.status) && cluster.status != ClusterStatus::FAILED;
}

std::span<const PlannedStep> plan_of(JobType type) {
    if (type == JobType::CREATE) return kCreateSteps;
    if (is_destroy(type)) return kDestroySteps;
    return {};
}

std::string_view title_of_step(std::string_view name) {
    for (const auto& list : {std::span<const PlannedStep>(kCreateSteps), std::span<const PlannedStep>(kDestroySteps),
                             std::span<const PlannedStep>(kOtherSteps)})
        for (const auto& step : list)
            if (step.name == name) return step.title;
    return name;
}

std::string_view whose_turn(const jobs::Job& job, Turn turn) {
    if (turn != Turn::NOBODY || is_open(job.status)) return whose_turn(turn);
    return job.type == JobType::CREATE ? "The requester’s: order it again." : whose_turn(Turn::ADMIN);
}

Status status_of(const Standing& in, const Reader& reader) {
    auto status = of_state(in, reader);
    const bool waits = in.job && (in.job->status == JobStatus::PENDING || in.job->status == JobStatus::RETRYING);
    return waits && in.held_by ? held_back(std::move(status), *in.held_by, reader) : status;
}

std::optional<Progress> progress_of(const jobs::Job& job, std::span<const jobs::Step> steps) {
    if (steps.empty()) return std::nullopt;
    const auto& last = steps.back();
    const auto count = static_cast<int>(steps.size());
    return Progress{.step = count,
                    .of = std::max(count, static_cast<int>(plan_of(job.type).size())),
                    .name = last.step,
                    .detail = last.detail};
}

Steps steps_of(const jobs::Job& job, std::span<const jobs::Step> steps, Time now) {
    Steps list;
    for (const auto& step : steps) list.steps.push_back(shown(step, job, now));
    if (!is_open(job.status)) return list;
    for (const auto& planned : plan_of(job.type)) {
        const bool is_there =
            std::any_of(steps.begin(), steps.end(), [&](const jobs::Step& step) { return step.step == planned.name; });
        if (!is_there)
            list.steps.push_back(
                {.tone = "next", .name = cat(planned.name, ": ", lower_first(planned.title)), .word = "to come"});
    }
    return list;
}

std::vector<jobs::Step> of_attempt(const std::vector<jobs::Step>& steps, int attempt) {
    std::vector<jobs::Step> chosen;
    std::copy_if(steps.begin(), steps.end(), std::back_inserter(chosen),
                 [&](const jobs::Step& step) { return step.attempt == attempt; });
    return chosen;
}

}  // namespace desk::views
