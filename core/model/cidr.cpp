#include "core/model/cidr.hpp"

#include <arpa/inet.h>

#include "core/base/text.hpp"

namespace desk {

std::optional<Cidr> Cidr::parse(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto digits = text.substr(slash + 1);
    const auto prefix = parse_int(digits);
    if (!prefix || *prefix < 0 || *prefix > 32 || digits != std::to_string(*prefix)) return std::nullopt;
    in_addr address{};
    if (inet_pton(AF_INET, std::string(text.substr(0, slash)).c_str(), &address) != 1) return std::nullopt;
    return Cidr{ntohl(address.s_addr), static_cast<int>(*prefix)};
}

std::string Cidr::str() const {
    return cat(address >> 24U, '.', address >> 16U & 255U, '.', address >> 8U & 255U, '.', address & 255U, '/', prefix);
}

}  // namespace desk
