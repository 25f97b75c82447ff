// Requests and decisions.
#pragma once

#include "core/base/enum.hpp"

namespace desk {

DESK_ENUM(RequestKind, CREATE, EXTEND, PREVIEW)
DESK_ENUM(RequestState, OPEN, APPROVED, REJECTED, WITHDRAWN, LAPSED)
DESK_ENUM(Decision, APPROVE, REJECT)

}  // namespace desk
