// Availability zones of AWS regions, by letter.
#pragma once

#include <string_view>

namespace desk {

struct RegionZones {
    std::string_view region;
    std::string_view letters;  ///< of zones that accounts may see
    std::size_t most;          ///< that one account sees
    bool same_for_all = true;  ///< false: which of the letters those are differs by account
};

/// a, b and c for regions that nothing else is known of (AWS: Regions and Availability Zones, 2025).
RegionZones zones_of(std::string_view region);

}  // namespace desk
