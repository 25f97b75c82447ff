// Why attempts failed, and what became of others that failed for the same reason: what explains a failure to people.
#pragma once

#include <vector>

#include "core/base/enum.hpp"
#include "core/store/jobs.hpp"
#include "core/store/runs.hpp"

namespace desk::failures {

/// An attempt that failed, with the evidence in its own log.
struct Attempt {
    int attempt = 0;
    Time ended_at = {};
    runs::Failure failure = {};
};

/// How it went on after an attempt had failed: the next one succeeded, failed too, was not made; a person stopped it;
/// it is not over. (A next attempt whose worker was lost says nothing: then it is the end of the job that counts.)
DESK_ENUM(Sequel, SUCCEEDED, FAILED_AGAIN, GAVE_UP, STOPPED, OPEN)

struct Other {
    Time ended_at = {};
    Sequel sequel = Sequel::OPEN;
};

struct Story {
    JobId job = {};
    std::vector<Attempt> attempts = {};  ///< newest first, at most kMostAttempts
    /// Of other jobs of this desk, whoever's: attempts that failed for the reason of the newest one here. Newest first,
    /// at most kLastTimes.
    std::vector<Other> last_times = {};
};
inline constexpr int kMostAttempts = 10, kLastTimes = 10;

/// What failed in `job`, up to and with this attempt. One query. The caller has found the job within its reach.
Story story(pg::Transaction& tx, const JobId& job, int last_attempt);

/// The job whose trouble explains the state of its cluster: the newest one, or what a destroy, or a hibernation after a
/// resume, now cleans up after. Null when there is none.
const jobs::Job* find_troubled(const std::vector<jobs::Job>& newest_first);

}  // namespace desk::failures
