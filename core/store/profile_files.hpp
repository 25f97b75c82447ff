// Reads the profiles of a directory.
#pragma once

#include <filesystem>

#include "core/base/config.hpp"
#include "core/model/profile_catalog.hpp"

namespace desk {

/// All *.yaml of `dir`, by name. A file that can't be read, or that is larger than a profile may be, is a fault of that
/// file; a directory that can't be read throws Error{internal}.
Catalog load_profiles(const std::filesystem::path& dir, const Platforms& configured);

/// Those of this desk: its directory, and the platforms that it is configured for. Throws Error{invalid} when one of
/// them is none.
Catalog load_profiles(const Config& config);

}  // namespace desk
