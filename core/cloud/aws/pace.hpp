// The clock and the patience of a client of AWS, so that tests have their own.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>

#include "core/base/http_client.hpp"
#include "core/base/time.hpp"

namespace desk::aws {

/// The defaults are the real ones.
struct Pace {
    std::function<Time()> now = &Pace::wall_time;                             ///< UTC
    std::function<void(std::chrono::milliseconds)> sleep = &Pace::sleep_for;  ///< returns when it is over
    std::function<double()> random = &Pace::random_part;                      ///< 0 to 1

    /// Signatures are the one thing that goes by the clock on the wall: whoever checks them does.
    static Time wall_time();
    static void sleep_for(std::chrono::milliseconds duration);
    static double random_part();
};

/// The time to sign with: this host's, corrected by what a server said. Thread-safe.
class SigningClock {
  public:
    explicit SigningClock(std::function<Time()> wall) : wall_(std::move(wall)) {}

    Time now() const { return wall_() + offset_.load(); }
    /// Goes by the server's clock (header Date) from now on. Returns whether that is a change of more than 2 minutes,
    /// so that a signature that was refused may be good when it is made again. (AWS allows 5 minutes, S3 15.)
    bool learn(const HttpAnswer& answer);

  private:
    std::function<Time()> wall_;
    std::atomic<std::chrono::microseconds> offset_ = std::chrono::microseconds(0);
};

}  // namespace desk::aws
