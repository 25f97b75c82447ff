// GET /api/v1/clusters/{cluster}/cluster.yaml
#include "cgi/cluster_file.hpp"
#include "cgi/api/api.hpp"
#include "cgi/api/input.hpp"
#include "cgi/within_reach.hpp"

namespace desk::api {

Response cluster_yaml(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    return cluster_file(tx, get_cluster(tx, request));
}

}  // namespace desk::api
