// The search for orphans: its jobs, whose something is, and what a sweep saw.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/model/cost.hpp"
#include "core/model/orphan.hpp"
#include "core/store/orphans.hpp"

namespace desk::orphans {

/// What one job looks through.
struct Place {
    Platform provider = Platform::demo;
    std::string account = {};  ///< "" on platforms without accounts
    std::string region = {};

    /// "sweep:123456789012:us-east-1", "sweep:demo:us-east-1"
    std::string subject() const;
    Json to_json() const;
    static Place from_json(const Json& params);
};

/// Where attempts of clusters of this platform worked, and where orphans are open.
std::vector<Place> known_places(pg::Transaction& tx, Platform provider);

/// A job for this place, unless one is open or was queued within `interval`.
std::optional<JobId> enqueue_sweep(pg::Transaction& tx, const Place& place, seconds interval);

/// Where what has this orphan's infraID is: the region in which its attempt worked, or else the one of what is known of
/// it, or its own. What belongs to no region is found from the home of its partition of AWS.
Place place_of(pg::Transaction& tx, const Orphan& orphan);

/// Why the desk may not act on everything with this orphan's infraID, as a sentence; nothing when it may: it is open,
/// and carries a desk's tags.
std::optional<std::string> why_not_ours(const Orphan& orphan);

/// Throws Error{conflict} while a sweep of the place, or of where a cloud keeps what belongs to no region, is open.
void refuse_during_sweep(pg::Transaction& tx, const Place& place);

/// A job that destroys everything with this orphan's infraID by the installer, and then sweeps the place. With its
/// audit row. Throws Error{conflict} when it is closed, when its infraID is not known to be a desk's, or when a sweep
/// of the place is open.
JobId enqueue_destroy(pg::Transaction& tx, const Orphan& orphan, const Actor& actor);

/// Infra ids and ccoctl names of clusters that live or are being ended: never orphans.
std::vector<std::string> live_marks(pg::Transaction& tx, Platform provider);

/// Whose `marks` are, where an attempt stored them.
std::map<std::string, ClusterId> owners(pg::Transaction& tx, const std::vector<std::string>& marks);

/// The metadata.json that an attempt stored with this infraID; null when no attempt did.
Json find_metadata(pg::Transaction& tx, const std::string& infra_id);

/// One thing that a sweep saw.
struct Sighting {
    CloudResource resource = {};
    std::string infra_id = {};
    std::optional<ClusterId> cluster = {};
    std::string owner = {};
    bool is_ours = false;
    std::optional<Money> hourly = {};
};
/// Written as OPEN, also over one that was closed before, unless it is ignored. Nothing when a cluster that lives has
/// its infraID by now.
void see(pg::Transaction& tx, const Place& place, const Sighting& sighting);

/// Closes what was open in these regions of the place and not seen since `step` of the attempt began. Not what stands
/// for everything of an infraID: no sweep can say that it is gone. How many.
int close_unseen(pg::Transaction& tx, const Place& place, const std::vector<std::string>& regions, const JobId& job,
                 int attempt, std::string_view step);

}  // namespace desk::orphans
