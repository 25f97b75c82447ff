// All profiles of the desk, by name, with the faults of the files that are none.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/profile.hpp"

namespace desk {

struct ProfileFile {
    std::string name;  ///< as shown in faults
    std::string text;
};

class Catalog {
  public:
    Catalog() = default;

    /// Reads every file. A file with faults gives no profile; of two profiles with one name neither counts.
    static Catalog of(const std::vector<ProfileFile>& files, const Platforms& configured);

    /// Also a profile that can't be ordered now.
    const Profile* find(std::string_view name) const;

    /// All profiles, by name.
    const std::map<std::string, Profile, std::less<>>& profiles() const { return profiles_; }
    /// Those that can be ordered, by name: the catalog page.
    std::vector<const Profile*> orderable() const;
    /// By file.
    const std::map<std::string, Faults>& faults() const { return faults_; }
    /// For a file that could not even be read.
    void add_fault(Fault fault) { faults_[fault.file].push_back(std::move(fault)); }

  private:
    std::map<std::string, Profile, std::less<>> profiles_;
    std::map<std::string, Faults> faults_;
};

}  // namespace desk
