#include "worker/demo/names.hpp"

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"

namespace desk::demo {
namespace {

std::string pick(std::string_view alphabet, std::size_t count) {
    std::string text = random_bytes(count);
    for (char& c : text) c = alphabet[static_cast<unsigned char>(c) % alphabet.size()];
    return text;
}

bool is_kept(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

}  // namespace

std::string new_infra_id(std::string_view cluster_name) {
    std::string base;
    for (const char c : cluster_name) {
        if (is_kept(c))
            base += c;
        else if (!base.ends_with('-'))
            base += '-';
    }
    base.resize(std::min(base.size(), kMaxInfraBase));
    while (base.ends_with('-')) base.pop_back();
    return base + "-" + pick("bcdfghjklmnpqrstvwxz2456789", 5);
}

std::string new_uuid() {
    std::string bytes = random_bytes(16);
    bytes[6] = static_cast<char>((bytes[6] & 0x0F) | 0x40);
    bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);
    std::string text = hex(bytes);
    for (const std::size_t at : {20U, 16U, 12U, 8U}) text.insert(at, "-");
    return text;
}

std::string new_password() {
    constexpr std::string_view kLetters = "abcdefghijkmnpqrstuvwxyzABCDEFGHIJKLMNPQRSTUVWXYZ23456789";
    return pick(kLetters, 5) + "-" + pick(kLetters, 5) + "-" + pick(kLetters, 5) + "-" + pick(kLetters, 5);
}

}  // namespace desk::demo
