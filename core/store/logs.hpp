// Lines of a job's log: appended in batches, never touched again. (Read by core/store/jobs.hpp.)
#pragma once

#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/pg/transaction.hpp"

namespace desk::logs {

/// One redacted line. `source` and `level` are words of the CHECK constraints (worker/log_pipe.hpp has the lists).
struct Line {
    std::string step = {}, source = {}, level = {}, text = {};
};

/// The number of the newest line of an attempt; 0 = none.
int last_line(pg::Transaction& tx, const JobId& job, int attempt);

/// Appends with numbers from `first` on. Throws SqlError (unique) when one of them is taken.
void append(pg::Transaction& tx, const JobId& job, int attempt, int first, const std::vector<Line>& lines);

/// One line of the desk itself, behind the newest: for whoever closes an attempt from outside.
void note(pg::Transaction& tx, const JobId& job, int attempt, const std::string& level, const std::string& text);

}  // namespace desk::logs
