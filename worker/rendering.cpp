#include "worker/rendering.hpp"

#include "core/model/install_config.hpp"

namespace desk::worker {

Secret render_install_config(const PlatformDriver& platform, const EffectiveOrder& order, const Tags& tags,
                             const Secret& pull_secret) {
    auto config = install_config_of(order, tags);
    if (const auto mode = platform.credentials_mode(order); mode != order.credentials_mode)
        config.credentials_mode = text(mode);
    return emit(config, pull_secret);
}

}  // namespace desk::worker
