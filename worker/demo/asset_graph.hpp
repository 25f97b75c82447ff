// The installer's assets and what each is made of: the source of the hundreds of debug lines before any infrastructure.
#pragma once

#include <string_view>

#include "worker/demo/log.hpp"

namespace desk::demo {

/// The lines of fetching `asset` and all that it needs; `from_state`: the assets are in the state file already.
void log_fetch(Log& log, std::string_view asset, bool from_state);

}  // namespace desk::demo
