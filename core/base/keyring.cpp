#include "core/base/keyring.hpp"

#include <sys/stat.h>

#include <algorithm>

#include "core/base/crypto.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk {
namespace {

constexpr std::size_t kKeyBytes = 32;  // AES-256

[[noreturn]] void refuse_keys(const std::string& why) {
    throw Error(Code::internal, "The desk can't use its key file.", why);
}

bool is_key_id(std::string_view id) {
    constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    return !id.empty() && id.size() <= 32 && id.find_first_not_of(allowed) == std::string_view::npos;
}

}  // namespace

Keyring Keyring::parse(const Secret& text) {
    Keyring ring;
    int number = 0;
    for (std::string_view line : split(text.reveal(), '\n')) {
        ++number;
        line = trim(line);
        if (line.empty() || line.front() == '#') continue;

        const auto colon = line.find(':');
        const std::string id(line.substr(0, colon));
        if (colon == std::string_view::npos || !is_key_id(id))
            refuse_keys(
                cat("keys line ", number, ": expected \"id:base64\", the id of 1 to 32 letters, digits, _ and -"));
        auto bytes = from_base64(line.substr(colon + 1));
        Secret key(bytes ? std::move(*bytes) : std::string());
        if (key.reveal().size() != kKeyBytes) refuse_keys(cat("keys line ", number, ": a key is base64 of 32 bytes"));
        if (std::ranges::find(ring.keys_, id, &Key::id) != ring.keys_.end())
            refuse_keys(cat("keys line ", number, ": id ", id, " is there twice"));
        ring.keys_.push_back({id, std::move(key)});
    }
    if (ring.keys_.empty()) refuse_keys("keys: no key in it");
    return ring;
}

Keyring Keyring::load(const fs::path& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) throw_errno(cat("key file ", file.string()));
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        refuse_keys(cat("key file ", file.string(), ": others than its owner may use it; chmod 600"));
    return parse(Secret(read_file(file, 64U << 10U)));
}

Secret Keyring::new_line(std::string_view id) {
    if (!is_key_id(id)) refuse_keys("a key id is 1 to 32 letters, digits, _ and -");
    return Secret(cat(id, ':', base64(random_bytes(kKeyBytes)), '\n'));
}

Keyring::Sealed Keyring::seal(const Secret& plain, std::string_view aad) const {
    const Key& first = keys_.front();
    return {first.id, desk::seal(first.bytes.reveal(), plain.reveal(), aad)};
}

std::optional<Secret> Keyring::open(const Sealed& sealed, std::string_view aad) const {
    const auto key = std::ranges::find(keys_, sealed.key_id, &Key::id);
    if (key == keys_.end()) return std::nullopt;
    return unseal(key->bytes.reveal(), sealed.bytes, aad);
}

std::string Keyring::sign_with(const Key& key, std::string_view use, std::string_view bytes) {
    // A key of its own for each use: a signature of links is then no help with anything else.
    const Secret derived(hmac_sha256(key.bytes.reveal(), cat("clusterdesk.", use)));
    return hmac_sha256(derived.reveal(), cat(key.id, '\n', bytes));
}

std::string Keyring::sign(std::string_view use, std::string_view bytes) const {
    return sign_with(keys_.front(), use, bytes);
}

bool Keyring::verify(std::string_view use, std::string_view bytes, std::string_view signature) const {
    bool known = false;
    for (const Key& key : keys_) known |= equal_in_constant_time(sign_with(key, use, bytes), signature);
    return known;
}

}  // namespace desk
