// What is left in a cloud without a cluster that lives: its states, and how the desk names it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/enum.hpp"

namespace desk {

DESK_ENUM(OrphanState, OPEN, CLOSED)

/// What a receipt says: that two sweeps found nothing, or what was left when somebody gave up. Only the first is a
/// proof.
DESK_ENUM(ReceiptKind, PROOF, GIVEN_UP)

/// Something that exists in a cloud, as its own list named it.
struct CloudResource {
    std::string region = {}, type = {}, id = {}, name = {};

    bool operator==(const CloudResource&) const = default;
};

/// The type of an orphan that stands for everything of one infraID, where no sweep could tell what that is.
inline constexpr std::string_view kUnknownResources = "everything-of";

/// Which of `infra_ids` a resource belongs to: the one in its name or id, or the only one there is; else "".
std::string infra_id_of(const CloudResource& resource, const std::vector<std::string>& infra_ids);

}  // namespace desk
