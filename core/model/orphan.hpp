// What is left in a cloud without a cluster that lives: its states, and how the desk names it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/enum.hpp"
#include "core/base/json.hpp"

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

/// Something that carries the mark of a cluster, as a search for orphans found it.
struct MarkedResource {
    CloudResource resource = {};
    std::string mark = {};  ///< the infraID, or the name of what ccoctl made
    bool is_infra_id = true;
    std::string kind = {}, state = {};  ///< "m6i.xlarge", "running"; "" = it has none
    int gib = 0;                        ///< of a volume
    std::map<std::string, std::string> tags = {};
};

/// Whether a desk has tagged it.
bool carries_our_tags(const MarkedResource& found);
/// Whose it may be, by its tags: "ada, team blue, cluster demo1, request req_..."; "" = they do not say.
std::string owner_guess(const MarkedResource& found);

/// Which of `infra_ids` a resource belongs to: the one in its name or id, or the only one there is; else "".
std::string infra_id_of(const CloudResource& resource, const std::vector<std::string>& infra_ids);

/// The name of the cluster that the installer gave this infraID.
std::string cluster_name_of(const std::string& infra_id);

/// What the installer's destroy needs, where no attempt stored it: in the exact shape in which the installer writes it,
/// without the cluster's id and domain, which nothing in the cloud tells. The tags that it destroys by are those of the
/// infraID.
Json rebuilt_metadata(const std::string& infra_id, const std::string& region);

}  // namespace desk
