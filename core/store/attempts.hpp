// Attempts of jobs as the log page shows them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/store/jobs.hpp"

namespace desk::attempts {

struct Attempt {
    std::string worker = {};
    Time started_at = {};
    std::optional<Time> ended_at = {};
    std::optional<AttemptOutcome> outcome = {};
    int last_line = 0;  ///< of its log; 0 = there is none yet
    struct Error {
        int line = 0;
        std::string text = {};
    };
    std::optional<Error> first_error = {};
    std::vector<jobs::Step> steps = {};  ///< in their order
};

/// Nothing when the attempt has not begun. The caller has found the job within its reach.
std::optional<Attempt> find(pg::Transaction& tx, const JobId& job, int attempt);

/// How far a log has come: all that a watcher needs who knows the rest.
struct Tail {
    int last_line = 0;
    bool is_over = false;  ///< no line will follow
};
/// Nothing when it is not the job of this cluster, or out of reach. One cheap query: a thousand watchers ask for it.
std::optional<Tail> tail(pg::Transaction& tx, const ClusterId& cluster, const JobId& job, int attempt,
                         const Reach& reach);

}  // namespace desk::attempts
