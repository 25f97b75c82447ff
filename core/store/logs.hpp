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

/// Where warnings and errors of these texts stand in the log of an attempt: for each the line where it was said last
/// (a line of the installer's file only where nothing else said it), 0 = nowhere.
std::vector<int> find_faults(pg::Transaction& tx, const JobId& job, int attempt, const std::vector<std::string>& texts);

/// One line of the desk itself, behind the newest: for whoever closes an attempt from outside.
void note(pg::Transaction& tx, const JobId& job, int attempt, const std::string& level, const std::string& text);

}  // namespace desk::logs
