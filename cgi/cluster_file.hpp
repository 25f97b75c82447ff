// The cluster.yaml of a cluster, for pages and API.
#pragma once

#include "cgi/http.hpp"
#include "core/store/clusters.hpp"

namespace desk {

/// A download of the file that asks for `cluster` again, as it was ordered, with the time at which it ends now. Throws
/// Error{not_found} when the desk knows no order of it.
Response cluster_file(pg::Transaction& tx, const clusters::Cluster& cluster);

}  // namespace desk
