// Tags of cloud resources: who wins, which keys belong to the desk, and what each provider accepts.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/platform.hpp"

namespace desk {

using Tags = std::map<std::string, std::string>;

/// Keys that only the desk sets. Their order is the order they are listed in to people.
inline constexpr std::array<std::string_view, 11> kReservedTags = {
    "ManagedBy",   "ClusterId", "ClusterName", "Owner",   "Team",    "CostCenter",
    "Environment", "TTLExpiry", "RequestId",   "Profile", "Platform"};

/// The value of the tag ManagedBy.
inline constexpr std::string_view kManagedBy = "clusterdesk";

/// True for a reserved key in any case: two keys that differ in case only are one key to some providers.
bool is_reserved_tag(std::string_view key);

/// The tags before the desk's own: defaults < required < user; reserved keys of the user are left out.
Tags merge_tags(const Tags& defaults, const Tags& required, const Tags& user);

struct EffectiveOrder;

/// All tags of one cluster: those of its order, then the eleven system tags. `TTLExpiry` is the estimate known when the
/// tags are written; the row, not the tag, is the deadline.
Tags effective_tags(const EffectiveOrder& order, std::string_view cluster_id, std::string_view request_id,
                    Time ttl_expiry);

/// Why `platform` would refuse this tag as a person typed it, with the way out; nothing when it is fine.
std::optional<std::string> tag_fault(Platform platform, std::string_view key, std::string_view value);

/// How many tags in all the platform takes on one resource (AWS 25: the limit of install-config's userTags).
int max_tags(Platform platform);
/// How many of those are left beside the system tags.
inline int max_free_tags(Platform platform) { return max_tags(platform) - static_cast<int>(kReservedTags.size()); }

/// The same tags in a form the platform takes: characters it refuses become '-' or '_', what is too long is cut.
/// Used for the values that the desk makes itself (an owner's mail address, a time). Idempotent.
Tags sanitize_tags(Platform platform, const Tags& tags);

}  // namespace desk
