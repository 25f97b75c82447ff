// The installers of this host: by exact version under a directory, each pinned by its SHA-256.
//   <dir>/<version>/openshift-install   and openshift-install-fips, ccoctl and oc of that version where they are needed
//   <dir>/SHA256SUMS                    the pins, as sha256sum(1) writes them; only `installers add` writes this file
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/file.hpp"

namespace desk::worker {

inline constexpr std::string_view kInstaller = "openshift-install", kFipsInstaller = "openshift-install-fips",
                                  kCcoctl = "ccoctl", kOc = "oc";
inline constexpr std::array kCatalogPrograms = {kInstaller, kFipsInstaller, kCcoctl, kOc};

class InstallerCatalog {
  public:
    struct Pin {
        std::string version = {}, program = {};
        std::string sha256 = {};  ///< 64 hex digits
    };

    explicit InstallerCatalog(fs::path dir) : dir_(std::move(dir)) {}

    /// Every pin, oldest version first. None when the directory is not there.
    std::vector<Pin> pins() const;

    /// Copies `file` into the catalogue and pins it. An installer must name itself `version`; what stands beside
    /// openshift-install needs that there first. `sha256` (any case; "" = whatever it has) is what it must have. The
    /// same bytes again change nothing; others are refused unless `replace`. Throws Error{invalid} or Error{conflict}
    /// with the way out.
    Pin add(const std::string& version, std::string_view program, const fs::path& file, std::string sha256 = {},
            bool replace = false);

    /// Why this program of this version can't be used on this host, as a sentence; nothing when it can. Reads the whole
    /// file, unless this process has done so and nothing of its inode, time and size has changed.
    std::optional<std::string> find_fault(const std::string& version, std::string_view program = kInstaller) const;

    /// One sentence for each pinned program that is not as pinned, and each program there that has no pin.
    std::vector<std::string> faults() const;

    /// Its path, the pin checked. Throws Error{internal} with that fault.
    fs::path get(const std::string& version, std::string_view program = kInstaller) const;

    /// For a destroy, which must not wait for anybody: this version, or when that can't be used the oldest newer one of
    /// the same major that can; the newest that can where the version is not known (""). Profiles have no say. Throws
    /// Error{internal} when there is none.
    fs::path get_for_destroy(const std::string& version, std::string_view program = kInstaller) const;

  private:
    fs::path get_newest(std::string_view program) const;
    fs::path path_of(const std::string& version, std::string_view program) const { return dir_ / version / program; }
    fs::path sums() const { return dir_ / "SHA256SUMS"; }
    std::optional<Pin> find(const std::string& version, std::string_view program) const;

    fs::path dir_;
};

}  // namespace desk::worker
