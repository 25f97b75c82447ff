#include "core/model/ssh_key.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "core/base/text.hpp"

namespace desk {
namespace {

/// RFC 4253 6.6, RFC 5656 3.1, RFC 8709 4: how many strings or integers the blob of a type has, its own name first.
struct KeyType {
    std::string_view word;
    int parts;
    std::size_t least_last_bytes;  ///< of the last part: what makes the key strong enough, or its exact form
};
constexpr std::array kTypes = {
    KeyType{"ssh-rsa", 3, 256},  // the modulus: 2048 bits
    KeyType{"ecdsa-sha2-nistp256", 3, 65},
    KeyType{"ecdsa-sha2-nistp384", 3, 97},
    KeyType{"ecdsa-sha2-nistp521", 3, 133},
    KeyType{"ssh-ed25519", 2, 32},
};

/// Takes one length-prefixed string off the front of `blob`.
std::optional<std::string_view> take_string(std::string_view& blob) {
    if (blob.size() < 4) return std::nullopt;
    std::uint32_t length = 0;
    for (std::size_t i = 0; i < 4; ++i) length = length << 8U | static_cast<unsigned char>(blob[i]);
    if (length > blob.size() - 4) return std::nullopt;
    const auto value = blob.substr(4, length);
    blob.remove_prefix(4 + length);
    return value;
}

Broken blob_fault(const KeyType& type, std::string_view blob) {
    const auto inner = take_string(blob);
    if (!inner) return "The key is cut off. Paste the whole line of the .pub file.";
    if (*inner != type.word)
        return cat("The line says ", type.word, ", the key itself says ",
                   text_fault(*inner, 32) ? "something else" : *inner, ". Paste the whole line of the .pub file.");
    std::string_view last;
    for (int i = 1; i < type.parts; ++i) {
        const auto part = take_string(blob);
        if (!part) return "The key is cut off. Paste the whole line of the .pub file.";
        last = *part;
    }
    if (!blob.empty()) return "Something stands behind the key's data. Paste the whole line of the .pub file.";
    if (last.size() < type.least_last_bytes)
        return "The key is too short; use Ed25519, ECDSA or RSA of 2048 bits or more.";
    return std::nullopt;
}

}  // namespace

Broken ssh_key_fault(std::string_view line) {
    constexpr std::size_t kMaxBytes = 16384;  // RSA of 16384 bits, the most that ssh-keygen makes, has 2.8 KB
    if (auto fault = text_fault(line, kMaxBytes)) return fault;
    const auto words = split(line, ' ');
    const auto* type = std::find_if(kTypes.begin(), kTypes.end(), [&](const auto& t) { return t.word == words[0]; });
    if (line.find("PRIVATE KEY") != std::string_view::npos)
        return "This is a private key. Paste the public one (.pub), and replace this key: it has left your machine.";
    if (type == kTypes.end() || words.size() < 2)
        return "Paste one line such as \"ssh-ed25519 AAAA... you@host\"; types: ssh-ed25519, "
               "ecdsa-sha2-nistp256/384/521, "
               "ssh-rsa.";
    const auto blob = from_base64(words[1]);
    if (!blob || words[1].find_first_of("-_") != std::string_view::npos)
        return "The second word is not base64. Paste the whole line of the .pub file.";
    return blob_fault(*type, *blob);
}

}  // namespace desk
