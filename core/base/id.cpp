#include "core/base/id.hpp"

#include <chrono>

#include "core/base/crypto.hpp"

namespace desk {
namespace {
constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kUlidLength = 26;
}  // namespace

std::string new_ulid() {
    using namespace std::chrono;
    auto millis =
        static_cast<std::uint64_t>(duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
    std::string out(kUlidLength, '0');
    for (std::size_t i = 10; i-- > 0; millis >>= 5U) out[i] = kCrockford[millis & 31U];
    const std::string random = random_bytes(kUlidLength - 10);
    for (std::size_t i = 10; i < kUlidLength; ++i)
        out[i] = kCrockford[static_cast<unsigned char>(random[i - 10]) & 31U];
    return out;
}

bool is_ulid(std::string_view text) {
    return text.size() == kUlidLength && text.find_first_not_of(kCrockford) == std::string_view::npos;
}

}  // namespace desk
