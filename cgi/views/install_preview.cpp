#include "cgi/views/install_preview.hpp"

#include "cgi/dictionary.hpp"
#include "core/model/cluster_order.hpp"
#include "keys/parts/install_preview.tpl.hpp"

namespace desk::views {

InstallPreview InstallPreview::of(const EffectiveOrder& order, const TagIds& ids) {
    return {
        .install_config = preview(order, ids), .digest = order.digest(), .cluster_yaml = emit(cluster_yaml_of(order))};
}

void InstallPreview::fill(Dictionary& out) const {
    out.SetValue(kip_INSTALL_CONFIG, install_config);
    out.SetValue(kip_DIGEST, digest);
    out.SetValue(kip_CLUSTER_YAML, cluster_yaml);
}

}  // namespace desk::views
