// Reads the profiles of a directory.
#pragma once

#include <filesystem>

#include "core/model/profile_catalog.hpp"

namespace desk {

/// All *.yaml of `dir`, by name. A file that can't be read, or that is larger than a profile may be, is a fault of that
/// file; a directory that can't be read throws Error{internal}.
Catalog load_profiles(const std::filesystem::path& dir, const Platforms& configured);

}  // namespace desk
