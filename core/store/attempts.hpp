// Attempts of jobs as the log page shows them.
#pragma once

#include <optional>
#include <string>

#include "core/base/id.hpp"
#include "core/base/time.hpp"
#include "core/model/job.hpp"
#include "core/pg/transaction.hpp"

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
};

/// Nothing when the attempt has not begun. The caller has found the job within its reach.
std::optional<Attempt> find(pg::Transaction& tx, const JobId& job, int attempt);

}  // namespace desk::attempts
