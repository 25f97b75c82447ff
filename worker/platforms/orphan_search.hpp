// The search for orphans, which differs between clouds: where to look, and what carries the mark of a cluster there.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/base/config.hpp"
#include "core/model/orphan.hpp"
#include "core/store/orphan_sweeps.hpp"

namespace desk::worker {

using Marks = std::set<std::string>;

class OrphanSearch {
  public:
    virtual ~OrphanSearch() = default;

    /// Everywhere that clusters of this desk may be; `known`: where they have been. Asks no cloud.
    virtual std::vector<orphans::Place> places(const std::vector<orphans::Place>& known) const = 0;
    /// Everything in the place with the mark of a cluster, except marks in `leave_out`. Throws Error{unavailable} when
    /// one question gets no answer, and Error{forbidden} when the credentials are another account's: not to know is not
    /// to be gone.
    virtual std::vector<MarkedResource> look(const orphans::Place& place, const Marks& leave_out) const = 0;
    /// The regions that resources of this place may be said to be in: its own, and what belongs to none.
    virtual std::vector<std::string> regions(const orphans::Place& place) const { return {place.region}; }
};

/// Null for a platform that can't be searched.
std::unique_ptr<OrphanSearch> find_orphan_search(Platform platform, const Config& config);

}  // namespace desk::worker
