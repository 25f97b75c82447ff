#include "core/model/platform.hpp"

#include "core/base/text.hpp"

namespace desk {

Result<Platforms, std::string> parse_platforms(const std::vector<std::string>& names) {
    Platforms platforms;
    for (const auto& name : names) {
        const auto platform = parse_enum<Platform>(name);
        if (!platform) return Failure{cat('"', name, "\" is not a platform.")};
        platforms.insert(*platform);
    }
    return platforms;
}

}  // namespace desk
