// What the URL of the list of clusters asks for: the same for the page, its CSV and its saved views.
#pragma once

#include <string>
#include <vector>

#include "cgi/http.hpp"
#include "core/store/clusters.hpp"

namespace desk {

/// Whose clusters a list shows, of those that the reader may see.
DESK_ENUM(Whose, mine, teams, all)

/// The choices of the list's state filter: one state, or a group of states that belong together.
struct StatusChoice {
    std::string_view value, text;
    std::vector<ClusterStatus> states = {};  ///< empty = does not filter
    bool only_unfinished = false;
};
const std::vector<StatusChoice>& status_choices();

struct ListQuery {
    Whose whose = Whose::mine;
    Reach reach = {};  ///< of `whose`
    clusters::Filter filter = {};
    std::string status = {};  ///< value of a StatusChoice

    /// Reads whose, q, status, team, profile, region, owner, sort ("name", "-created") and cursor. Without `whose` it
    /// is the reader's own clusters; everything when a team or an owner is named, or when the reader can't order any.
    /// Throws Error{invalid} naming the field.
    static ListQuery of(const Request& request);
};

/// Reads "name" or "-name" (descending) into the filter; "" leaves it newest first. False: it is neither.
bool read_sort(std::string_view text, clusters::Filter& filter);

}  // namespace desk
