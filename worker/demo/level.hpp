// Log levels of logrus, from the quietest to the loudest.
#pragma once

#include "core/base/enum.hpp"

namespace desk::demo {

DESK_ENUM(Level, panic, fatal, error, warning, info, debug, trace);

}  // namespace desk::demo
