// Adopting an orphan: what is left of a cluster, or of one that nobody knows, becomes a cluster again, with somebody
// who answers for it and an end.
#pragma once

#include <optional>
#include <string>

#include "core/base/result.hpp"
#include "core/model/access.hpp"
#include "core/model/order.hpp"
#include "core/model/profile_catalog.hpp"
#include "core/store/clusters.hpp"
#include "core/store/orphans.hpp"

namespace desk::orphans {

/// What an administrator chooses. Nothing in it has been checked; texts are as typed.
struct Home {
    std::string owner = {}, team = {}, profile = {}, cost_center = {};
    int ttl_hours = 0;  ///< from now on
    /// As far as anybody knows, where no row tells; "" = the profile's defaults.
    std::string base_domain = {}, version = {};
};

/// What nobody chooses: it is so in the cloud.
struct Adoptable {
    Orphan orphan = {};
    std::string name = {};  ///< of the cluster
    std::string region = {};
    std::optional<clusters::Cluster> made_for = {};  ///< the ended cluster whose attempt stored the infraID
};

/// `orphan` with what is known of its cluster. Throws Error{conflict} with the reason when the desk may not act on it,
/// as for a destroy, or when a cluster that lives has it.
Adoptable get_adoptable(pg::Transaction& tx, const Orphan& orphan);

struct Adopted {
    ClusterId cluster = {};
    std::string name = {};
    Time destroy_at = {};
    int orphans = 0;  ///< closed: everything that is known to be of the same cluster
};

/// Makes an ADOPTED cluster of everything with the orphan's infraID, and of whatever else is left of the cluster that
/// it was made for: the keys of its attempts go over to the new cluster, so that its destroy and receipt cover them.
/// The row that ended stays as it is. Where no attempt stored the infraID, an ADOPT job that is done at once keeps it,
/// with metadata made anew. Audit row and the owner's notice included. The failure is all that is wrong with `home`, by
/// field, and then nothing was written. Throws Error{not_found}; Error{conflict} as get_adoptable() does, and while a
/// sweep of the place is open.
Result<Adopted, FormErrors> adopt(pg::Transaction& tx, const Catalog& catalog, const Principal& principal,
                                  const OrphanId& orphan, const Home& home, const Actor& actor);

}  // namespace desk::orphans
