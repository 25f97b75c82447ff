#include "cgi/cluster_file.hpp"

#include "core/store/ordering.hpp"

namespace desk {

Response cluster_file(pg::Transaction& tx, const clusters::Cluster& cluster) {
    auto file = cluster_yaml_of(ordering::effective_order_of(tx, cluster));
    if (cluster.destroy_at) file.destroy_at = to_rfc3339(*cluster.destroy_at);
    return Response{.content_type = "application/yaml", .body = emit(file)}.with_header(
        "Content-Disposition", "attachment; filename=\"cluster.yaml\"");
}

}  // namespace desk
