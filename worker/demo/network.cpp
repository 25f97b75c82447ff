#include "worker/demo/network.hpp"

#include <arpa/inet.h>

#include <algorithm>

#include "core/base/text.hpp"

namespace desk::demo {
namespace {

Network masked(Network network, unsigned prefix) {
    for (unsigned bit = prefix; bit < network.address.size() * 8; ++bit) {
        network.address[bit / 8] = static_cast<unsigned char>(network.address[bit / 8] & ~(0x80U >> (bit % 8)));
    }
    return network;
}

}  // namespace

std::optional<Network> Network::parse(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const std::string address(text.substr(0, slash));
    const auto prefix = parse_int(text.substr(slash + 1));
    Network network;
    const bool is_v4 = address.find(':') == std::string::npos;
    network.bits = is_v4 ? 32 : 128;
    if (::inet_pton(is_v4 ? AF_INET : AF_INET6, address.c_str(), network.address.data()) != 1) return std::nullopt;
    if (!prefix || *prefix < 0 || *prefix > network.bits) return std::nullopt;
    network.prefix = static_cast<unsigned>(*prefix);
    return network;
}

bool Network::is_exact() const { return exact().address == address; }

Network Network::exact() const { return masked(*this, prefix); }

bool Network::overlaps(const Network& other) const {
    const unsigned shorter = std::min(prefix, other.prefix);
    return bits == other.bits && masked(*this, shorter).address == masked(other, shorter).address;
}

std::string Network::str() const {
    char text[INET6_ADDRSTRLEN] = {};
    ::inet_ntop(bits == 32 ? AF_INET : AF_INET6, address.data(), text, sizeof text);
    return cat(text, "/", prefix);
}

}  // namespace desk::demo
