// A cgroup of its own for a job's program, where the host allows it: nothing escapes from it, and one write kills all.
#include "worker/cgroup.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <optional>
#include <sstream>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"

namespace desk::worker {
namespace {

/// Where the version 2 tree is mounted: /sys/fs/cgroup, or /sys/fs/cgroup/unified beside version 1.
std::optional<fs::path> find_mount() {
    std::ifstream mounts("/proc/self/mountinfo");  // 36 35 98:0 / /mnt rw shared:1 - ext3 /dev/root rw
    for (std::string line; std::getline(mounts, line);) {
        if (line.find(" - cgroup2 ") == std::string::npos) continue;
        std::istringstream fields(line);
        std::string id, parent, device, root, point;
        fields >> id >> parent >> device >> root >> point;
        return point;
    }
    return std::nullopt;
}

/// The caller's own cgroup below the mount, "/" or "/system.slice/cron.service".
std::optional<fs::path> find_own() {
    std::ifstream groups("/proc/self/cgroup");
    for (std::string line; std::getline(groups, line);)
        if (line.starts_with("0::/")) return line.substr(4);
    return std::nullopt;
}

/// Where the job's cgroup is or would be; nothing on a host without version 2.
std::optional<fs::path> find_place(const fs::path& job_dir) {
    const auto mount = find_mount();
    const auto own = find_own();
    if (!mount || !own) return std::nullopt;
    return *mount / *own / JobCgroup::name_for(job_dir);
}

}  // namespace

JobCgroup::JobCgroup(const fs::path& job_dir) {
    const auto place = find_place(job_dir);
    if (!place || (::mkdir(place->c_str(), 0755) != 0 && errno != EEXIST)) return;
    path_ = *place;
    procs_.reset(::open((path_ / "cgroup.procs").c_str(), O_WRONLY | O_CLOEXEC));
}

JobCgroup::~JobCgroup() {
    if (!path_.empty()) ::rmdir(path_.c_str());
}

void JobCgroup::kill() const {
    if (path_.empty()) return;
    const UniqueFd file(::open((path_ / "cgroup.kill").c_str(), O_WRONLY | O_CLOEXEC));
    [[maybe_unused]] const auto written = file ? ::write(file.get(), "1", 1) : 0;
}

void JobCgroup::remove_left(const fs::path& job_dir) {
    if (const auto place = find_place(job_dir)) ::rmdir(place->c_str());
}

std::string JobCgroup::name_for(const fs::path& job_dir) {
    return cat("clusterdesk-", job_dir.filename().native(), "-", sha256_hex(job_dir.native()).substr(0, 8));
}

}  // namespace desk::worker
