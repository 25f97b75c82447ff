#include "worker/slots.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <map>
#include <set>

#include "core/base/log.hpp"
#include "core/base/spawn.hpp"
#include "core/base/text.hpp"
#include "core/store/leases.hpp"
#include "worker/strays.hpp"

namespace desk::worker {
namespace {

constexpr auto kKeepLogs = std::chrono::hours(24 * 14);

/// Jobs whose runner lives: their slot files are locked. Files that nobody locks are removed.
std::set<std::string> live_runners(const Host& host) {
    std::set<std::string> live;
    for (const auto& entry : fs::directory_iterator(host.slots())) {
        if (try_lock_file(entry.path()))
            fs::remove(entry.path());
        else
            live.insert(entry.path().filename());
    }
    return live;
}

}  // namespace

void start_runner(const JobId& job, const fs::path& config_file, const Host& host) {
    const UniqueFd slot = try_lock_file(host.slot_file(job));
    if (!slot) return;
    const UniqueFd output(::open(host.log_file(job).c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    if (!output) throw_errno(cat("open ", host.log_file(job).string()));
    std::vector<std::string> args = {"run-job", job.str(), "--slot"};
    if (!config_file.empty()) args.insert(args.end(), {"--config", fs::absolute(config_file).string()});
    // This very program, also when a newer one has been put in its place meanwhile. The lock goes over to the runner
    // with descriptor 3: there is no moment in which nobody holds it.
    const auto started =
        spawn({.program = "/proc/self/exe", .args = std::move(args), .env = own_environment(), .dir = host.work_dir},
              {.fds = {-1, output.get(), output.get(), slot.get()}});
    if (!started) throw Error(Code::internal, "A runner could not be started.", started.error());
    log::info("runner_started", {{"job", job.str()}, {"pid", *started}});
}

bool start_runners(pg::Database& database, const Config& config, const fs::path& config_file, const Host& host) {
    const UniqueFd turn = try_lock_file(host.spawn_lock());
    if (!turn) return true;  // another tick of this host is at it: look again soon
    const auto live = live_runners(host);
    std::vector<JobId> due;
    {
        auto tx = database.begin(pg::Mode::read_only);
        due = leases::due(tx, config.worker.slots + static_cast<int>(live.size()) + 1);
    }
    auto free = config.worker.slots - static_cast<int>(live.size());
    for (const auto& job : due) {
        if (live.contains(job.str())) continue;  // started, and about to claim
        if (free <= 0) return true;
        start_runner(job, config_file, host);
        --free;
    }
    return false;
}

void tidy(const Host& host) {
    const UniqueFd turn = try_lock_file(host.spawn_lock());
    if (!turn) return;
    const auto live = live_runners(host);
    for (const auto& entry : fs::directory_iterator(host.jobs()))
        if (!live.contains(entry.path().filename()) && strays_under(entry.path()).empty()) fs::remove_all(entry.path());
    const auto oldest = fs::file_time_type::clock::now() - kKeepLogs;
    for (const auto& entry : fs::directory_iterator(host.logs()))
        if (entry.last_write_time() < oldest) fs::remove(entry.path());
}

}  // namespace desk::worker
