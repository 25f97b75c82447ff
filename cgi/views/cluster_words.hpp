// A cluster in words: what lists and pages say of its rate, its end and where it stands.
#pragma once

#include <span>
#include <string>

#include "cgi/views/parts.hpp"
#include "core/store/brakes.hpp"
#include "core/store/clusters.hpp"
#include "core/store/history.hpp"
#include "core/store/jobs.hpp"
#include "core/store/requests.hpp"

namespace desk::views {

/// What an hour of the desk costs now (rates are stored per hour of the wall, which a demo profile scales).
Money hourly(const clusters::Cluster& cluster);
/// The same while it runs, whatever its state.
Money hourly_running(const clusters::Cluster& cluster);
/// While it sleeps.
Money hourly_asleep(const clusters::Cluster& cluster);

/// When it ends; in words where that is not known yet, or over.
Moment ends(const clusters::Cluster& cluster, const Reader& reader);
/// "2 h 10 min", or the words of ends().
std::string time_left(const clusters::Cluster& cluster, Time now);

/// Whether it has a lifetime that can be made longer.
bool can_be_extended(const clusters::Cluster& cluster);

/// A step of a job as the worker names it, and what people call it.
struct PlannedStep {
    std::string_view name;
    std::string_view title;
};
/// The steps of a job in their order. Platforms may leave some out or put some in: what was recorded counts more.
std::span<const PlannedStep> plan_of(JobType type);
std::string_view title_of_step(std::string_view name);

/// Where a cluster stands: a sentence, what comes next, and whose turn it is.
struct Status {
    std::string tone = {};  ///< of the box: good, busy, wait, bad, ""
    std::string sentence = {}, next = {}, turn = {};
    std::string href = {}, action = {};  ///< the one thing to do now; "" = nothing
};
/// What the sentence is made of. `job` is the newest job, `steps` are those of its newest attempt.
struct Standing {
    const clusters::Cluster& cluster;
    const jobs::Job* job = nullptr;
    std::span<const jobs::Step> steps = {};
    std::optional<history::Estimate> install_time = {};
    const brakes::Pulled* held_by = nullptr;  ///< the brake that keeps jobs like this one from being taken
    const requests::Request* open_request = nullptr;
};
Status status_of(const Standing& standing, const Reader& reader);

/// Whose turn it is to mend what `job` failed by: when the desk tries no more, "nobody's" is no answer.
std::string_view whose_turn(const jobs::Job& job, Turn turn);

/// Where a job is in its plan: step 5 of 9.
struct Progress {
    int step = 0, of = 0;
    std::string name = {}, detail = {};
};
/// Nothing before its first step.
std::optional<Progress> progress_of(const jobs::Job& job, std::span<const jobs::Step> steps);

/// The steps of an attempt as a list: done, running, and those still to come while the job is open.
Steps steps_of(const jobs::Job& job, std::span<const jobs::Step> steps, Time now);

/// Only the steps of one attempt of a job.
std::vector<jobs::Step> of_attempt(const std::vector<jobs::Step>& steps, int attempt);

}  // namespace desk::views
