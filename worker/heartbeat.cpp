#include "worker/heartbeat.hpp"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <ctime>
#include <memory>

#include "core/base/file.hpp"
#include "core/base/log.hpp"
#include "core/pg/listen.hpp"

namespace desk::worker {
namespace {

/// Starving is noticed after this at the latest.
constexpr std::chrono::milliseconds kLook = 1s;
constexpr std::chrono::milliseconds kPauseAfterFault = 500ms;

std::chrono::milliseconds boottime() {
    std::timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return std::chrono::duration_cast<std::chrono::milliseconds>(seconds(now.tv_sec) +
                                                                 std::chrono::nanoseconds(now.tv_nsec));
}

sigset_t set_of(std::initializer_list<int> signals) {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : signals) sigaddset(&set, signal);
    return set;
}

/// A descriptor that is readable when one of the two is.
UniqueFd either_of(int first, int second) {
    UniqueFd both(::epoll_create1(EPOLL_CLOEXEC));
    if (!both) throw_errno("epoll");
    for (const int descriptor : {first, second}) {
        epoll_event event{};
        event.events = EPOLLIN;
        if (::epoll_ctl(both.get(), EPOLL_CTL_ADD, descriptor, &event) != 0) throw_errno("epoll");
    }
    return both;
}

/// Takes one signal off the descriptor.
bool take_signal(int descriptor) {
    signalfd_siginfo info{};
    return ::read(descriptor, &info, sizeof info) == sizeof info;
}

}  // namespace

void block_stop_signals() {
    const sigset_t set = set_of({SIGTERM, SIGINT});
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

UniqueFd signal_descriptor(std::initializer_list<int> signals) {
    const sigset_t set = set_of(signals);
    UniqueFd descriptor(::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC));
    if (!descriptor) throw_errno("signalfd");
    return descriptor;
}

Heartbeat::Heartbeat(pg::Database& database, const leases::Lease& lease, const Config::Worker& config)
    : database_(database),
      lease_(lease),
      life_(config.lease_seconds),
      period_(config.heartbeat_seconds),
      starve_(config.starve_seconds),
      renewed_at_(boottime()),
      end_(::eventfd(0, EFD_CLOEXEC)),
      thread_([this](const std::stop_token& end) { beat(end); }) {}

Heartbeat::~Heartbeat() {
    thread_.request_stop();
    ::eventfd_write(end_.get(), 1);
}

bool Heartbeat::is_fed() const {
    return reason_.load() != StopReason::LEASE_LOST && boottime() - renewed_at_.load() < starve_;
}

void Heartbeat::stop(StopReason reason) {
    // The first reason stands, except that a lost lease outdoes everything.
    auto none = StopReason::NONE;
    if (reason == StopReason::LEASE_LOST)
        reason_.store(reason);
    else
        reason_.compare_exchange_strong(none, reason);
    stop_.request_stop();
}

void Heartbeat::renew() {
    auto tx = database_.begin();
    const auto asked_at = boottime();  // before the answer: a slow one must not make the lease look younger
    const auto pulse = leases::renew(tx, lease_, life_);
    if (!pulse) return stop(StopReason::LEASE_LOST);
    tx.commit();
    renewed_at_.store(asked_at);
    if (pulse->is_cancelled) stop(StopReason::CANCELLED);
}

void Heartbeat::beat(const std::stop_token& end) {
    const UniqueFd signals = signal_descriptor({SIGTERM, SIGINT});
    const UniqueFd wake = either_of(signals.get(), end_.get());
    std::unique_ptr<pg::Listener> cancelled;
    auto next_renewal = boottime();
    while (!end.stop_requested()) {
        try {
            if (!cancelled)
                cancelled = std::make_unique<pg::Listener>(database_.options(), std::vector<std::string>{"cancel"});
            if (boottime() >= next_renewal) {
                renew();
                next_renewal = boottime() + period_;
            }
            const auto wait = std::clamp<std::chrono::milliseconds>(next_renewal - boottime(), 0ms, kLook);
            if (cancelled->wait(wait, wake.get())) next_renewal = boottime();
        } catch (const Error& error) {
            log::warning("heartbeat_missed", {{"why", error.for_log()}});
            cancelled.reset();
            pollfd entry{wake.get(), POLLIN, 0};
            ::poll(&entry, 1, static_cast<int>(kPauseAfterFault.count()));
        }
        if (take_signal(signals.get())) stop(StopReason::SHUTDOWN);
        if (boottime() - renewed_at_.load() >= starve_) stop(StopReason::LEASE_LOST);
    }
}

}  // namespace desk::worker
