// What the installer says when it fails, in its own words.
#pragma once

#include <string_view>
#include <vector>

#include "worker/demo/level.hpp"

namespace desk::demo {

struct Line {
    Level level;
    std::string_view text;  ///< with the words of the run: {domain}, {infra}, {region}, {base}, {dir}
};

struct FailureScript {
    std::string_view name;
    bool waits = false;            ///< the installer gives up only after the timeout of the stage
    bool gathers = false;          ///< it writes a log bundle before the last line
    std::vector<Line> lines = {};  ///< the last one ends the run
};

/// The script of a failure that has one.
const FailureScript& get_script(std::string_view name);

}  // namespace desk::demo
