// Looks into folders in which running programs make and delete files.
#pragma once

#include <algorithm>
#include <vector>

#include "core/base/file.hpp"

namespace desk {

/// The regular files below `folder`, sorted. What goes while this looks is left out; so is a folder that is not there.
inline std::vector<fs::path> files_below(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code gone;  // a recursive_directory_iterator ends, or throws, at the first folder that went
    for (const auto& entry : fs::directory_iterator(folder, gone)) {
        if (entry.is_symlink(gone)) continue;
        if (entry.is_regular_file(gone)) files.push_back(entry.path());
        if (!entry.is_directory(gone)) continue;
        for (auto& file : files_below(entry.path())) files.push_back(std::move(file));
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// What stands in `file`; nothing when it went.
inline std::string content_of(const fs::path& file) {
    try {
        return read_file(file);
    } catch (const std::exception&) {
        if (fs::exists(file)) throw;
        return "";
    }
}

}  // namespace desk
