// GET /api/v1/clusters/{cluster}/cluster.yaml
#include "cgi/cluster_file.hpp"
#include "cgi/api/api.hpp"
#include "cgi/api/input.hpp"

namespace desk::api {

Response cluster_yaml(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto cluster = clusters::find(tx, request.path_id<ClusterId>("cluster"), request.reach());
    return cluster ? cluster_file(tx, *cluster) : not_found();
}

}  // namespace desk::api
