#include "core/model/architecture.hpp"

namespace desk {

Architecture architecture_of(Platform platform, std::string_view instance_type) {
    constexpr std::string_view kDigits = "0123456789";
    if (platform != Platform::aws) return Architecture::amd64;
    const auto family = instance_type.substr(0, instance_type.find('.'));
    const auto generation = family.find_first_of(kDigits);
    const auto behind = family.find_first_not_of(kDigits, generation);
    const bool is_graviton =
        family == "a1" || (behind != std::string_view::npos && family.find('g', behind) != std::string_view::npos);
    return is_graviton ? Architecture::arm64 : Architecture::amd64;
}

}  // namespace desk
