#include "core/model/profile_catalog.hpp"

#include "core/base/text.hpp"

namespace desk {

Catalog Catalog::of(const std::vector<ProfileFile>& files, const Platforms& configured) {
    Catalog catalog;
    std::map<std::string, std::vector<std::string>> files_by_name;
    for (const auto& file : files) {
        auto profile = parse_profile(file.text, file.name, configured);
        if (!profile) {
            catalog.faults_[file.name] = profile.error();
            continue;
        }
        files_by_name[profile->name].push_back(file.name);
        const std::string name = profile->name;
        catalog.profiles_.insert_or_assign(name, std::move(profile).value());
    }
    for (const auto& [name, holders] : files_by_name) {
        if (holders.size() == 1) continue;
        catalog.profiles_.erase(name);
        for (const auto& holder : holders)
            catalog.faults_[holder].push_back(
                {holder, 0, "name", cat('"', name, "\" is the name of several profiles: ", join(holders, ", "), '.')});
    }
    return catalog;
}

const Profile* Catalog::find(std::string_view name) const {
    const auto found = profiles_.find(name);
    return found == profiles_.end() ? nullptr : &found->second;
}

std::vector<const Profile*> Catalog::orderable() const {
    std::vector<const Profile*> list;
    for (const auto& [name, profile] : profiles_)
        if (!profile.unavailable_reason()) list.push_back(&profile);
    return list;
}

}  // namespace desk
