#include "core/model/hibernation.hpp"

#include "core/base/text.hpp"

namespace desk {
namespace {

using namespace std::chrono_literals;
constexpr seconds kFirstRenewal = 24h;
constexpr seconds kCertificateLife = 30 * 24h;

}  // namespace

std::optional<std::string> warning_before_sleep(seconds since_ready) {
    if (since_ready >= kFirstRenewal) return std::nullopt;
    return cat(
        "It was installed less than 24 hours ago: its first certificates are not renewed yet, and it may not wake by "
        "itself. Wait another ",
        to_words(kFirstRenewal - since_ready), " if you can.");
}

std::optional<std::string> warning_of_long_sleep(seconds asleep) {
    if (asleep < kCertificateLife) return std::nullopt;
    return "It has slept for more than 30 days: its certificates have expired. The desk approves the new ones that its "
           "nodes ask for, but a person may have to help.";
}

}  // namespace desk
