// Which processors machines have. The installer takes amd64 for granted and refuses sizes with others.
#pragma once

#include <string_view>

#include "core/base/enum.hpp"
#include "core/model/platform.hpp"

namespace desk {

DESK_ENUM(Architecture, amd64, arm64)

/// Of machines of this size. AWS: arm64 is Graviton, with a 'g' behind the generation in the family's name ("m6g",
/// "c7gd", "im4gn"), or the family "a1". Other platforms: amd64.
Architecture architecture_of(Platform platform, std::string_view instance_type);

}  // namespace desk
