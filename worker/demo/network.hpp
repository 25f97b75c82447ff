// An IP network in CIDR notation.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace desk::demo {

struct Network {
    std::array<unsigned char, 16> address = {};  ///< IPv4 in the first 4 bytes
    unsigned bits = 0;                           ///< 32 or 128
    unsigned prefix = 0;

    /// Nothing when `text` is not `address/prefix`. Host bits are kept: see `is_exact`.
    static std::optional<Network> parse(std::string_view text);

    /// No bit is set behind the prefix.
    bool is_exact() const;
    /// The same network without host bits.
    Network exact() const;
    bool overlaps(const Network& other) const;
    std::string str() const;
};

}  // namespace desk::demo
