#include "cgi/within_reach.hpp"

namespace desk {

clusters::Cluster get_cluster(pg::Transaction& tx, const Request& request) {
    auto found = clusters::find(tx, request.path_id<ClusterId>("cluster"), request.reach());
    if (!found) not_found();
    return *std::move(found);
}

clusters::Cluster lock_cluster(pg::Transaction& tx, const Request& request) {
    auto found = clusters::find_locked(tx, request.path_id<ClusterId>("cluster"), request.reach());
    if (!found) not_found();
    return *std::move(found);
}

requests::Request get_request(pg::Transaction& tx, const Request& request) {
    auto found = requests::find(tx, request.path_id<RequestId>("request"), request.reach());
    if (!found) not_found();
    return *std::move(found);
}

}  // namespace desk
