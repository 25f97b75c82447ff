// IPv4 networks in CIDR notation.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace desk {

struct Cidr {
    std::uint32_t address = 0;
    int prefix = 0;

    /// "10.0.0.0/16"; nothing if it is not of this form. Host bits may be set: see has_host_bits().
    static std::optional<Cidr> parse(std::string_view text);

    std::uint32_t mask() const { return prefix == 0 ? 0 : ~std::uint32_t{0} << (32 - prefix); }
    bool has_host_bits() const { return (address & ~mask()) != 0; }
    /// The network that contains the address: "10.0.0.1/16" -> "10.0.0.0/16".
    Cidr network() const { return {address & mask(), prefix}; }
    bool overlaps(const Cidr& other) const {
        const auto common = mask() & other.mask();
        return (address & common) == (other.address & common);
    }
    std::string str() const;

    bool operator==(const Cidr&) const = default;
};

}  // namespace desk
