// A job that an operator leads by hand: how far it may go, and how it stands.
#pragma once

#include <optional>
#include <string>

#include "core/base/id.hpp"
#include "core/model/job.hpp"
#include "core/pg/transaction.hpp"

namespace desk::jobs {

/// The key of jobs.params: the name of the step after which the job waits to be let go.
inline constexpr const char* kUntil = "until";

/// The open job does no step behind this one, whoever works on it.
void hold_after(pg::Transaction& tx, const JobId& job, std::string_view step);
/// The open job may go to its end.
void let_go(pg::Transaction& tx, const JobId& job);
/// An open job that waits for its next try, or is held, is looked at at once.
void make_due(pg::Transaction& tx, const JobId& job);

struct Standing {
    JobType type = JobType::CREATE;
    JobStatus status = JobStatus::PENDING;
    int attempt = 0;        ///< the newest; 0 = none yet
    seconds due_in{};       ///< of one that waits; 0 = now
    bool is_held = false;   ///< it waits behind the step of hold_after
    std::string why = {};   ///< what it waits for, or why it failed: the desk's own words
    std::string hint = {};  ///< what to do about it
};
/// Throws Error{not_found}.
Standing standing(pg::Transaction& tx, const JobId& job);

/// The open job of a cluster.
std::optional<JobId> find_open(pg::Transaction& tx, const ClusterId& cluster);

}  // namespace desk::jobs
