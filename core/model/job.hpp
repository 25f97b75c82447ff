// Jobs, attempts and steps: their states, and what may follow what.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/enum.hpp"
#include "core/base/id.hpp"
#include "core/base/time.hpp"
#include "core/model/cluster.hpp"

namespace desk {

DESK_ENUM(JobType, CREATE, DESTROY, JANITOR_DESTROY, SCALE_WORKERS, HIBERNATE, RESUME, HANDOFF, VERIFY, ORPHAN_SWEEP,
          PREVIEW_DEPLOY, PREVIEW_TEARDOWN, ADOPT)
DESK_ENUM(JobStatus, PENDING, RUNNING, RETRYING, SUCCEEDED, FAILED, CANCELLED)

/// How far the cloud knows of an attempt. `cloud` is committed before the installer's `create cluster` is started.
DESK_ENUM(Phase, local, cloud, bootstrapped, installed)
DESK_ENUM(AttemptOutcome, SUCCEEDED, FAILED, RETRY, CANCELLED, WORKER_LOST)
DESK_ENUM(StepOutcome, DONE, WAITING, RETRY, FAILED, STOPPED)
/// Whose fault, and so whether to try again: user and credentials don't retry, internal once, the others do.
DESK_ENUM(FailureClass, user, credentials, transient, quota, cloud, dirty, internal)
/// Who can do something about it.
DESK_ENUM(Turn, REQUESTER, ADMIN, NOBODY)

struct JobTransition {
    JobStatus from, to;
};
inline constexpr std::array kJobTransitions = {
    JobTransition{JobStatus::PENDING, JobStatus::RUNNING},    JobTransition{JobStatus::PENDING, JobStatus::CANCELLED},
    JobTransition{JobStatus::RUNNING, JobStatus::PENDING},    JobTransition{JobStatus::RUNNING, JobStatus::RETRYING},
    JobTransition{JobStatus::RUNNING, JobStatus::SUCCEEDED},  JobTransition{JobStatus::RUNNING, JobStatus::FAILED},
    JobTransition{JobStatus::RUNNING, JobStatus::CANCELLED},  JobTransition{JobStatus::RETRYING, JobStatus::RUNNING},
    JobTransition{JobStatus::RETRYING, JobStatus::CANCELLED}, JobTransition{JobStatus::RETRYING, JobStatus::FAILED},
};
constexpr bool may_follow(JobStatus from, JobStatus to) {
    for (const auto& row : kJobTransitions)
        if (row.from == from && row.to == to) return true;
    return false;
}
constexpr bool is_open(JobStatus status) {
    return status == JobStatus::PENDING || status == JobStatus::RUNNING || status == JobStatus::RETRYING;
}
constexpr bool is_destroy(JobType type) { return type == JobType::DESTROY || type == JobType::JANITOR_DESTROY; }

/// What the desk is doing, as the beginning of a sentence: "Installing".
std::string_view doing(JobType type);
/// Attempts before a job gives up; nothing = never (destroys).
std::optional<int> attempt_limit(JobType type);
/// What becomes of a cluster when a job of this type ends without having done it; nothing = it stays what it was.
std::optional<ClusterEvent> gave_up(JobType type);
/// Lost workers (reboots, upgrades) have a limit of their own, so that they don't use up a person's attempts.
inline constexpr int kWorkerLostLimit = 10;

/// What a job acts on: a cluster's id, a preview's, or "sweep:<account>:<region>".
std::string subject_of(const ClusterId& cluster);

}  // namespace desk
