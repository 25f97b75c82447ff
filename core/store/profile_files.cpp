#include "core/store/profile_files.hpp"

#include <algorithm>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/text.hpp"

namespace desk {

Catalog load_profiles(const std::filesystem::path& dir, const Platforms& configured) {
    std::error_code error;
    std::vector<fs::path> paths;
    for (fs::directory_iterator entry(dir, error), end; !error && entry != end; entry.increment(error))
        if (entry->path().extension() == ".yaml") paths.push_back(entry->path());
    if (error) throw Error(Code::internal, "The profiles can't be read.", cat(dir.string(), ": ", error.message()));
    std::sort(paths.begin(), paths.end());

    std::vector<ProfileFile> files;
    Faults unread;
    for (const auto& path : paths) {
        constexpr std::size_t kMaxBytes = 1U
                                          << 20U;  // far above what parse_yaml takes, so that its own words are heard
        try {
            files.push_back({path.filename().string(), read_file(path, kMaxBytes)});
        } catch (const Error&) {
            unread.push_back({path.filename().string(), 0, "", "The file can't be read, or is far too large."});
        }
    }
    Catalog catalog = Catalog::of(files, configured);
    for (auto& fault : unread) catalog.add_fault(std::move(fault));
    return catalog;
}

Catalog load_profiles(const Config& config) {
    const auto platforms = parse_platforms(config.profiles.platforms);
    if (!platforms) throw Error(Code::invalid, "profiles.platforms: " + platforms.error());
    return load_profiles(config.profiles.dir, *platforms);
}

}  // namespace desk
