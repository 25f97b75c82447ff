#include "worker/host.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk::worker {
namespace {

constexpr std::size_t kStartTimeField = 22;  ///< of /proc/<pid>/stat, proc(5)

/// Clock ticks from boot to the start of a process; nothing when there is none, or it is a zombie.
std::optional<std::string> find_start_time(std::string_view pid) {
    std::string stat;
    try {
        stat = read_file(fs::path("/proc") / pid / "stat");
    } catch (const Error&) {
        return std::nullopt;
    }
    // The program's name (field 2) may hold spaces and parentheses: count from behind its last ')'.
    const auto behind_name = stat.rfind(')');
    if (behind_name == std::string::npos) return std::nullopt;
    const auto fields = split(std::string_view(stat).substr(behind_name + 2), ' ');
    if (fields.size() + 2 < kStartTimeField || fields[0] == "Z" || fields[0] == "X") return std::nullopt;
    return std::string(fields[kStartTimeField - 3]);
}

std::string name_of_this_host() {
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0) throw_errno("gethostname");
    return name.data();
}

}  // namespace

Host Host::of(const Config& config) {
    Host host{.name = config.worker.host.empty() ? name_of_this_host() : config.worker.host,
              .boot_id = std::string(trim(read_file("/proc/sys/kernel/random/boot_id"))),
              .work_dir = fs::absolute(config.worker.work_dir)};
    for (const auto& dir : {host.work_dir, host.jobs(), host.slots(), host.logs()})
        if (!fs::exists(dir)) make_dir(dir);
    return host;
}

std::string Host::holder() const {
    const std::string pid = std::to_string(::getpid());
    return cat(boot_id, '/', pid, '/', find_start_time(pid).value_or("0"));
}

bool Host::is_of_this_boot(std::string_view holder) const { return split(holder, '/')[0] == boot_id; }

bool Host::is_alive(std::string_view holder) const {
    const auto parts = split(holder, '/');
    return parts.size() == 3 && parts[0] == boot_id && find_start_time(parts[1]) == parts[2];
}

void Host::kill(std::string_view holder) const {
    if (!is_alive(holder)) return;
    ::kill(static_cast<pid_t>(parse_int(split(holder, '/')[1]).value()), SIGKILL);
}

UniqueFd try_lock_file(const fs::path& path) {
    UniqueFd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!file) throw_errno(cat("open ", path.string()));
    if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) return file;
    if (errno == EWOULDBLOCK) return {};
    throw_errno(cat("lock ", path.string()));
}

}  // namespace desk::worker
