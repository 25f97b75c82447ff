// The menu of failures that DEMO_FAIL acts out: `<mode>[@stage][:count]`, several with commas.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "worker/demo/stages.hpp"

namespace desk::demo {

struct Run;

struct FailureRow {
    std::string_view name;
    Stage stage;            ///< where it strikes unless `@stage` says otherwise
    int exit_code;          ///< of the run; 128 + signal when it only ends by one; 0 = the run goes on
    std::string_view text;  ///< one line for people
    /// Acts it out; most don't return. nullptr: the piece of code that it concerns asks `Run::is_struck_by`.
    void (*act)(Run&, const FailureRow&);
};

/// What DEMO_FAIL asked for.
struct Injection {
    const FailureRow* failure = nullptr;
    Stage stage = Stage::config;
    int count = 0;  ///< strikes that often for one cluster domain, then no more; 0 = always
};

/// Throws Stop (exit 1) for a mode, a stage or a count that does not exist.
std::vector<Injection> parse_injections(std::string_view text);

/// Whether it strikes now; counts a strike (in the demo cloud) when there is a count.
bool is_due(Run& run, const Injection& injection);

/// Acts out a failure because of what the cloud holds, e.g. "infra" when a limit is reached.
void act_out(Run& run, std::string_view mode);

/// The whole menu: [{"name", "stage", "exitCode", "text"}].
std::string failures_as_json();

}  // namespace desk::demo
