// One word (or two) for each state of a cluster, the same in pages, lists, search and messages.
#pragma once

#include <array>
#include <string_view>

#include "core/model/cluster.hpp"

namespace desk {

inline constexpr std::array<std::string_view, all_texts<ClusterStatus>().size()> kStatusWords = {
    "Waiting for approval",
    "Queued",
    "Installing",
    "Ready",
    "Hibernating",
    "Hibernated",
    "Waking",
    "Failed",
    "Adopted",
    "Destroying",
    "Verifying gone",
    "Destroy failed",
    "Destroyed",
    "Given up",
    "Rejected",
    "Withdrawn",
    "Lapsed",
    "Cancelled",
};

constexpr std::string_view word_of(ClusterStatus status) { return kStatusWords[static_cast<std::size_t>(status)]; }

static_assert(word_of(ClusterStatus::READY) == "Ready" && word_of(ClusterStatus::DESTROY_FAILED) == "Destroy failed" &&
              word_of(ClusterStatus::CANCELLED) == "Cancelled");

}  // namespace desk
