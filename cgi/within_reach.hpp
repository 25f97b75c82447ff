// What the path of a request names, if who asks may see it.
#pragma once

#include "cgi/http.hpp"
#include "core/store/clusters.hpp"
#include "core/store/requests.hpp"

namespace desk {

/// Throws Error{not_found}: what is out of reach is not there.
clusters::Cluster get_cluster(pg::Transaction& tx, const Request& request);
/// The same, locked until the transaction ends.
clusters::Cluster lock_cluster(pg::Transaction& tx, const Request& request);
requests::Request get_request(pg::Transaction& tx, const Request& request);

}  // namespace desk
