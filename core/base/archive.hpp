// A directory as one tar.zst and back, through libarchive.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/base/file.hpp"
#include "core/base/secret.hpp"

namespace desk {

/// What an archive may hold, counted in what is in it, not in its compressed form: a small archive can be a large one.
struct ArchiveLimits {
    std::size_t max_bytes = std::size_t{256} << 20U;  ///< contents of all files together
    std::size_t max_entries = 20'000;                 ///< files and directories
};

/// Everything below `dir` (hidden files, empty directories and permissions included, owners and times not), as tar.zst;
/// the same bytes for the same tree. A Secret, because what is packed here is an install directory with its keys.
/// Throws Error{internal} for anything that is neither file nor directory (it could not be restored), beyond `limits`,
/// and when something can't be read.
Secret pack_directory(const fs::path& dir, const ArchiveLimits& limits = {});

/// Unpacks what pack_directory made into `dir`, an empty directory; it is made (0700) when it is not there. Throws
/// Error{internal}, possibly with part of the tree written, for links, devices, absolute paths, "..", names that come
/// twice, bytes that are no archive, and beyond `limits`. Set-user-id and its kind are dropped.
void unpack_directory(std::string_view archive, const fs::path& dir, const ArchiveLimits& limits = {});

}  // namespace desk
