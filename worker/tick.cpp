#include "worker/tick.hpp"

#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "core/base/fault_point.hpp"
#include "core/base/keyring.hpp"
#include "core/base/log.hpp"
#include "core/base/text.hpp"
#include "core/cloud/open_store.hpp"
#include "core/pg/listen.hpp"
#include "core/store/deadlines.hpp"
#include "core/store/leases.hpp"
#include "core/store/secrets.hpp"
#include "core/store/store_id.hpp"
#include "core/store/worker_faults.hpp"
#include "core/store/workers.hpp"
#include "worker/embedded_rules.hpp"
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
constexpr milliseconds kWaitAfterFault = 500ms;

const std::vector<std::string> kNews = {"jobs"};

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
        const std::lock_guard lock(mutex_);
        for (const auto& dir : dirs)
            if (!held.contains(dir.filename()) && hunted_.insert(dir).second)
                threads_.emplace_back([this, dir] { end(dir); });
    }

  private:
    void end(const fs::path& dir) {
        log::warning("strays_ended", {{"dir", dir.string()}});
        if (!end_tree(dir, seconds(config_.worker.kill_seconds))) log::error("processes_left", {{"dir", dir.string()}});
        const std::lock_guard lock(mutex_);
        hunted_.erase(dir);  // the same job may lose its runner again
    }

    const Config& config_;
    const Host& host_;
    std::mutex mutex_;
    std::set<fs::path> hunted_;  ///< at this moment
    std::vector<std::jthread> threads_;
};

/// What this host sees around it.
struct Surroundings {
    std::optional<std::string> unfit = {};  ///< why it must not take jobs now; nothing when it may
    std::string store_id = {};
};

Surroundings look_around(pg::Database& database, const Config& config) {
    Surroundings seen;
    try {
        const auto keys = Keyring::load(config.secrets.key_file);
        const auto store = open_store(config);
        seen.store_id = store->id();  // before the transaction: a bucket that doesn't answer takes its time
        auto tx = database.begin();
        secrets::check_keys(tx, keys);
        bind_store(tx, *store);
        seen.unfit = store_fault(tx, *store);
        tx.commit();
        if (seen.store_id.empty()) seen.store_id = store->id();
    } catch (const pg::SqlError&) {
        throw;
    } catch (const pg::CommitInDoubt&) {  // says nothing of this host: the next tick looks again
        throw;
    } catch (const Error& error) {
        seen.unfit = cat(error.for_user(), " ", error.for_log());
    }
    return seen;
}

/// What an administrator must hear of this host, said in its log too.
std::vector<std::string> tell_faults(const Config& config, const std::optional<std::string>& unfit) {
    std::vector<std::string> faults;
    if (unfit) {
        log::error("takes_no_jobs", {{"why", *unfit}});
        faults.push_back(cat("It takes no jobs. ", *unfit));
    }
    std::string broken;
    for (const auto& fault : load_failure_rules(config).faults) {
        log::error("own_failure_rules_not_used", {{"why", fault.str()}});
        broken += cat(' ', fault.str());
    }
    if (!broken.empty()) faults.push_back(cat("Only the built-in failure rules are used.", broken));
    return faults;
}

/// Says that this host is alive, and what is wrong with it; false when it is drained.
bool report(pg::Database& database, const Config& config, const Host& host, const std::string& store_id,
            const std::vector<std::string>& faults) {
    auto tx = database.begin();
    const bool takes_jobs = workers::report(tx, host.name, host.boot_id, DESK_VERSION, config.worker.slots, store_id);
    worker_faults::report(tx, host.name, faults);
    tx.commit();
    return takes_jobs;
}

/// Whether the work directory has room for one more job. Says so once when it has not.
class Room {
  public:
    Room(const Config& config, const Host& host) : config_(config), host_(host) {}

    bool is_there() {
        std::error_code fault;
        const auto space = fs::space(host_.work_dir, fault);
        const bool is_there = fault || space.available >= static_cast<std::uintmax_t>(config_.worker.room_mb) << 20U;
        if (!is_there && std::exchange(was_there_, is_there))
            log::error("no_room", {{"dir", host_.work_dir.string()}, {"free_mb", space.available >> 20U}});
        was_there_ = is_there;
        return is_there;
    }

  private:
    const Config& config_;
    const Host& host_;
    bool was_there_ = true;
};

/// Whether a due job found no slot. A host that can't start anything (no file, no process more) has other work to do.
bool start_what_is_due(pg::Database& database, const Config& config, const fs::path& config_file, const Host& host) {
    try {
        return start_runners(database, config, config_file, host);
    } catch (const pg::SqlError&) {
        throw;
    } catch (const std::exception& error) {
        log::error("no_runner_started", {{"why", error.what()}});
        return false;
    }
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
    std::optional<pg::Listener> news(std::in_place, database.options(), kNews);  // before the first look
    const auto seen = look_around(database, config);
    const auto faults = tell_faults(config, seen.unfit);

    StrayHunt strays(config, host);
    Room room(config, host);
    tidy(host);
    const auto end = steady_clock::now() + seconds(config.worker.tick_seconds);
    while (steady_clock::now() < end) {
        try {
            if (!news) news.emplace(database.options(), kNews);
            const bool takes_jobs = report(database, config, host, seen.store_id, faults) && !seen.unfit;
            strays.look(database);
            const bool wants_slot =
                takes_jobs && room.is_there() && start_what_is_due(database, config, config_file, host);
            // Asked before the long sweeps and after them: what comes due meanwhile is not slept over.
            const auto next = steady_clock::now() + time_to_next(database);
            sweep_all(database, config, host);  // what it queues is news: the next round starts it

            const auto now = steady_clock::now();
            const auto left = std::chrono::ceil<milliseconds>(end - now);
            const auto longest = std::min(wants_slot ? kWaitForSlot : kLongestWait, left);
            const auto until_next = std::min(std::chrono::ceil<milliseconds>(next - now), time_to_next(database));
            news->wait(std::min(std::max(until_next, kShortestWait), longest), signals.get());
        } catch (const Error& error) {  // the database went away: the rest of the minute is still ours
            log::warning("tick_disturbed", {{"why", error.for_log()}});
            news.reset();
            pollfd entry{signals.get(), POLLIN, 0};
            ::poll(&entry, 1, static_cast<int>(kWaitAfterFault.count()));
        }
        if (must_stop(signals.get())) return log::info("tick_stopped");
    }
}

}  // namespace desk::worker
