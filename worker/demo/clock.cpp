#include "worker/demo/clock.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>

#include "core/base/text.hpp"
#include "worker/demo/interrupt.hpp"

namespace desk::demo {
namespace {

constexpr double kEndlessFloor = 0.05;

std::string format(const char* pattern, const std::tm& time) {
    std::array<char, 64> text{};
    return {text.data(), std::strftime(text.data(), text.size(), pattern, &time)};
}

std::tm local(double seconds_from_now) {
    const std::time_t moment = std::time(nullptr) + std::lround(seconds_from_now);
    std::tm time{};
    ::localtime_r(&moment, &time);
    return time;
}

}  // namespace

bool Clock::pass(double seconds) {
    elapsed_ += seconds;
    return wait_for_interrupt(seconds * scale_);
}

bool Clock::pass_in_endless_loop(double seconds) {
    elapsed_ += seconds;
    return wait_for_interrupt(std::max(seconds * scale_, kEndlessFloor));
}

void Clock::linger(double wall_seconds) {
    const double whole = std::floor(wall_seconds);
    std::timespec rest{.tv_sec = static_cast<std::time_t>(whole),
                       .tv_nsec = static_cast<long>((wall_seconds - whole) * 1e9)};
    while (::nanosleep(&rest, &rest) != 0) {
    }
}

std::string go_duration(double seconds) {
    const long total = std::lround(seconds);
    const long hours = total / 3600;
    const long minutes = total / 60 % 60;
    std::string text;
    if (hours > 0) text += cat(hours, "h");
    if (total >= 60) text += cat(minutes, "m");
    return text + cat(total % 60, "s");
}

std::string until(double seconds) {
    std::string text = format("%I:%M%p %Z", local(seconds));
    return text.starts_with('0') ? text.substr(1) : text;
}

std::string rfc3339_now(double seconds) {
    const std::tm time = local(seconds);
    const std::string offset = format("%z", time);  // +0200
    return format("%Y-%m-%dT%H:%M:%S", time) +
           (offset == "+0000" ? "Z" : cat(offset.substr(0, 3), ":", offset.substr(3)));
}

std::string compact_now() {
    const std::time_t now = std::time(nullptr);
    std::tm time{};
    ::gmtime_r(&now, &time);
    return format("%Y%m%d%H%M%S", time);
}

}  // namespace desk::demo
