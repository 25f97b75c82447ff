// How pages look to a reader.
#pragma once

#include "core/base/enum.hpp"

namespace desk {

/// SYSTEM: as the reader's system says.
DESK_ENUM(Theme, SYSTEM, LIGHT, DARK)

}  // namespace desk
