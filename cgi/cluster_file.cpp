#include "cgi/cluster_file.hpp"

#include "core/store/ordering.hpp"

namespace desk {

Response cluster_file(pg::Transaction& tx, const clusters::Cluster& cluster) {
    const auto order = ordering::find_effective_order(tx, cluster);
    if (!order) return not_found();
    auto file = cluster_yaml_of(*order);
    if (cluster.destroy_at) file.destroy_at = to_rfc3339(*cluster.destroy_at);
    return Response{.content_type = "application/yaml", .body = emit(file)}.with_header(
        "Content-Disposition", "attachment; filename=\"cluster.yaml\"");
}

}  // namespace desk
