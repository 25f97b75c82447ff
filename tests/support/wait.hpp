// The one place where C++ tests wait: for a condition, looked at again and again.
#pragma once

#include <chrono>
#include <functional>
#include <thread>

namespace desk {

/// Whether `condition` came true within `patience`.
inline bool eventually(const std::function<bool()>& condition,
                       std::chrono::milliseconds patience = std::chrono::seconds(60)) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

}  // namespace desk
