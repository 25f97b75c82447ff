#include "worker/tick.hpp"

#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <set>
#include <thread>

#include "core/base/fault_point.hpp"
#include "core/base/keyring.hpp"
#include "core/base/log.hpp"
#include "core/base/text.hpp"
#include "core/cloud/object_store.hpp"
#include "core/pg/listen.hpp"
#include "core/store/deadlines.hpp"
#include "core/store/leases.hpp"
#include "core/store/secrets.hpp"
#include "core/store/store_id.hpp"
#include "core/store/workers.hpp"
#include "worker/heartbeat.hpp"
#include "worker/host.hpp"
#include "worker/slots.hpp"
#include "worker/strays.hpp"
#include "worker/sweeps.hpp"

namespace desk::worker {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kShortestWait = 50ms;  ///< between two looks, whatever is due
constexpr milliseconds kLongestWait = 5s;     ///< runners of earlier ticks end without telling this one
constexpr milliseconds kWaitForSlot = 500ms;

/// Ends, in a thread of its own (it may take minutes), what belongs to jobs that this host holds no lease of.
class StrayHunt {
  public:
    StrayHunt(const Config& config, const Host& host) : config_(config), host_(host) {}

    void look(pg::Database& database) {
        std::vector<fs::path> dirs;
        for (const auto& entry : fs::directory_iterator(host_.jobs()))
            if (!strays_under(entry.path()).empty()) dirs.push_back(entry.path());
        if (dirs.empty()) return;
        // Asked after the processes were seen: a runner enters its directory only once it has the lease.
        std::set<std::string> held;
        {
            auto tx = database.begin(pg::Mode::read_only);
            for (const auto& one : leases::to_look_after(tx, host_.name, seconds(0)))
                if (one.host == host_.name && !one.is_expired && host_.is_alive(one.holder))
                    held.insert(one.lease.job.str());
        }
        for (const auto& dir : dirs)
            if (!held.contains(dir.filename()) && hunted_.insert(dir).second)
                threads_.emplace_back([this, dir] { end(dir); });
    }

  private:
    void end(const fs::path& dir) const {
        log::warning("strays_ended", {{"dir", dir.string()}});
        if (!end_tree(dir, seconds(config_.worker.kill_seconds))) log::error("processes_left", {{"dir", dir.string()}});
    }

    const Config& config_;
    const Host& host_;
    std::set<fs::path> hunted_;
    std::vector<std::jthread> threads_;
};

/// Why this host must not take jobs now; nothing when it may.
std::optional<std::string> unfit(pg::Database& database, const Config& config) {
    try {
        const auto keys = Keyring::load(config.secrets.key_file);
        FileStore store(config.store.root);
        auto tx = database.begin();
        secrets::check_keys(tx, keys);
        bind_store(tx, store);
        const auto fault = store_fault(tx, store);
        tx.commit();
        return fault;
    } catch (const pg::SqlError&) {
        throw;
    } catch (const Error& error) {
        return cat(error.for_user(), " ", error.for_log());
    }
}

/// Says that this host is alive; false when it is drained.
bool report(pg::Database& database, const Config& config, const Host& host) {
    auto tx = database.begin();
    const bool takes_jobs = workers::report(tx, host.name, host.boot_id, DESK_VERSION, config.worker.slots,
                                            FileStore(config.store.root).id());
    tx.commit();
    return takes_jobs;
}

milliseconds time_to_next(pg::Database& database) {
    auto tx = database.begin(pg::Mode::read_only);
    return deadlines::time_to_next(tx).value_or(kLongestWait);
}

void reap() {
    while (::waitpid(-1, nullptr, WNOHANG) > 0) {
    }
}

/// What signals say: runners that ended are reaped; true = stop.
bool must_stop(int signals) {
    bool stop = false;
    signalfd_siginfo info{};
    while (::read(signals, &info, sizeof info) == sizeof info) stop = stop || info.ssi_signo != SIGCHLD;
    reap();
    return stop;
}

}  // namespace

void tick(const Config& config, const fs::path& config_file) {
    const Host host = Host::of(config);
    fault_subject("tick");
    sigset_t child_signal;
    sigemptyset(&child_signal);
    sigaddset(&child_signal, SIGCHLD);
    ::pthread_sigmask(SIG_BLOCK, &child_signal, nullptr);
    const UniqueFd signals = signal_descriptor({SIGTERM, SIGINT, SIGCHLD});

    pg::Database database(
        {.url = config.database.url, .application_name = "clusterdesk-tick", .connections = 2, .lock_timeout = 5s});
    pg::Listener news(database.options(), {"jobs"});  // before the first look
    const auto fault = unfit(database, config);
    if (fault) log::error("takes_no_jobs", {{"why", *fault}});

    StrayHunt strays(config, host);
    tidy(host);
    const auto end = steady_clock::now() + seconds(config.worker.tick_seconds);
    while (steady_clock::now() < end) {
        const bool takes_jobs = report(database, config, host) && !fault;
        strays.look(database);
        sweep_all(database, config, host);
        const bool wants_slot = takes_jobs && start_runners(database, config, config_file, host);

        const auto left = std::chrono::ceil<milliseconds>(end - steady_clock::now());
        const auto longest = std::min(wants_slot ? kWaitForSlot : kLongestWait, left);
        news.wait(std::min(std::max(time_to_next(database), kShortestWait), longest), signals.get());
        if (must_stop(signals.get())) return log::info("tick_stopped");
    }
}

}  // namespace desk::worker
