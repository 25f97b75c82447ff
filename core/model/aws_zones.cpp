#include "core/model/aws_zones.hpp"

#include <algorithm>
#include <array>

namespace desk {

RegionZones zones_of(std::string_view region) {
    constexpr std::array kOdd = {
        RegionZones{"us-east-1", "abcdef", 6},     RegionZones{"us-west-2", "abcd", 4},
        RegionZones{"us-west-1", "abc", 2, false}, RegionZones{"ap-northeast-1", "acd", 3},
        RegionZones{"ap-northeast-2", "abcd", 4},  RegionZones{"ca-central-1", "abd", 3},
    };
    const auto* const odd = std::ranges::find(kOdd, region, &RegionZones::region);
    return odd == kOdd.end() ? RegionZones{region, "abc", 3} : *odd;
}

}  // namespace desk
