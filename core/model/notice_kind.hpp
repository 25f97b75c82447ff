// What people are told about.
#pragma once

#include <optional>

#include "core/model/cluster.hpp"

namespace desk {

/// EXPIRES: a cluster's end is near. READY to ABANDONED: what became of it. APPROVED, REJECTED, LAPSED: what became of
/// a request that people had to decide on. ASKED and ANSWERED: what is said about one that is open. ADOPTED: somebody
/// was made the owner of what had none.
DESK_ENUM(NoticeKind, EXPIRES, READY, FAILED, DESTROYED, DESTROY_FAILED, ABANDONED, APPROVED, REJECTED, LAPSED, ASKED,
          ANSWERED, ADOPTED)

/// What the people of a cluster are told when this happens to it; nothing: they are not.
constexpr std::optional<NoticeKind> notice_of(ClusterEvent event) {
    switch (event) {
        case ClusterEvent::MAKE_READY:
            return NoticeKind::READY;
        case ClusterEvent::FAIL:
            return NoticeKind::FAILED;
        case ClusterEvent::CONFIRM_GONE:
            return NoticeKind::DESTROYED;
        case ClusterEvent::DESTROY_GAVE_UP:
            return NoticeKind::DESTROY_FAILED;
        case ClusterEvent::ABANDON:
            return NoticeKind::ABANDONED;
        default:
            return std::nullopt;
    }
}

}  // namespace desk
