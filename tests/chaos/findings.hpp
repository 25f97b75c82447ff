// What is asked when the storm is over: was anything lost, left behind, done twice, or told to the wrong ears?
#pragma once

#include <string>
#include <vector>

#include "tests/worker/running_desk.hpp"

namespace desk::chaos {

/// All of them should be empty; each line names what was found.
struct Findings {
    std::vector<std::string> leaked = {};             ///< what is left in the demo cloud
    std::vector<std::string> duplicate_effects = {};  ///< two runners at work at once; a job that proved its end twice
    std::vector<std::string> lost_jobs = {};          ///< open for ever, or with an attempt whose log is not there
    std::vector<std::string> stuck = {};              ///< clusters without an end, leases without a holder
    std::vector<std::string> secrets_found = {};      ///< a secret where none may be: logs, receipts, rows, argv
    std::vector<std::string> broken_audit = {};       ///< links of the audit's chain, actions without a row

    bool is_clean() const;
};

Findings look(RunningDesk& desk);

}  // namespace desk::chaos
