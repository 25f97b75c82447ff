#include "core/cloud/aws/pace.hpp"

#include <thread>

#include "core/base/crypto.hpp"

namespace desk::aws {
namespace {

constexpr auto kWorthTelling = 2min;

}  // namespace

Time Pace::wall_time() {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

void Pace::sleep_for(std::chrono::milliseconds duration) { std::this_thread::sleep_for(duration); }

double Pace::random_part() { return static_cast<unsigned char>(random_bytes(1)[0]) / 255.0; }

bool SigningClock::learn(const HttpAnswer& answer) {
    const auto theirs = answer.date();
    if (!theirs) return false;
    const auto change = *theirs - now();
    if (std::chrono::abs(change) <= kWorthTelling) return false;
    offset_ = *theirs - wall_();
    return true;
}

}  // namespace desk::aws
