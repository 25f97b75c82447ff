// A cluster's states and what may follow what. The CHECK constraints of the migrations are tested against these lists.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/enum.hpp"

namespace desk {

DESK_ENUM(ClusterStatus, REQUESTED, PENDING, CREATING, READY, HIBERNATING, HIBERNATED, RESUMING, FAILED, ADOPTED,
          DESTROYING, DESTROY_VERIFYING, DESTROY_FAILED, DESTROYED, ABANDONED, REJECTED, WITHDRAWN, LAPSED, CANCELLED)

DESK_ENUM(ClusterOutcome, SUCCEEDED, FAILED)
DESK_ENUM(Platform, aws, ibmcloud, gcp, azure, none, doks, demo)

/// What happens to a cluster. Each status write names one; `next_status` says whether it may.
DESK_ENUM(ClusterEvent, APPROVE, REJECT, WITHDRAW, LAPSE, CANCEL, START, MAKE_READY, FAIL, DESTROY, VERIFY_GONE,
          CONFIRM_GONE, DESTROY_GAVE_UP, ABANDON, HIBERNATE, HIBERNATED, HIBERNATE_GAVE_UP, RESUME, RESUMED,
          RESUME_GAVE_UP)

struct ClusterTransition {
    ClusterStatus from;
    ClusterEvent on;
    ClusterStatus to;
};

inline constexpr auto kClusterTransitions = [] {
    using S = ClusterStatus;
    using E = ClusterEvent;
    return std::array{
        ClusterTransition{S::REQUESTED, E::APPROVE, S::PENDING},
        ClusterTransition{S::REQUESTED, E::REJECT, S::REJECTED},
        ClusterTransition{S::REQUESTED, E::WITHDRAW, S::WITHDRAWN},
        ClusterTransition{S::REQUESTED, E::LAPSE, S::LAPSED},
        ClusterTransition{S::PENDING, E::START, S::CREATING},
        ClusterTransition{S::PENDING, E::CANCEL, S::CANCELLED},
        ClusterTransition{S::CREATING, E::MAKE_READY, S::READY},
        ClusterTransition{S::CREATING, E::FAIL, S::FAILED},
        ClusterTransition{S::CREATING, E::DESTROY, S::DESTROYING},
        ClusterTransition{S::READY, E::HIBERNATE, S::HIBERNATING},
        ClusterTransition{S::READY, E::DESTROY, S::DESTROYING},
        ClusterTransition{S::HIBERNATING, E::HIBERNATED, S::HIBERNATED},
        ClusterTransition{S::HIBERNATING, E::HIBERNATE_GAVE_UP, S::READY},
        ClusterTransition{S::HIBERNATING, E::DESTROY, S::DESTROYING},
        ClusterTransition{S::HIBERNATED, E::RESUME, S::RESUMING},
        ClusterTransition{S::HIBERNATED, E::DESTROY, S::DESTROYING},
        ClusterTransition{S::RESUMING, E::RESUMED, S::READY},
        ClusterTransition{S::RESUMING, E::RESUME_GAVE_UP, S::HIBERNATING},  // machines may run until that is proven
        ClusterTransition{S::RESUMING, E::DESTROY, S::DESTROYING},
        ClusterTransition{S::FAILED, E::DESTROY, S::DESTROYING},
        ClusterTransition{S::ADOPTED, E::DESTROY, S::DESTROYING},  // what was an orphan: nothing leads there
        ClusterTransition{S::DESTROYING, E::VERIFY_GONE, S::DESTROY_VERIFYING},
        ClusterTransition{S::DESTROYING, E::DESTROY_GAVE_UP, S::DESTROY_FAILED},
        ClusterTransition{S::DESTROY_VERIFYING, E::CONFIRM_GONE, S::DESTROYED},
        ClusterTransition{S::DESTROY_VERIFYING, E::DESTROY, S::DESTROYING},  // a sweep still found something
        ClusterTransition{S::DESTROY_VERIFYING, E::DESTROY_GAVE_UP, S::DESTROY_FAILED},
        ClusterTransition{S::DESTROY_FAILED, E::DESTROY, S::DESTROYING},
        ClusterTransition{S::DESTROY_FAILED, E::ABANDON, S::ABANDONED},
    };
}();

/// State after `event`, or nothing when the table forbids it.
constexpr std::optional<ClusterStatus> next_status(ClusterStatus from, ClusterEvent event) {
    for (const auto& row : kClusterTransitions)
        if (row.from == from && row.on == event) return row.to;
    return std::nullopt;
}

/// The one state that `event` leads to: each event has exactly one.
constexpr ClusterStatus target_of(ClusterEvent event) {
    for (const auto& row : kClusterTransitions)
        if (row.on == event) return row.to;
    return ClusterStatus::ABANDONED;
}
/// The states that it may come from.
std::vector<ClusterStatus> sources_of(ClusterEvent event);

/// Nothing follows.
constexpr bool is_final(ClusterStatus status) {
    for (const auto& row : kClusterTransitions)
        if (row.from == status) return false;
    return true;
}
/// Something of it may exist in a cloud, so its name is taken and it costs money or needs proof.
constexpr bool may_exist(ClusterStatus status) {
    return !is_final(status) && status != ClusterStatus::REQUESTED && status != ClusterStatus::PENDING;
}
/// A destroy was asked for and is under way.
constexpr bool is_ending(ClusterStatus status) {
    return status == ClusterStatus::DESTROYING || status == ClusterStatus::DESTROY_VERIFYING ||
           status == ClusterStatus::DESTROY_FAILED;
}

static_assert(
    [] {
        for (const auto& row : kClusterTransitions)
            if (target_of(row.on) != row.to) return false;
        return true;
    }(),
    "an event leads to one state");
static_assert(!next_status(ClusterStatus::DESTROYED, ClusterEvent::DESTROY), "a destroyed cluster stays destroyed");
static_assert(is_final(ClusterStatus::DESTROYED) && !is_final(ClusterStatus::DESTROY_FAILED));

/// What "destroy" means in each state (docs: lifecycle of a cluster).
DESK_ENUM(DestroyMeaning, WITHDRAW, CANCEL, DESTROY, ALREADY, IMPOSSIBLE)
DestroyMeaning meaning_of_destroy(ClusterStatus status);

}  // namespace desk
