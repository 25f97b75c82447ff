// install-config.yaml, as a job writes it and as an operator may want to see it.
#pragma once

#include "core/model/order.hpp"
#include "core/model/tags.hpp"
#include "worker/platforms/platform.hpp"

namespace desk::worker {

/// The whole file, pull secret and all. Where the platform's credentials leave no choice of the credentials mode, it
/// says what the platform wants. Throws as the platform's functions do.
Secret render_install_config(const PlatformDriver& platform, const EffectiveOrder& order, const Tags& tags,
                             const Secret& pull_secret);

}  // namespace desk::worker
