// The pulse of a runner: renews its lease, hears that it must stop, and knows when it is too late to go on.
#pragma once

#include <atomic>
#include <chrono>
#include <stop_token>
#include <thread>

#include "core/base/config.hpp"
#include "core/base/enum.hpp"
#include "core/base/file.hpp"
#include "core/pg/transaction.hpp"
#include "core/store/leases.hpp"

namespace desk::worker {

/// Why a runner must stop. CANCELLED: a person or a wish to destroy. SHUTDOWN: SIGTERM or SIGINT. LEASE_LOST: it is no
/// longer ours, or could not be renewed in time; nothing may be written any more.
DESK_ENUM(StopReason, NONE, CANCELLED, SHUTDOWN, LEASE_LOST)

class Heartbeat {
  public:
    /// Starts the thread. SIGTERM and SIGINT must be blocked in every thread (block_stop_signals).
    Heartbeat(pg::Database& database, const leases::Lease& lease, const Config::Worker& config);
    ~Heartbeat();
    Heartbeat(const Heartbeat&) = delete;
    Heartbeat& operator=(const Heartbeat&) = delete;

    /// Ends the job's programs.
    std::stop_token token() const { return stop_.get_token(); }
    /// LEASE_LOST as soon as is_fed() is false, whatever the thread is waiting for.
    StopReason reason() const { return is_fed() ? reason_.load() : StopReason::LEASE_LOST; }
    /// Whether the lease was renewed recently enough to go on; by CLOCK_BOOTTIME, so that a suspended host counts.
    bool is_fed() const;

  private:
    void beat(const std::stop_token& end);
    void renew();
    void stop(StopReason reason);

    pg::Database& database_;
    leases::Lease lease_;
    seconds life_, period_, starve_;
    std::stop_source stop_;
    std::atomic<StopReason> reason_ = StopReason::NONE;
    std::atomic<std::chrono::milliseconds> renewed_at_;
    UniqueFd end_;         ///< readable once the thread is to end
    std::jthread thread_;  ///< last: it uses everything above
};

/// To be called before any thread starts: SIGTERM and SIGINT are read by the heartbeat alone.
void block_stop_signals();

/// A descriptor that is readable when one of these signals waits for this process.
UniqueFd signal_descriptor(std::initializer_list<int> signals);

}  // namespace desk::worker
