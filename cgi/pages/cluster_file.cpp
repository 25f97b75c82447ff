// GET /clusters/{cluster}/cluster.yaml
#include "cgi/cluster_file.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/within_reach.hpp"

namespace desk::pages {

Response cluster_yaml(const Request& request, App& app) {
    auto tx = app.db.begin(pg::Mode::read_only);
    return cluster_file(tx, get_cluster(tx, request));
}

}  // namespace desk::pages
