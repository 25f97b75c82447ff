// The scaled clock of a run, and times in the words of Go.
#pragma once

#include <string>

namespace desk::demo {

/// Counts the installer's own seconds in full while only `scale` of them pass on the wall.
class Clock {
  public:
    explicit Clock(double scale) : scale_(scale) {}

    /// Waits `seconds` times the scale, less when a signal came. True = a signal came, now or before.
    bool pass(double seconds);

    /// As `pass`, for loops without an end: at least 50 ms pass on the wall, also with scale 0.
    bool pass_in_endless_loop(double seconds);

    /// Waits on the wall, whatever signal comes: the teardown after an interrupt.
    static void linger(double wall_seconds);

    double scale() const { return scale_; }
    double elapsed() const { return elapsed_; }

  private:
    double scale_;
    double elapsed_ = 0;
};

/// "41m1s", "5m6s", "57s", "1h0m0s": time.Duration of whole seconds.
std::string go_duration(double seconds);

/// "2:52PM UTC", `seconds` from now, in the local zone.
std::string until(double seconds);

/// RFC 3339 with the local offset: now, or `seconds` from now.
std::string rfc3339_now(double seconds = 0);

/// "20261121083000", UTC, as in the name of a log bundle.
std::string compact_now();

}  // namespace desk::demo
