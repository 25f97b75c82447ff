// Requests and decisions.
#pragma once

#include <cstddef>

#include "core/base/enum.hpp"

namespace desk {

DESK_ENUM(RequestKind, CREATE, EXTEND, SCALE, PREVIEW)
DESK_ENUM(RequestState, OPEN, APPROVED, REJECTED, WITHDRAWN, LAPSED)
DESK_ENUM(Decision, APPROVE, REJECT)
/// What is said about an open request: by those who decide, and by those who asked for it.
DESK_ENUM(CommentKind, QUESTION, ANSWER)

/// Of an order, and of a wish for more time or other workers.
inline constexpr std::size_t kLongestRequestReason = 1000;  ///< bytes

}  // namespace desk
