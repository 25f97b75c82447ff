#include "worker/installer_catalog.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <mutex>

#include "core/base/crypto.hpp"
#include "core/base/error.hpp"
#include "core/base/process.hpp"
#include "core/base/text.hpp"
#include "core/model/version.hpp"

namespace desk::worker {
namespace {

constexpr std::size_t kBlock = 1U << 20U;
constexpr auto kToSayItsVersion = std::chrono::seconds(30);  // Go programs of 600 MB start slowly from a cold disk

/// Hands every block of the file to `take`.
template <class Take>
void read_blocks(int file, const fs::path& path, Take take) {
    std::string block(kBlock, '\0');
    for (;;) {
        const auto got = ::read(file, block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw_errno(cat("read ", path.string()));
        if (got == 0) return;
        take(std::string_view(block).substr(0, static_cast<std::size_t>(got)));
    }
}

/// What tells that a file is still the one that was read.
struct Identity {
    dev_t device = 0;
    ino_t inode = 0;
    off_t size = 0;
    timespec changed = {};

    auto tie() const { return std::tuple(device, inode, size, changed.tv_sec, changed.tv_nsec); }
    bool operator<(const Identity& other) const { return tie() < other.tie(); }
};

/// Nothing when there is no such file.
std::optional<std::string> find_checksum(const fs::path& path) {
    static std::mutex mutex;
    static std::map<Identity, std::string> known;
    const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file && errno == ENOENT) return std::nullopt;
    struct stat status {};
    if (!file || ::fstat(file.get(), &status) != 0) throw_errno(cat("open ", path.string()));
    const Identity identity{status.st_dev, status.st_ino, status.st_size, status.st_ctim};
    const std::lock_guard lock(mutex);
    if (const auto found = known.find(identity); found != known.end()) return found->second;
    Sha256 sum;
    read_blocks(file.get(), path, [&](std::string_view block) { sum.add(block); });
    return known[identity] = sum.hex();
}

/// A copy beside its later place, gone again unless it was put there.
class Copy {
  public:
    Copy(const fs::path& from, const fs::path& to) : to_(to), path_(to.parent_path() / ".adding-XXXXXX") {
        const UniqueFd in(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
        if (!in) throw Error(Code::invalid, cat(from.string(), " can't be read."));
        make_dir(to.parent_path(), 0755);
        const UniqueFd out(::mkostemp(path_.data(), O_CLOEXEC));
        if (!out) throw_errno(cat("create ", path_));
        Sha256 sum;
        read_blocks(in.get(), from, [&](std::string_view block) {
            sum.add(block);
            write_all(out.get(), block);
        });
        if (::fchmod(out.get(), 0755) != 0 || ::fsync(out.get()) != 0) throw_errno(cat("write ", path_));
        sha256_ = sum.hex();
    }
    ~Copy() {
        std::error_code ignored;
        fs::remove(path_, ignored);
        fs::remove(to_.parent_path(), ignored);  // only when nothing is in it
    }
    Copy(const Copy&) = delete;
    Copy& operator=(const Copy&) = delete;

    fs::path path() const { return path_; }
    const std::string& sha256() const { return sha256_; }
    void put_in_place() const { fs::rename(path_, to_); }

  private:
    fs::path to_;
    std::string path_, sha256_;
};

/// The version that an installer names in its first line: "openshift-install 4.20.3".
std::string own_version(const fs::path& program) {
    SystemProcessRunner runner;
    const auto said = capture(runner, {.program = program, .args = {"version"}, .timeout = kToSayItsVersion});
    if (!said.exit.ok()) throw Error(Code::invalid, cat("It does not answer to \"version\": ", said.exit.why, "."));
    const auto line = trim(std::string_view(said.out).substr(0, said.out.find('\n')));
    return std::string(line.substr(line.rfind(' ') + 1));
}

Version get_version(const std::string& text) {
    const auto version = Version::parse(text);
    if (!version) throw Error(Code::invalid, cat("\"", text, "\" is not an exact version, such as 4.20.3."));
    return *version;
}

/// Locked by the one call of `add` at a time.
UniqueFd lock(const fs::path& dir) {
    UniqueFd file(::open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!file || ::flock(file.get(), LOCK_EX) != 0) throw_errno(cat("lock ", dir.string()));
    return file;
}

}  // namespace

std::vector<InstallerCatalog::Pin> InstallerCatalog::pins() const {
    std::vector<Pin> found;
    if (!fs::exists(sums())) return found;
    const std::string text = read_file(sums());
    for (const auto line : split(text, '\n')) {
        const auto gap = line.find("  ");
        const auto slash = line.find('/');
        if (gap == std::string_view::npos || slash == std::string_view::npos || slash < gap) continue;
        Pin pin{.version = std::string(line.substr(gap + 2, slash - gap - 2)),
                .program = std::string(line.substr(slash + 1)),
                .sha256 = std::string(line.substr(0, gap))};
        if (Version::parse(pin.version)) found.push_back(std::move(pin));
    }
    std::ranges::stable_sort(
        found, [](const Pin& a, const Pin& b) { return *Version::parse(a.version) < *Version::parse(b.version); });
    return found;
}

std::optional<InstallerCatalog::Pin> InstallerCatalog::find(const std::string& version,
                                                            std::string_view program) const {
    for (auto& pin : pins())
        if (pin.version == version && pin.program == program) return pin;
    return std::nullopt;
}

InstallerCatalog::Pin InstallerCatalog::add(const std::string& version, std::string_view program, const fs::path& file,
                                            std::string sha256, bool replace) {
    get_version(version);
    if (program != kInstaller && !find(version, kInstaller))
        throw Error(Code::conflict, cat("There is no installer ", version, " yet: add ", kInstaller, " first."));
    if (!fs::exists(dir_)) make_dir(dir_, 0755);
    const auto locked = lock(dir_);
    const Copy copy(file, path_of(version, program));
    if (!sha256.empty() && lower(sha256) != copy.sha256())
        throw Error(Code::invalid, cat(file.string(), " has the SHA-256 ", copy.sha256(), " and not ", lower(sha256),
                                       ". Fetch it again, and don't run it."));
    if (program == kInstaller || program == kFipsInstaller) {
        const auto own = own_version(copy.path());
        if (own != version)
            throw Error(Code::invalid, cat(file.string(), " is version ", own, " and not ", version, "."));
    }
    const auto before = find(version, program);
    if (before && before->sha256 != copy.sha256() && !replace)
        throw Error(Code::conflict, cat("There is another ", program, " ", version, " (SHA-256 ", before->sha256,
                                        "). If that is to go, say --replace."));

    auto all = pins();
    std::erase_if(all, [&](const Pin& pin) { return pin.version == version && pin.program == program; });
    all.push_back({.version = version, .program = std::string(program), .sha256 = copy.sha256()});
    std::string text;
    for (const auto& pin : all) text += cat(pin.sha256, "  ", pin.version, '/', pin.program, '\n');
    copy.put_in_place();
    replace_file(sums(), text, 0644);
    return all.back();
}

std::optional<std::string> InstallerCatalog::find_fault(const std::string& version, std::string_view program) const {
    const auto pin = find(version, program);
    const auto path = path_of(version, program);
    if (!pin)
        return cat("This host has no ", program, " ", version, ". Add it with: clusterdesk-worker installers add ",
                   version, " FILE", program == kInstaller ? "" : cat(" --program ", program));
    const auto sum = find_checksum(path);
    if (!sum) return cat(path.string(), " is pinned and not there.");
    if (*sum != pin->sha256)
        return cat(path.string(), " is not what was pinned: its SHA-256 is ", *sum, ", the pin's ", pin->sha256, ".");
    if (::access(path.c_str(), X_OK) != 0) return cat(path.string(), " can't be run by this user.");
    return std::nullopt;
}

std::vector<std::string> InstallerCatalog::faults() const {
    std::vector<std::string> found;
    for (const auto& pin : pins())
        if (auto fault = find_fault(pin.version, pin.program)) found.push_back(*std::move(fault));
    std::error_code none;
    for (const auto& folder : fs::directory_iterator(dir_, none))
        for (const auto program : kCatalogPrograms)
            if (fs::exists(folder.path() / program, none) && !find(folder.path().filename(), program))
                found.push_back(cat((folder.path() / program).string(),
                                    " has no pin and is not used: nobody added it with `installers add`."));
    return found;
}

fs::path InstallerCatalog::get(const std::string& version, std::string_view program) const {
    if (const auto fault = find_fault(version, program)) throw Error(Code::internal, *fault, *fault);
    return path_of(version, program);
}

fs::path InstallerCatalog::get_newest(std::string_view program) const {
    const auto all = pins();
    for (auto pin = all.rbegin(); pin != all.rend(); ++pin)
        if (pin->program == program && !find_fault(pin->version, program)) return path_of(pin->version, program);
    const auto why = cat("This host has no ", program, " that can be used.");
    throw Error(Code::internal, why, why);
}

fs::path InstallerCatalog::get_for_destroy(const std::string& version, std::string_view program) const {
    if (version.empty()) return get_newest(program);
    const auto own_fault = find_fault(version, program);
    if (!own_fault) return path_of(version, program);
    const auto wanted = get_version(version);
    for (const auto& pin : pins()) {
        const auto other = *Version::parse(pin.version);
        if (pin.program == program && other.major == wanted.major && other > wanted &&
            !find_fault(pin.version, program))
            return path_of(pin.version, program);
    }
    const auto why = cat(*own_fault, " Nor is there a newer one of the same major.");
    throw Error(Code::internal, why, why);
}

}  // namespace desk::worker
