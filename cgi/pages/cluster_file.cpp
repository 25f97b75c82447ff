// GET /clusters/{cluster}/cluster.yaml
#include "cgi/cluster_file.hpp"
#include "cgi/pages/pages.hpp"

namespace desk::pages {

Response cluster_yaml(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    const auto cluster = clusters::find(tx, request.path_id<ClusterId>("cluster"), request.reach());
    return cluster ? cluster_file(tx, *cluster) : not_found();
}

}  // namespace desk::pages
